"""Hosts: JupyterLab, Notebook 7, Voila and marimo, each begun as a person's machine begins it, with folders of its own, on a port that is free.

A host is ended with everything it began: kernels sit in process groups of their own, so its whole family is listed first.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import nbformat

__all__ = ["Host", "begun", "free_port"]

ROOT: Final = Path(__file__).resolve().parents[3]
PROBE: Final = Path(__file__).resolve().parents[1] / "probe"
BEGIN_SECONDS: Final = 90  # Lab takes 6 on a quiet machine
END_SECONDS: Final = 2  # Jupyter asks each kernel kindly first; nothing here is worth the wait
# What a person would have clicked: no news, no question whether to fetch them; and widgets are saved with the notebook, as some do.
SETTINGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}


@dataclass
class Host:
    """One server that runs. `folder` holds its notebooks; kernels find `studio` in their environment."""

    name: str
    base: str  # "http://127.0.0.1:8241/user/ann/"
    token: str
    folder: Path
    studio: Path
    process: subprocess.Popen[bytes]
    log: Path
    notebooks: list[str] = field(default_factory=list)

    def write(self, name: str, cells: Sequence[str]) -> Path:
        """A notebook with these cells of code."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = self.folder / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    def app(self, code: str) -> Path:
        """marimo's one app, anew: a cell with this code, whose last line is shown."""
        *lines, shown = code.splitlines()
        body = "".join(f"    {line}\n" for line in [*lines, shown, "return"])
        path = self.folder / "app.py"
        path.write_text(
            f"import marimo\n\napp = marimo.App()\n\n@app.cell\ndef _():\n{body}\nif __name__ == '__main__':\n    app.run()\n",
            encoding="utf-8",
        )
        return path

    def address(self, name: str) -> str:
        """Where a browser opens it, as a visitor who has the token."""
        if self.name == "marimo":
            return f"{self.base}?access_token={self.token}"
        if self.name == "voila":
            return f"{self.base}voila/render/{name}.ipynb?token={self.token}"
        if self.name == "notebook":
            return f"{self.base}notebooks/{name}.ipynb?token={self.token}"
        return f"{self.base}lab/workspaces/{secrets.token_hex(4)}/tree/{name}.ipynb?token={self.token}"

    def get(self, path: str) -> Any:
        """What the server's own interface says."""
        with urllib.request.urlopen(f"{self.base}{path}?token={self.token}", timeout=10) as reply:
            return json.load(reply)

    def end_kernels(self) -> None:
        """So that a test finds none of another's: not the memory it holds, and not the cell that keeps it busy."""
        for kernel in _kernels(self.process.pid):
            method, path = ("POST", "voila/api/shutdown/") if self.name == "voila" else ("DELETE", "api/kernels/")
            asked = urllib.request.Request(
                f"{self.base}{path}{kernel}", method=method, headers={"Authorization": f"token {self.token}"}, data=b""
            )
            with suppress(urllib.error.HTTPError), urllib.request.urlopen(asked, timeout=20):  # 404: it ended while we asked
                pass

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


def free_port() -> int:
    """A port nobody listens on. $GLIMMER_PORTS, "8240-8259", says in which range, where a machine is shared."""
    first, _, last = os.environ.get("GLIMMER_PORTS", "0-0").partition("-")
    for port in range(int(first), int(last) + 1):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise RuntimeError(f"no port is free in {first}-{last}")


def _command(name: str, port: int, base_path: str, token: str, folder: Path, served: bool) -> list[str]:
    common = [f"--port={port}", "--no-browser"]
    if name == "voila":
        program = "glimmer.server.voila_app" if served else "voila"
        own = ["--Voila.ip=127.0.0.1", f"--Voila.base_url={base_path}", f"--token={token}", "--show_tracebacks=True"]
        return [sys.executable, "-m", program, str(folder), *common, *own]
    if name == "marimo":
        own = ["run", str(folder / "app.py"), "--headless", "--host=127.0.0.1", f"--token-password={token}"]
        return [sys.executable, "-m", "marimo", *own, f"--port={port}"]
    program, exposed = {"lab": ("jupyterlab", "LabApp"), "notebook": ("notebook", "JupyterNotebookApp")}[name]
    own = [
        "--ip=127.0.0.1",
        f"--ServerApp.base_url={base_path}", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
        f"--{exposed}.expose_app_in_browser=True", "--ServerApp.port_retries=0", "--ServerApp.allow_root=True",
        "--LabApp.news_url=", "--LabApp.extension_manager=readonly", "--ServerApp.terminals_enabled=False",
    ]  # fmt: skip
    own.append(f"--ServerApp.jpserver_extensions=glimmer.server={served}")
    return [sys.executable, "-m", program, *common, *own]


