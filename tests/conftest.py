"""For the whole suite: no network, no key, and a studio that is gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


def pytest_configure(config: pytest.Config) -> None:
    """The fixtures of these files are everybody's. By their paths, as the suite imports nothing by name (import mode importlib)."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in what it begins in the background, children too
    for name in ("databases", "small_films"):
        spec = importlib.util.spec_from_file_location(f"glimmer_{name}", Path(__file__).with_name(f"{name}.py"))
        assert spec is not None and spec.loader is not None
        shared = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(shared)
        config.pluginmanager.register(shared, f"glimmer_{name}")


class NetworkIsClosed(RuntimeError):
    """A test reached for the network. Glimmer is made to work without; so is its suite."""


def _stays_here(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address  # a path: a Unix socket never leaves the machine
    return not isinstance(address, tuple) or str(host) in ("127.0.0.1", "::1", "localhost")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    if not _stays_here(address):
        raise NetworkIsClosed(f"a test tried to reach {address!r}; the network is closed in tests/conftest.py")
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    if not _stays_here(address):
        raise NetworkIsClosed(f"a test tried to reach {address!r}; the network is closed in tests/conftest.py")
    return _connect_ex(self, address)


def _no_lookup(host: Any, *rest: Any, **named: Any) -> Any:
    if host not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"):
        raise NetworkIsClosed(f"a test looked up {host!r}; the network is closed in tests/conftest.py")
    return _getaddrinfo(host, *rest, **named)


_getaddrinfo = socket.getaddrinfo


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", _no_lookup)
        yield


@pytest.fixture(autouse=True)
def _own_studio(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a studio of its own, no key, and no setting of the machine's."""
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY", "GLIMMER_MODELS", "GLIMMER_WORKERS", "GLIMMER_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    if budget := sys.modules.get("glimmer.agents.budget"):
        budget.new_session()  # what earlier tests paid fake servers is not this one's
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", ""))))
    )  # for child processes
    studio = tmp_path_factory.mktemp("studio")
    monkeypatch.setenv("GLIMMER_STUDIO", str(studio))
    return studio
