"""What a cell leaves behind that shows a face: the widget's view, and the card of the same thing for where no kernel runs."""

from __future__ import annotations

from typing import Any

import pytest

import glimmer as gl
from glimmer.widgets.chat import ChatFace
from glimmer.widgets.dashboard import DashboardFace
from glimmer.widgets.renders import RendersFace

VIEW = "application/vnd.jupyter.widget-view+json"


def shown(face: Any, **how: Any) -> dict[str, Any]:
    data, _ = face._repr_mimebundle_(**how)
    return dict(data)


@pytest.mark.parametrize("which", ["chat", "bucket", "timeline", "renders", "review", "studio"])
def test_a_face_leaves_the_card_of_what_it_shows(tmp_path: Any, browser: Any, which: str) -> None:
    studio = gl.Studio(tmp_path)
    film = gl.Project("The <b>Lamp</b>", studio=tmp_path)
    made, card = {
        "chat": lambda: (ChatFace(film.chat), film.chat),
        "bucket": lambda: (gl.Bucket(film, "video"), film.video),
        "timeline": lambda: (gl.Timeline(film), film),  # there is no cut yet
        "renders": lambda: (RendersFace(film), film.renders),
        "review": lambda: (gl.Review(film), film.renders),
        "studio": lambda: (DashboardFace(studio), studio),
    }[which]()
    browser(made)
    data = shown(made)
    assert VIEW in data and data["text/html"] == card._repr_html_()
    assert "<b>Lamp" not in data["text/html"]
    assert "text/html" not in shown(made, exclude={"text/html"})
