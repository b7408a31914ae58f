"""`glimmer studio` and `glimmer lab`: one line that says where, a page that only the token opens, and nothing left after Ctrl-C."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("voila")

from glimmer import cli
from glimmer.errors import MissingPiece
from glimmer.server import opening

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Any]:
    """A command in a child process, and the line that it says."""
    begun: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> tuple[subprocess.Popen[str], str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "GLIMMER_DEBUG"))}
        own |= {
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "JUPYTER_CONFIG_DIR": str(tmp_path / "home"),
            "IPYTHONDIR": str(tmp_path / "home"),
        }
        own |= {"JUPYTER_DATA_DIR": str(tmp_path / "home"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run"), "JUPYTER_NO_CONFIG": "1"}
        command = [sys.executable, "-c", "from glimmer.cli import main; main()", *arguments]
        process = subprocess.Popen(command, cwd=tmp_path, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        assert line, process.stderr.read()
        return process, line

    yield run
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def free_port() -> str:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return str(tried.getsockname()[1])


def browser() -> Any:
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


def children_of(pid: int) -> list[int]:
    import psutil

    return [each.pid for each in psutil.Process(pid).children(recursive=True)]


def ended(process: subprocess.Popen[str], children: list[int]) -> tuple[str, str]:
    """What it said in the end, after Ctrl-C; it and its children are gone."""
    import psutil

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in children if psutil.pid_exists(pid)], timeout=60)
    assert not alive
    return out, err


def notebook(path: Path) -> Path:
    import nbformat
    from nbformat import v4

    cell = v4.new_code_cell(
        "import os; print('films<' + os.environ['GLIMMER_STUDIO'] + '>', bool(os.environ['GLIMMER_MEDIA_KEY']))"
    )
    nbformat.write(v4.new_notebook(cells=[cell], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}), path)
    return path


def test_the_dashboard_opens_says_where_and_ends(begin: Any, tmp_path: Path) -> None:
    port = free_port()
    shown = notebook(tmp_path / "shown.ipynb")
    process, line = begin(
        "studio", "--notebook", str(shown), "--port", port, "--no-browser", "--studio", "films", "--theme", "dark"
    )
    said = re.fullmatch(rf"The studio is at (http://127\.0\.0\.1:{port}/\?token=\w+)  \(Ctrl-C ends it\)\n", line)
    assert said
    page = browser().open(said[1], timeout=30).read().decode()
    assert f"films&lt;{tmp_path / 'films'}&gt; True" in page
    assert 'data-jp-theme-light="false"' in page
    with pytest.raises(urllib.error.HTTPError) as refused:
        browser().open(f"http://127.0.0.1:{port}/glimmer/me", timeout=30)
    assert refused.value.code == 403
    children = children_of(process.pid)
    assert said[1].partition("=")[2] not in " ".join(command_of(pid) for pid in children)  # all users see command lines
    assert ended(process, children) == ("", "")


def command_of(pid: int) -> str:
    import psutil

    try:
        return " ".join(psutil.Process(pid).cmdline())
    except psutil.NoSuchProcess:
        return ""


def test_jupyterlab_opens_with_the_extension_on_and_ends(begin: Any, tmp_path: Path) -> None:
    port = free_port()
    process, line = begin("lab", str(tmp_path), "--port", port, "--no-browser")
    said = re.fullmatch(rf"JupyterLab is at (http://127\.0\.0\.1:{port}/lab\?token=\w+)  \(Ctrl-C ends it\)\n", line)
    assert said
    visitor = browser()
    assert "jupyter-config-data" in visitor.open(said[1], timeout=30).read().decode()
    assert '"glimmer": true' in visitor.open(f"http://127.0.0.1:{port}/glimmer/me", timeout=30).read().decode()
    assert ended(process, children_of(process.pid)) == ("", "")


# ── what is refused before anything is begun ────────────────────────────────────────────────────────────────
@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["glimmer", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        assert end.value.code == 2 and "Traceback" not in said.err and not said.out
        return " ".join(said.err.split())

    return run


def test_a_port_that_is_taken_is_said(refused: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in (("lab", "."), ("studio", "--notebook", str(notebook(Path("a.ipynb"))))):
            assert f"port {port} can't be listened on" in refused(*command, "--port", str(port), "--no-browser")
    assert "1 to 65535" in refused("lab", ".", "--port", "70000")


def test_what_is_not_there_is_said(refused: Any) -> None:
    assert 'no notebook "nothing.ipynb"' in refused("studio", "--notebook", "nothing.ipynb")
    assert 'no folder "nowhere"' in refused("lab", "nowhere")


def test_an_option_for_a_command_stands_after_it(refused: Any) -> None:
    assert "glimmer studio list --studio" in refused("studio", "--studio", "films", "list")


def test_a_theme_that_there_is_not_is_said(refused: Any) -> None:
    assert '--theme blue; expected "light" or "dark"' in refused("studio", "--theme", "blue")


def test_without_voila_it_is_said_how_to_get_it(refused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opening.importlib.util.find_spec
    monkeypatch.setattr(opening.importlib.util, "find_spec", lambda name: None if name in ("voila", "jupyterlab") else found(name))
    assert 'voila is not installed here. Install: pip install "glimmer-studio[studio]"' in refused("studio")
    assert "jupyterlab is not installed here" in refused("lab")


# ── where the notebooks lie ─────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Glimmer as pip lays it down, with no checkout around it."""
    package = tmp_path / "site-packages" / "glimmer"
    (package / "notebook_files" / "dashboards").mkdir(parents=True)
    notebook(package / "notebook_files" / "01_first_film.ipynb")
    monkeypatch.setattr(opening, "_PACKAGE", package)
    return package


