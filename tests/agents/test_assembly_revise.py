"""A cut is revised by instruction through its own verbs: all of the edits or none, and nothing that a model answers is run."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import pytest

import glimmer as gl
from glimmer.errors import InputError, MissingPiece, ModelError
from glimmer.models.interface import Made, TextRequest


class Editor:
    """A model that answers as it is told to, and counts what it was asked."""

    name = "test/editor"
    version = "1"
    reads_words = True

    def __init__(self, answer: Callable[[TextRequest], str]) -> None:
        self.asked: list[TextRequest] = []
        self.says = answer
        self._guard = threading.Lock()

    def answer(self, request: TextRequest) -> Made:
        with self._guard:
            self.asked.append(request)
        return Made(media=self.says(request).encode(), media_type="application/json", usd=0.01)


def hired(film: gl.Project, *told: object) -> Editor:
    answers = iter(told)
    model = Editor(lambda request: str(each) if isinstance(each := next(answers), str) else json.dumps(each))
    film.agents.assembly.text = model
    film.agents.assembly.maker = film.agents.video.maker
    return model


def edits(*each: tuple[str, dict[str, object]]) -> dict[str, object]:
    return {"edits": [{"verb": verb, "arguments": json.dumps(arguments)} for verb, arguments in each], "reason": "tighter"}


def test_edits_are_done_through_the_verbs_and_kept_as_a_new_version(lamp: gl.Project) -> None:
    old = lamp.cut
    first, second = _pictures(old)
    model = hired(lamp, edits(("trim", {"clip": first, "head": 6}), ("dissolve", {"left": first, "right": second, "frames": 8})))
    new = lamp.agents.assembly.revise(old, "Begin later, and let it melt into the next.")
    assert new == old.trim(first, head=6).dissolve(first, second, frames=8).model_copy(update={"version": new.version})
    assert new.version == old.version + 1 == lamp.cut.version and len(new.changes(old).rows) >= 2
    assert first in model.asked[0].words and "trim(clip: name" in model.asked[0].words


def _pictures(cut: gl.Assembly) -> tuple[str, str]:
    names = [clip.name for clip in cut.track("V1").clips if clip.kind == "still"]
    return names[0], names[1]


def test_the_same_instruction_again_costs_nothing(lamp: gl.Project) -> None:
    old, first = lamp.cut, _pictures(lamp.cut)[0]
    model = hired(lamp, edits(("trim", {"clip": first, "head": 6})))
    once = lamp.agents.assembly.revise(old, "Begin later.")
    again = lamp.agents.assembly.revise(old, "Begin later.")
    assert len(model.asked) == 1 and once.tracks == again.tracks


def test_other_spellings_of_an_edit_are_understood(lamp: gl.Project) -> None:
    old, (first, second) = lamp.cut, _pictures(lamp.cut)
    loose = [
        {"verb": "cut.trim", "arguments": {"name": first, "head": "6 frames", "ripple": "true", "tail": None}},
        {"verb": "Fade In", "args": json.dumps({"clip": first, "frames": 12.0, "colour": "white"})},
        {"verb": "dissolve", "arguments": f'```json\n{{"first": "{first}", "second": "{second}", "frames": "8"}}\n```'},
    ]
    hired(lamp, "Here you go:\n```json\n" + json.dumps({"edits": loose}) + "\n```\nDone {ok}.")
    new = lamp.agents.assembly.revise(old, "Begin later, from white.")
    wanted = old.trim(first, head=6).fade_in(first, frames=12, colour="white").dissolve(first, second, frames=8)
    assert new.tracks == wanted.tracks


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"verb": "__class__", "arguments": "{}"}, "no verb"),
        ({"verb": "model_copy", "arguments": '{"update": {}}'}, "no verb"),
        ({"verb": "to_moviepy", "arguments": "{}"}, "no verb"),
        ({"verb": "trim", "arguments": '{"clip": "9Z", "head": 6}'}, 'no clip "9Z"'),
        ({"verb": "trim", "arguments": '{"head": 6}'}, "needs clip"),
        ({"verb": "trim", "arguments": '{"clip": "1A", "path": "/etc/passwd"}'}, "no argument 'path'"),
        ({"verb": "trim", "arguments": "clip=1A"}, "JSON"),
        ({"verb": "trim", "arguments": '{"clip": {"a": 1}}'}, "plain value"),
        ({"verb": "overwrite", "arguments": '{"take": "nothing", "at": 0}'}, 'no take "nothing"'),
    ],
)
def test_an_edit_that_cant_be_done_is_told_once_and_then_refused_whole(lamp: gl.Project, edit: dict[str, str], said: str) -> None:
    first = _pictures(lamp.cut)[0]
    good = {"verb": "trim", "arguments": json.dumps({"clip": first, "head": 6})}
    model = hired(lamp, {"edits": [good, edit]}, {"edits": [good, edit]})
    old = lamp.cut
    with pytest.raises(ModelError, match="the revision, twice: edit 2"):
        lamp.agents.assembly.revise(old, "Begin later.")
    assert said in model.asked[1].words and lamp.cut == old and len(model.asked) == 2


def test_a_mended_revision_is_done(lamp: gl.Project) -> None:
    old, first = lamp.cut, _pictures(lamp.cut)[0]
    hired(lamp, edits(("trim", {"clip": first, "head": 99_999})), edits(("trim", {"clip": first, "head": 6})))
    assert lamp.agents.assembly.revise(old, "Begin later.").tracks == old.trim(first, head=6).tracks


def test_a_model_that_says_it_cant_be_done_is_believed(lamp: gl.Project) -> None:
    model, old = hired(lamp, {"edits": [], "reason": "Nobody smiles in any take."}), lamp.cut
    with pytest.raises(ModelError, match="Nobody smiles") as error:
        lamp.agents.assembly.revise(old, "Let her smile.")
    assert error.value.kind == "refused" and len(model.asked) == 1 and lamp.cut == old


def test_a_take_is_laid_in_by_its_name(lamp: gl.Project) -> None:
    old, first = lamp.cut, _pictures(lamp.cut)[0]
    hired(lamp, edits(("overwrite", {"take": first, "track": "V2", "at": 24, "frames": 12})))
    new = lamp.agents.assembly.revise(old, "Show her again.")
    assert [clip.frames for clip in new.track("V2").clips] == [12]


def test_rehearsal_says_what_is_missing(lamp: gl.Project) -> None:
    with pytest.raises(MissingPiece, match="GEMINI_API_KEY"):
        lamp.agents.assembly.revise(lamp.cut, "Begin later.")
    hired(lamp, "")
    with pytest.raises(InputError, match="instruction"):
        lamp.agents.assembly.revise(lamp.cut, " ")
    with pytest.raises(InputError, match="a str can't be revised"):
        lamp.agents.assembly.revise("the cut", "Begin later.")  # type: ignore[arg-type]
