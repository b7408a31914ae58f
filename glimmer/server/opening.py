"""Opening: what `glimmer studio` and `glimmer lab` begin, and where the notebooks lie.

In a checkout they are its `notebooks`; an installed Glimmer carries a copy, which `glimmer lab` lays into ./glimmer-notebooks where a file
is not there yet: what a person changed is never written over. Both listen on 127.0.0.1 alone and want a token, say where they are in one
line, and end with Ctrl-C, their kernels too.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from glimmer.errors import MissingPiece, NotInstalled, SettingsError, StoreError
from glimmer.settings import Settings, cache_home

__all__ = ["dashboard", "notebooks", "open_dashboard", "open_lab"]

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_COPIES: Final = "glimmer-notebooks"
_FIRST_PORT: Final = {"studio": 8866, "lab": 8888}  # as Voila and Jupyter have them
_CALLED: Final = {"studio": "The studio", "lab": "JupyterLab"}
_THEMES: Final = ("light", "dark")
_PORTS_TRIED: Final = 50
_BEGIN_SECONDS: Final = 90
_END_SECONDS: Final = 15


# ── where the notebooks lie ─────────────────────────────────────────────────────────────────────────────────
def notebooks() -> Path:
    """The folder of the notebooks that came with this Glimmer. Not to be written to. Raises: MissingPiece."""
    for folder in (_PACKAGE.parent / "notebooks", _PACKAGE / "notebook_files"):
        if any(folder.glob("*.ipynb")) or (folder / "dashboards").is_dir():
            return folder
    raise MissingPiece(
        f'the notebooks are not there: neither "{_PACKAGE / "notebook_files"}" nor a checkout around it has them. Install Glimmer anew: '
        "pip install --force-reinstall glimmer-studio"
    )


def dashboard(name: str = "studio") -> Path:
    """The notebook of a dashboard. Raises: MissingPiece."""
    path = notebooks() / "dashboards" / f"{name}.ipynb"
    if not path.is_file():
        raise MissingPiece(
            f'the dashboard "{name}" is not there: no "{path}". Install Glimmer anew, or open the notebooks: glimmer lab'
        )
    return path


def notebooks_to_work_in(here: Path) -> Path:
    """A checkout's own; else a copy in `here`, with what is new in it. Raises: StoreError if it can't be written."""
    source = notebooks()
    if source.parent != _PACKAGE:
        return source
    target = here / _COPIES
    try:
        for path in sorted(source.rglob("*")):
            copy = target / path.relative_to(source)
            if (
                path.suffix in (".ipynb", ".py", ".md")
                and path.is_file()
                and not copy.exists()
                and ".ipynb_checkpoints" not in path.parts
            ):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    except OSError as error:
        raise StoreError(
            f'the notebooks can\'t be copied to "{target}" ({error.strerror}). Go to a folder of your own first.'
        ) from error
    return target


# ── what is begun ───────────────────────────────────────────────────────────────────────────────────────────
def open_dashboard(
    say: Callable[[str], None], *, studio: str = "", port: int = 0, browser: bool = True, notebook: str = "", theme: str = "light"
) -> None:
    """Show the studio's dashboard until somebody ends it. notebook: another one than the studio's. theme: "light" or "dark", of pages whose
    address says nothing else (?theme=dark).

    Raises: NotInstalled, MissingPiece, SettingsError before anything is begun, and SettingsError if it does not begin.
    """
    _needed("voila", "anywidget")
    if theme not in _THEMES:
        raise SettingsError(f'--theme {theme}; expected "light" or "dark".')
    path, chosen = _given(notebook) if notebook else dashboard(), _port("studio", port)
    command = [sys.executable, "-m", "glimmer.server.voila_app", str(path), "--no-browser", f"--port={chosen}"]
    command += ["--Voila.ip=127.0.0.1", "--Voila.port_retries=0", "--Voila.base_url=/", "--Voila.log_level=WARN"]
    command.append(f"--theme={theme}")
    # A kernel that is begun before anybody asks can't know what the address says; the dashboard's browser half reads it.
    if not notebook:
        command += ["--preheat_kernel=True", "--pool_size=1"]  # the page comes in 1 to 2 s, not in 3
    _served("studio", command, chosen, "", say, studio=studio, browser=browser)


def open_lab(say: Callable[[str], None], *, studio: str = "", port: int = 0, browser: bool = True, folder: str = "") -> None:
    """Open JupyterLab on the notebooks until somebody ends it. folder: another one than theirs.

    Raises: NotInstalled, MissingPiece, SettingsError, StoreError before anything is begun, and SettingsError if it does not begin.
    """
    _needed("jupyterlab", "anywidget")
    root, chosen = _given_folder(folder) if folder else notebooks_to_work_in(Path.cwd()), _port("lab", port)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--ServerApp.port={chosen}", "--ServerApp.port_retries=0"]
    command += [f"--ServerApp.root_dir={root}", "--ServerApp.ip=127.0.0.1", "--ServerApp.base_url=/"]
    command += ["--ServerApp.jpserver_extensions=glimmer.server=True"]  # in a checkout that nobody installed, too
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # only this machine can reach it
    _served("lab", command, chosen, "lab", say, studio=studio, browser=browser)


def _served(what: str, command: list[str], port: int, page: str, say: Callable[[str], None], *, studio: str, browser: bool) -> None:
    """Run a server until somebody ends it; say where it is when it answers."""
    place, token = Settings.from_environment(studio=studio or None).studio, secrets.token_hex(24)
    environment = {
        "GLIMMER_STUDIO": place if "://" in place else str(Path(place).absolute()),  # one for all notebooks, wherever they lie
        "JUPYTER_TOKEN": token,  # not on the command line, which all users of this machine see
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel of this Python, and no other "python3" of the user's
    }
    name = _CALLED[what]
    with _told_to(what, port) as (log, kept), _running(command, environment, log) as process:
        _wait_for(process, f"http://127.0.0.1:{port}/glimmer/me", name, kept)
        address = f"http://127.0.0.1:{port}/{page}?token={token}"
        say(f"{name} is at {address}  (Ctrl-C ends it)")
        if browser:
            _open_in_browser(address)
        process.wait()
        raise SettingsError(f"{name} ended by itself, with {process.returncode}.{_last_words(kept)}")


@contextmanager
def _told_to(what: str, port: int) -> Iterator[tuple[IO[bytes] | None, Path | None]]:
    """Where the server and its kernels write what they have to say: a file of this user's; the terminal with --debug."""
    if os.environ.get("GLIMMER_DEBUG", "") not in ("", "0"):
        yield None, None
        return
    path = cache_home() / "servers" / f"{what}-{port}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        log = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise StoreError(f'the log "{path}" can\'t be written ({error.strerror}). Set XDG_CACHE_HOME.') from error
    with log:
        yield log, path


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: IO[bytes] | None) -> Iterator[subprocess.Popen[bytes]]:
    """A child in a session of its own: Ctrl-C reaches us, and the child is ended kindly: without its question, and with its kernels."""
    with _ended_by_signals():
        process = subprocess.Popen(
            command, env=os.environ | environment, start_new_session=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield process
        except KeyboardInterrupt:
            pass  # that is how it ends
        finally:
            _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):  # a second Ctrl-C
        process.kill()
        process.wait()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal are as Ctrl-C, so that no child is left behind."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _wait_for(process: subprocess.Popen[bytes], address: str, name: str, log: Path | None) -> None:
    until = time.monotonic() + _BEGIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SettingsError(f"{name} ended with {process.returncode} before it was there.{_last_words(log)}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it wants to know who asks: it is there
        except OSError:
            time.sleep(0.1)  # between two looks; nothing tells when a port opens
    raise SettingsError(f"{name} was not there within {_BEGIN_SECONDS} s.{_last_words(log)}")


def _last_words(log: Path | None) -> str:
    if log is None:
        return " What it said stands above."
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-8:]
    return "\n".join([f' The end of "{log}":', *(line[:300] for line in said)])