def test_a_checkout_s_notebooks_are_opened_in_place() -> None:
    assert opening.notebooks_to_work_in(Path("/nowhere")) == ROOT / "notebooks"


def test_an_installed_copy_lays_its_notebooks_where_one_works_and_writes_over_none(installed: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    first = opening.notebooks_to_work_in(here) / "01_first_film.ipynb"
    assert first == here / "glimmer-notebooks" / "01_first_film.ipynb" and first.is_file()
    first.write_text("mine")
    notebook(installed / "notebook_files" / "02_new.ipynb")
    opening.notebooks_to_work_in(here)
    assert first.read_text() == "mine" and (first.parent / "02_new.ipynb").is_file()


def test_a_dashboard_that_is_not_there_is_said(installed: Path) -> None:
    with pytest.raises(MissingPiece, match='dashboard "studio" is not there'):
        opening.dashboard()


# ── samples ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_samples_are_read_as_they_are_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    from traitlets.config import JSONFileConfigLoader, PyFileConfigLoader

    from glimmer.server.identity import ProxyIdentityProvider
    from glimmer.server.voila_app import GlimmerVoila

    monkeypatch.setenv("GOOGLE_CLIENT_ID", "id")
    monkeypatch.setenv("GOOGLE_CLIENT_SECRET", "secret")
    deploy = str(ROOT / "deploy")
    lab = PyFileConfigLoader("jupyter_server_config.py", deploy).load_config()
    hub = PyFileConfigLoader("jupyterhub_config.py", deploy).load_config()
    shows = JSONFileConfigLoader("voila.json", deploy).load_config()
    assert lab.ServerApp.ip == shows.Voila.ip == "127.0.0.1" and hub.JupyterHub.bind_url.startswith("http://127.0.0.1")
    assert lab.ServerApp.allow_origin == "" and lab.ServerApp.identity_provider_class == shows.Voila.identity_provider_class
    known = {"Voila": GlimmerVoila, "ProxyIdentityProvider": ProxyIdentityProvider}
    for name, kind in known.items():
        assert set(shows[name]) <= set(kind.class_trait_names())
    assert set(lab.ProxyIdentityProvider) <= set(ProxyIdentityProvider.class_trait_names())
