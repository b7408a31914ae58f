"""Pages: what a visitor does in a browser: opens a notebook, runs it, finds a face, looks at it. Waits for states, never for time.

Every request is noted: one that would leave the machine fails the test (and could not: names are not resolved, see `chromium.FLAGS`).
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .hosts import Host

__all__ = ["Visitor", "screenshot", "shots_folder"]

WAIT_MS: Final = 40_000  # a cold Lab on a busy machine
WIDE: Final = {"width": 1280, "height": 900}
# What hosts themselves ask for elsewhere; the page works without. Voila's template takes fonts and MathJax from a CDN.
HOSTS_OWN_HABITS: Final = re.compile(
    r"https://(cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|unpkg\.com|fonts\.(googleapis|gstatic)\.com)/"
)


def shots_folder() -> Path:
    """Where pictures go: $GLIMMER_SCREENSHOTS, else a folder below the machine's temporary one."""
    folder = Path(os.environ.get("GLIMMER_SCREENSHOTS") or Path(tempfile.gettempdir()) / "glimmer-screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def screenshot(page: Page, name: str, of: Locator | None = None) -> Path:
    """A picture of the page, or of one thing on it."""
    path = shots_folder() / f"{name}.png"
    (of or page).screenshot(path=path, animations="disabled")
    return path


@dataclass
class Visitor:
    """Somebody at a browser of their own: their own cookies, one notebook a page."""

    browser: Browser
    context: BrowserContext
    asked: list[str] = field(default_factory=list)  # every address that was asked for
    replies: list[tuple[int, str]] = field(default_factory=list)  # with which status each address answered
    errors: list[str] = field(default_factory=list)  # what the pages threw
    habits: re.Pattern[str] = HOSTS_OWN_HABITS

    @classmethod
    def comes(cls, browser: Browser, *, viewport: dict[str, int] | None = None, **more: Any) -> Visitor:
        context = browser.new_context(viewport=viewport or WIDE, accept_downloads=True, **more)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        visitor = cls(browser, context)
        context.on("request", lambda request: visitor.asked.append(request.url))
        context.on("response", lambda reply: visitor.replies.append((reply.status, reply.url)))
        context.on("weberror", lambda error: visitor.errors.append(getattr(error.error, "stack", "") or str(error.error)))
        return visitor

    def went_elsewhere(self) -> list[str]:
        """The addresses that are not this machine's, and none of the host's own habits."""
        return [url for url in self.asked if _is_elsewhere(url) and not self.habits.match(url)]

    def open(self, host: Host, notebook: str) -> Page:
        """The notebook's page, when it can be worked with. In Voila its cells have begun to run."""
        page = self.context.new_page()
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.goto(host.address(notebook), wait_until="domcontentloaded")
        ready(host, page)
        return page

    def run(self, host: Host, notebook: str) -> Page:
        """The notebook's page, with all its cells begun to run."""
        page = self.open(host, notebook)
        run_all(host, page)
        return page

    def faults(self) -> list[str]:
        """What our code threw. It is loaded from blobs; what a host throws itself is its own."""
        return [each for each in self.errors if "blob:" in each]

    def leave(self) -> None:
        self.context.close()


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss", "ftp") and parts.hostname not in ("127.0.0.1", "localhost", "::1")


def ready(host: Host, page: Page) -> None:
    """Wait until the page can be worked with."""
    if host.name == "marimo":
        return
    if host.name == "voila":
        page.wait_for_selector("#rendered_cells, .jp-Notebook, body[data-jp-theme-light]", state="attached")
        return
    page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length > 0")
    page.wait_for_function(KERNEL_IS("idle"))


def KERNEL_IS(state: str) -> str:  # a text, made once
    return f"() => window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === {state!r}"


def command(page: Page, name: str, given: dict[str, Any] | None = None, *, wait: bool = True) -> None:
    """A command of JupyterLab's or Notebook's, as its menu gives it."""
    done = "void " if not wait else "return "
    page.evaluate(f"async ([name, given]) => {{ {done} window.jupyterapp.commands.execute(name, given) }}", [name, given or {}])


def run_all(host: Host, page: Page) -> None:
    """Begin to run all cells. Voila has done so. `all_ran` waits for the last."""
    if host.name in ("lab", "notebook"):
        page.evaluate(
            "() => { window.allRan = false; window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => { window.allRan = true }) }"
        )


def all_ran(host: Host, page: Page) -> None:
    """Wait until all cells have run, and the notebook has put the focus where it wants it."""
    if host.name in ("lab", "notebook"):
        page.wait_for_function("() => window.allRan")


def run_cell(page: Page, index: int) -> None:
    """Begin to run one cell of the notebook."""
    page.evaluate("(at) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = at }", index)
    command(page, "notebook:run-cell", wait=False)


def face(page: Page, label: str | re.Pattern[str], nth: int = 0) -> Locator:
    """A face by the name it has for who can't see it, shown and live: "Timeline", "Chat: The Lamp"."""
    found = page.get_by_role("region", name=label).and_(page.locator(".gl-root")).nth(nth)
    expect(found).to_be_visible(timeout=WAIT_MS)
    expect(found.locator(".gl-waiting")).to_have_count(0, timeout=WAIT_MS)
    return found


# A page of Voilà's is light or dark from the start; this is the switch, and the ink of what is not ours.
VOILAS_INK: Final = """(light) => {
  document.body.dataset.jpThemeLight = light;
  for (const name of ["--jp-ui-font-color1", "--jp-content-font-color1"])
    light === "true" ? document.body.style.removeProperty(name) : document.body.style.setProperty(name, "#ececec");
}"""


def theme(host: Host, page: Page, dark: bool) -> None:
    """Light or dark, as the host does it."""
    if host.name == "voila":
        page.evaluate(VOILAS_INK, "false" if dark else "true")
    else:
        command(page, "apputils:change-theme", {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"})
    page.wait_for_function("(light) => document.body.dataset.jpThemeLight === light", arg="false" if dark else "true")


def until(page: Page, is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait for something outside the page: a file, a row. The page goes on meanwhile."""
    for _ in range(int(seconds / 0.05)):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{what} did not come within {seconds} s")