def _environment(home: Path, studio: Path, more: Mapping[str, str]) -> dict[str, str]:
    settings = home / "settings"
    for name, values in SETTINGS.items():
        path = settings / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_", "GEMINI", "GOOGLE_API"))}
    return keep | {
        "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data"), "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"), "JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_NO_CONFIG": "", "NO_COLOR": "1",
        "GLIMMER_STUDIO": str(studio), "GLIMMER_USER": "ann",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(PROBE), *filter(None, [os.environ.get("PYTHONPATH", "")])]),
    } | dict(more)  # fmt: skip


@contextmanager
def begun(
    name: str,
    home: Path,
    *,
    base_path: str = "/",
    environment: Mapping[str, str] | None = None,
    studio: Path | None = None,
    served: bool = True,
) -> Iterator[Host]:
    """A host for as long as the block runs. name: "lab", "notebook", "voila", "marimo". Its kernels see `environment` too. served: with our
    extension, or as a server that has never heard of Glimmer."""
    folder, studio = home / "notebooks", studio or home / "studio"
    folder.mkdir(parents=True)
    (folder / "app.py").write_text("import marimo\n\napp = marimo.App()\n", encoding="utf-8")  # marimo wants one to begin with
    port, token = free_port(), secrets.token_hex(16)
    log = home / "log.txt"
    with log.open("wb") as told:
        process = subprocess.Popen(
            _command(name, port, base_path, token, folder, served), cwd=folder, env=_environment(home, studio, environment or {}),
            stdout=told, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    host = Host(name, f"http://127.0.0.1:{port}{base_path}", token, folder, studio, process, log)
    try:
        _wait_until_it_answers(host)
        yield host
    finally:
        end(process.pid)


def _wait_until_it_answers(host: Host) -> None:
    until = time.monotonic() + BEGIN_SECONDS
    place = "" if host.name in ("voila", "marimo") else "api/status"
    while time.monotonic() < until:
        if host.process.poll() is not None:
            raise RuntimeError(f"{host.name} ended with {host.process.returncode} before it answered:\n{host.tail()}")
        try:
            with urllib.request.urlopen(f"{host.base}{place}?token={host.token}&access_token={host.token}", timeout=10) as reply:
                if reply.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)  # between two looks; nothing tells when a port opens
    raise RuntimeError(f"{host.name} did not answer within {BEGIN_SECONDS} s:\n{host.tail()}")


def end(pid: int) -> None:
    """End a process and all that came of it: kindly, then not."""
    family = [pid, *_children(pid)]
    _signal(pid, signal.SIGTERM)
    until = time.monotonic() + END_SECONDS
    while time.monotonic() < until and _runs(pid):
        time.sleep(0.05)
    for each in family:
        _signal(each, signal.SIGKILL)


def _kernels(pid: int) -> list[str]:
    """The names of the kernels below a server, which their command lines tell."""
    told = [Path(f"/proc/{child}/cmdline") for child in _children(pid)]
    lines = [path.read_text(errors="replace") for path in told if path.exists()]
    return re.findall(r"kernel-([0-9a-f-]{36})\.json", "\n".join(lines))


def _children(pid: int) -> list[int]:
    """All below a process."""
    pairs = list(_parents())
    found = [pid]
    for parent in found:
        found += [child for child, of in pairs if of == parent]
    return found[1:]


def _parents() -> Iterator[tuple[int, int]]:
    """Every process and its parent: from /proc, as small containers have no `ps`; by `ps` on a Mac."""
    if Path("/proc/self/stat").exists():
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it ended while we looked
                yield int(path.parent.name), int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
        return
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    for line in told.splitlines():
        child, parent = line.split()
        yield int(child), int(parent)


def _signal(pid: int, which: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, which)


def _runs(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False
