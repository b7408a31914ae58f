"""Real servers in child processes: a Jupyter server below a Hub's prefix, and GlimmerVoila. Each once for the file that asks."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BEGIN_SECONDS = 60


@dataclass
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Visitor:
    """A browser's manners: keeps cookies, follows nothing."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        given = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body=body, headers=given)
            reply = line.getresponse()
            for cookie in reply.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        finally:
            line.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: bytes, **headers: str) -> Reply:
        return self.ask("POST", path, body, **({"X_XSRFToken": self.cookies.get("_xsrf", "")} | headers))


@dataclass
class Server:
    port: int
    base: str
    token: str
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path

    def visitor(self, *, signed_in: bool = True) -> Visitor:
        """Somebody new; signed in by a token once, and by their cookie from then on."""
        somebody = Visitor(self.port)
        if signed_in:
            assert somebody.get(f"{self.base}glimmer/me?token={self.token}").status == 200
        return somebody

    def who(self, visitor: Visitor) -> str:
        return str(visitor.get(f"{self.base}glimmer/me").json["who"])

    async def line(self, visitor: Visitor, kernel: str) -> Any:
        """The visitor's web socket to a kernel."""
        from tornado.httpclient import HTTPRequest
        from tornado.websocket import websocket_connect

        cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        address = f"ws://127.0.0.1:{self.port}{self.base}api/kernels/{kernel}/channels?session_id={secrets.token_hex(8)}"
        return await websocket_connect(HTTPRequest(address, headers=visitor.headers | ({"Cookie": cookies} if cookies else {})))

    async def printed(self, visitor: Visitor, kernel: str, code: str) -> str:
        """What the code prints, run by the visitor in that kernel."""
        line = await self.line(visitor, kernel)
        try:
            await line.write_message(message("execute_request", {"code": code, "silent": False, "store_history": False}))
            while True:
                heard = json.loads(await asyncio.wait_for(line.read_message(), 30) or "{}")
                if heard.get("msg_type") == "stream":
                    return str(heard["content"]["text"])
        finally:
            line.close()


def message(kind: str, content: dict[str, Any]) -> str:
    """A message to a kernel, as a page sends it."""
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "s",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    }
    return json.dumps(
        {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    )


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@contextmanager
def begun(command: list[str], port: int, base: str, token: str, folder: Path, **environment: str) -> Iterator[Server]:
    """A server for as long as the block runs."""
    home = folder / "home"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "GLIMMER_MEDIA"))}
    own |= {"JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "run")}
    own |= {
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "IPYTHONDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "GLIMMER_STUDIO": str(folder / "studio"),
    }
    log = folder / "log.txt"
    with log.open("wb") as told:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=own | environment,
            stdout=told,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    server = Server(port, base, token, folder, process, log)
    try:
        wait_for(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # kernels that a server left behind


def wait_for(server: Server) -> None:
    until = time.monotonic() + BEGIN_SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}:\n{server.log.read_text()[-3000:]}")
        try:
            Visitor(server.port).get(f"{server.base}glimmer/me")
            return
        except OSError:
            time.sleep(0.05)  # between two looks; nothing tells when a port opens
    raise RuntimeError(f"the server did not answer:\n{server.log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jupyter server as JupyterHub begins one for ann: below a prefix."""
    folder, port, token, base = tmp_path_factory.mktemp("jupyter"), free_port(), secrets.token_hex(16), "/user/ann/"
    command = [sys.executable, "-m", "jupyter_server", f"--port={port}", "--ip=127.0.0.1", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.base_url={base}", f"--IdentityProvider.token={token}", "--ServerApp.port_retries=0"]
    command += ["--ServerApp.jpserver_extensions=glimmer.server=True", f"--ServerApp.root_dir={folder}"]
    with begun(command, port, base, token, folder, GLIMMER_MEDIA_KEY="of-somebody-else") as server:
        yield server


def notebook(path: Path, *cells: str) -> Path:
    import nbformat
    from nbformat import v4

    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells], metadata=kernel), path)
    return path


@pytest.fixture(scope="module")
def begin_voila(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Begins GlimmerVoila with one notebook, which tells the key that its kernel was given."""

    @contextmanager
    def begin(*options: str, base: str = "/", token: str = "") -> Iterator[Server]:
        folder, port = tmp_path_factory.mktemp("voila"), free_port()
        told = notebook(folder / "told.ipynb", "import os; print('key<' + os.environ.get('GLIMMER_MEDIA_KEY', '') + '>')")
        own = [f"--port={port}", "--no-browser", "--Voila.port_retries=0", f"--base_url={base}"]
        command = [sys.executable, "-m", "glimmer.server.voila_app", str(told), *own, *options]
        with begun(command, port, base, token, folder) as server:
            yield server

    return begin


@pytest.fixture(scope="module")
def voila(begin_voila: Any) -> Iterator[Server]:
    """With a token, below a prefix, and with a kernel that begins before anybody comes."""
    token = secrets.token_hex(16)
    with begin_voila(f"--token={token}", "--preheat_kernel=True", "--pool_size=1", base="/shows/", token=token) as server:
        yield server
