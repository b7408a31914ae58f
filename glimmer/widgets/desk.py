"""Desk: the faces on one page, as the dashboards show them: the shelf of films, and below it the chat, buckets, timeline and renders of the
film that is open. Opening another one changes all of them.

    studio_desk(gl.Studio())                      notebooks/dashboards/studio.ipynb
    review_desk(gl.Studio(), "The Lighthouse")    notebooks/dashboards/review.ipynb

In Voila `?film=The%20Lighthouse` in the address opens that film.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs

import ipywidgets  # type: ignore[import-untyped]  # anywidget brings it

from glimmer.errors import GlimmerError
from glimmer.project import Project
from glimmer.store.films import films
from glimmer.studio import Studio
from glimmer.widgets.bucket import BucketFace
from glimmer.widgets.chat import ChatFace
from glimmer.widgets.dashboard import DashboardFace
from glimmer.widgets.face import Face
from glimmer.widgets.renders import RendersFace, Review
from glimmer.widgets.timeline import TimelineFace

__all__ = ["asked_film", "review_desk", "studio_desk"]

_BUCKETS: Final = (
    ("Shots", "video"),
    ("Cast", "characters"),
    ("Voices", "audio"),
    ("Music", "music"),
    ("Script", "screenplays"),
    ("Prompts", "prompts"),
)
# ipywidgets has a trait for a grid's column and its browser half does not set it (8.1), and no trait knows of narrow pages.
_STYLE: Final = """<style>
.glimmer-desk, .glimmer-desk .glimmer-room { overflow: visible; }
.glimmer-desk .glimmer-room {
  --gl-desk-height: clamp(540px, 82vh, 860px);
  display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 2px 14px; align-items: start;
}
.glimmer-desk .glimmer-room > .glimmer-wide { grid-column: 1 / -1; }
.glimmer-desk .glimmer-room > .glimmer-chat { --gl-face-height: var(--gl-desk-height); }
.glimmer-desk .glimmer-room > .glimmer-buckets { --gl-face-height: calc(var(--gl-desk-height) - 40px); }
.glimmer-desk .jupyter-widget-tab > .widget-tab-contents { padding: 0; border: 0; overflow: visible; background: none; }
.glimmer-desk .jupyter-widget-tab, .glimmer-desk .jupyter-widget-tab .widget-box { overflow: visible; padding: 0; margin: 0; }
.glimmer-desk .glimmer-room .jupyter-widgets { margin-inline: 0; max-width: 100%; }
.glimmer-desk .jupyter-widget-tab > .widget-tab-contents > * { width: 100%; margin: 0; }
.glimmer-desk .jupyter-widget-tab > .lm-TabBar { height: 40px; min-height: 40px; overflow: auto hidden; padding: 2px 0 6px; border: 0; }
.glimmer-desk .jupyter-widget-tab > .lm-TabBar .lm-TabBar-content { gap: 2px; border: 0; align-items: stretch; height: 32px; }
.glimmer-desk .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab {
  flex: 0 0 auto; min-width: 0; height: 32px; max-height: none; padding: 0 13px; margin: 0; line-height: 32px; border: 0; border-radius: 8px;
  background: transparent; color: var(--jp-ui-font-color1, inherit); font-weight: 550; transform: none;
}
.glimmer-desk .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab::before { display: none; }
.glimmer-desk .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab:hover { background: rgba(128, 128, 128, 0.14); }
.glimmer-desk .jupyter-widget-tab > .lm-TabBar .lm-TabBar-tab.lm-mod-current {
  background: rgba(128, 128, 128, 0.2); box-shadow: inset 0 -3px #b07818; border-radius: 8px 8px 3px 3px;
}
@media (max-width: 900px) {
  .glimmer-desk .glimmer-room { --gl-desk-height: clamp(460px, 74vh, 720px); grid-template-columns: minmax(0, 1fr); }
}
/* A page of Voila's is all ours: its title is a line, and its ground lets the faces stand out. */
body[data-voila]:has(.glimmer-desk) { background: #f1f0ed; }
body[data-voila][data-jp-theme-light="false"]:has(.glimmer-desk) { background: #0b0c0e; }
body[data-voila]:has(.glimmer-desk) :is(#main, #rendered_cells) { background: none; }
body[data-voila]:has(.glimmer-desk) #rendered_cells { padding: 6px 12px 24px; }
body[data-voila]:has(.glimmer-desk) .jp-MarkdownOutput { padding: 0; }
body[data-voila]:has(.glimmer-desk) .jp-MarkdownOutput h1 { margin: 6px 0 8px; font-size: 15px; font-weight: 650; letter-spacing: -0.01em; }
</style>"""


def studio_desk(studio: Studio) -> Any:
    """The studio's page, a widget: its shelf, and the faces of the film that is opened from it."""
    desk = _Desk(studio)
    title = asked_film()
    if title:
        desk.try_to_open(title)
    return desk.page


def review_desk(studio: Studio, title: str = "") -> Any:
    """The review of one film, a widget: of `title`, else of what the page's address names, else of the rendered film that changed last, with
    the others to choose from."""
    title = title or asked_film()
    if title:
        return _review(studio, title)
    rendered = [film.title for film in films(studio.lot.database) if film.renders]
    if not rendered:
        return _words("No film of this studio is rendered yet. Make one in the studio's dashboard (glimmer studio), then load this page again.")
    if len(rendered) == 1:
        return _review(studio, rendered[0])
    which = ipywidgets.Dropdown(options=rendered, description="Film", layout={"width": "min(420px, 100%)"})
    page = ipywidgets.VBox([which, _review(studio, rendered[0])], layout={"width": "100%"})

    def turn(change: Any) -> None:
        before = page.children[1]
        page.children = (which, _review(studio, change["new"]))
        before.close()

    which.observe(turn, names="value")
    return page


def _review(studio: Studio, title: str) -> Any:
    try:
        return Review(studio.open(title))
    except GlimmerError as error:
        return _words(str(error))


def asked_film() -> str:
    """The film that the page's address names, "" for none: Voila tells a kernel its address in $QUERY_STRING."""
    return " ".join(parse_qs(os.environ.get("QUERY_STRING", "")).get("film", [""])[0].split())


class _Desk:
    """Which faces are on the page. Changed by one thread at a time."""

    def __init__(self, studio: Studio) -> None:
        self._lock = threading.RLock()
        self._faces: list[Face] = []
        self.shelf = DashboardFace(studio)
        self._style = ipywidgets.HTML(_STYLE, layout={"display": "none"})
        self.page = ipywidgets.VBox([self.shelf, self._style], layout={"width": "100%"})
        self.page.add_class("glimmer-desk")
        self.page.glimmer_desk = self  # who holds the page holds this
        self.shelf.on_open(self.show)

    def try_to_open(self, title: str) -> None:
        """Open a film, or say on the page why it can't be."""
        try:
            self.shelf.open_film(title)
        except GlimmerError as error:
            self.page.children = (self.shelf, self._style, _words(str(error)))

    def show(self, film: Project | None) -> None:
        """Put the faces of `film` under the shelf; None: the shelf alone."""
        with self._lock:
            before, self._faces = self._faces, []
            self.page.children = (self.shelf, self._style) if film is None else (self.shelf, self._style, self._room(film))
            for face in before:
                face.close()

    def _room(self, film: Project) -> Any:
        chat = self._kept(ChatFace(film.chat))
        timeline = self._kept(TimelineFace(film))
        renders = self._kept(RendersFace(film))
        room = ipywidgets.Box(
            [_cell(chat, "chat"), _cell(self._buckets(film), "buckets"), _cell(timeline, "wide"), _cell(renders, "wide")],
            layout={"width": "100%"},
        )
        room.add_class("glimmer-room")
        return room

    def _buckets(self, film: Project) -> Any:
        """The buckets, one behind the other; each is made when it is first looked at."""
        pages = [ipywidgets.VBox([], layout={"width": "100%"}) for _ in _BUCKETS]
        tabs = ipywidgets.Tab(pages, titles=[name for name, _ in _BUCKETS], selected_index=0, layout={"width": "100%"})

        def fill(at: int | None) -> None:
            with self._lock:
                if at is not None and not pages[at].children:
                    pages[at].children = (self._kept(BucketFace(film, _BUCKETS[at][1])),)

        fill(0)
        tabs.observe(_told_new(fill), names="selected_index")
        return tabs

    def _kept(self, face: Face) -> Face:
        self._faces.append(face)
        return face


def _told_new(work: Callable[[int | None], None]) -> Callable[[Any], None]:
    return lambda change: work(change["new"])


def _cell(inside: Any, place: str) -> Any:
    cell = ipywidgets.Box([inside], layout={"width": "100%", "min_width": "0", "display": "block", "overflow": "visible"})
    cell.add_class(f"glimmer-{place}")
    return cell


def _words(text: str) -> Any:
    return ipywidgets.HTML(f"<p style='padding:10px 14px'>{escape(text)}</p>")
