"""A real Chromium and real notebook servers, for the faces. `pytest tests/e2e` runs alone too; pictures go to $GLIMMER_SCREENSHOTS.

Playwright's loop is on the thread that tests run on for as long as it is there, so it is ended with each file: others call asyncio.run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))  # for `harness`, which these tests share

from harness.chromium import FLAGS, chromium, modest  # noqa: E402
from harness.films import drafted_studio  # noqa: E402
from harness.guard import Guard, family  # noqa: E402
from harness.hosts import Host, begun  # noqa: E402
from harness.pages import Visitor  # noqa: E402

Begin = Callable[..., Host]
MOST_SECONDS = 300  # of one test; the longest takes 90 on two cores with all else going on


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Once more, where one fails: a browser, a server and a kernel on two cores that others use as well. The report says which.

    `-p no:rerunfailures` judges each at once.
    """
    if not config.pluginmanager.hasplugin("rerunfailures"):
        return
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed tells which processes there were: what is slow is seldom the test's own."""
    report = yield
    if report.failed:
        report.sections.append(("processes of the browser and the hosts", family()))
    return report


@pytest.fixture(scope="session")
def guard() -> Iterator[Guard]:
    with Guard() as guard:
        yield guard


@pytest.fixture(autouse=True)
def _nothing_runs_away(guard: Guard) -> Iterator[None]:
    guard.until = time.monotonic() + MOST_SECONDS
    yield
    guard.until = float("inf")
    ended, guard.ended[:] = list(guard.ended), []
    assert not ended, f"processes had to be ended: {ended[0]}"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, without a window. Skipped where there is none; where CI=1 that is a fault."""
    path = chromium()
    if not path:
        words = "no Chromium here: run `python tests/e2e/harness/chromium.py`, or name one in GLIMMER_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = modest(path, tmp_path_factory.mktemp("chromium"))
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def comes(browser: Any) -> Iterator[Callable[..., Visitor]]:
    """`comes()` is a visitor with a browser profile of their own. At the end none may have asked for anything on another machine."""
    there: list[Visitor] = []

    def one(**how: Any) -> Visitor:
        there.append(Visitor.comes(browser, **how))
        return there[-1]

    yield one
    for visitor in there:
        visitor.leave()
    elsewhere = [url for visitor in there for url in visitor.went_elsewhere()]
    assert not elsewhere, f"the page asked another machine: {elsewhere[:5]}"


@pytest.fixture
def visitor(comes: Callable[..., Visitor]) -> Visitor:
    return comes()


@pytest.fixture
def hosts(lasting_hosts: Begin) -> Iterator[Begin]:
    """`hosts("lab")`, `hosts("voila", base_path="/user/ann/")`: begun at the first call, the same one afterwards, its kernels ended."""
    used: dict[str, Host] = {}

    def one(name: str, base_path: str = "/", served: bool = True) -> Host:
        host = lasting_hosts(name, base_path, served)
        return used.setdefault(host.base, host)

    yield one
    for host in used.values():
        host.end_kernels()


@pytest.fixture(scope="session")
def lasting_hosts(tmp_path_factory: pytest.TempPathFactory, probe_built: dict[str, str]) -> Iterator[Begin]:
    """The servers themselves, for as long as there are tests: what `hosts` hands out."""
    from contextlib import ExitStack

    there: dict[tuple[str, str, bool], Host] = {}
    with ExitStack() as stack:

        def one(name: str, base_path: str = "/", served: bool = True) -> Host:
            key = (name, base_path, served)
            if key not in there:
                host = begun(name, tmp_path_factory.mktemp(name), base_path=base_path, environment=probe_built, served=served)
                there[key] = stack.enter_context(host)
            return there[key]

        yield one


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A studio with a film that has a first cut, to be copied: see `films`."""
    return drafted_studio(tmp_path_factory.mktemp("drafted"))


@pytest.fixture
def lab(hosts: Callable[..., Host]) -> Host:
    return hosts("lab")


@pytest.fixture(params=["lab", "notebook", "voila"])
def host(request: pytest.FixtureRequest, hosts: Callable[..., Host]) -> Host:
    """Each of the three, one after the other."""
    return hosts(request.param)


@pytest.fixture(scope="session")
def probe_built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the probe's bundle is, as kernels are told; nothing where it can't be built: see `needs_probe`."""
    esbuild = next((ROOT / "widgets/node_modules/@esbuild").glob("*/bin/esbuild"), None)  # a program of its own; needs no node
    if esbuild is None:
        return {}
    out = tmp_path_factory.mktemp("probe") / "probe.js"
    command = [
        str(esbuild), str(HERE / "probe/index.tsx"), "--bundle", "--format=esm", "--target=es2022", "--jsx=automatic",
        "--jsx-import-source=preact", f"--outfile={out}", "--log-level=error",
    ]  # fmt: skip
    environment = os.environ | {"NODE_PATH": str(ROOT / "widgets/node_modules")}
    subprocess.run(command, check=True, timeout=60, cwd=ROOT / "widgets", env=environment)
    return {"GLIMMER_PROBE_ESM": str(out)}


@pytest.fixture
def needs_probe(probe_built: dict[str, str]) -> None:
    if not probe_built:
        pytest.skip("the probe face is built with esbuild, and widgets/node_modules are not there: run `npm install` in widgets/")
