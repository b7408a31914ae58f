"""For the whole suite: no network, no key, and a studio that is gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
settings.register_profile("glimmer", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no test is about time
settings.load_profile("glimmer")
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file to each worker; all that needs a browser to one of them, as two browsers at once on two cores are slower than one after the other."""
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "tests/e2e" if nodeid.startswith("tests/e2e/") else str(super()._split_scope(nodeid))

    return Together(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """No test leaves this process in a class of its own.

    SVT-AV1 takes SCHED_FIFO 99 where it is root (`glimmer.render.among_others` gives it back); what a test begins after that (a Postgres,
    npm, Chromium) goes before all else on the machine, for an hour. Should anything do so again, this says after which test.
    """
    told = yield
    if hasattr(os, "sched_getscheduler") and os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        item.warn(pytest.PytestWarning(f"{item.nodeid} left the process in a real-time class; it was put back"))
    return told


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