def _open_in_browser(address: str) -> None:
    """By way of a file that only this user reads: what is on a command line, all users see."""

    def work() -> None:
        try:
            found = webbrowser.get()
        except webbrowser.Error:
            return  # none here: the address was said
        handle, name = tempfile.mkstemp(suffix=".html", prefix="glimmer-")
        with open(handle, "w", encoding="utf-8") as page:
            page.write(f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={address}">')
        found.open(Path(name).as_uri())
        time.sleep(30)  # a cold browser takes that long to read it
        with suppress(OSError):
            os.unlink(name)

    threading.Thread(target=work, name="glimmer-browser", daemon=True).start()


# ── what was asked for ──────────────────────────────────────────────────────────────────────────────────────
def _needed(*packages: str) -> None:
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise NotInstalled(
            f'{" and ".join(missing)} {"is" if len(missing) == 1 else "are"} not installed here. Install: pip install "glimmer-studio[studio]"',
            extra="studio",
        )


def _port(what: str, given: int) -> int:
    """The port that was asked for, or the first free one from the usual one on. Raises: SettingsError if it is taken."""
    if given:
        if not 1 <= given <= 65_535:
            raise SettingsError(f"--port {given}; expected a number from 1 to 65535.")
        if not _is_free(given):
            raise SettingsError(
                f"port {given} can't be listened on: it is taken, or this user may not. Give another: --port {given + 1}"
            )
        return given
    first = _FIRST_PORT[what]
    found = next((port for port in range(first, first + _PORTS_TRIED) if _is_free(port)), 0)
    if not found:
        raise SettingsError(f"all ports from {first} to {first + _PORTS_TRIED - 1} are taken. Give another one: --port 9000")
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as tornado: one that was just closed is free
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _given(notebook: str) -> Path:
    path = Path(notebook).expanduser()
    if not path.is_file() or path.suffix != ".ipynb":
        raise MissingPiece(f'there is no notebook "{notebook}"; expected an .ipynb file.')
    return path.absolute()


def _given_folder(folder: str) -> Path:
    path = Path(folder).expanduser()
    if not path.is_dir():
        raise MissingPiece(f'there is no folder "{folder}" to open JupyterLab on.')
    return path.absolute()
