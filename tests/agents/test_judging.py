"""Takes are judged by a model or a function; the best is circled when asked, and nothing else changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import glimmer as gl
from glimmer.agents.judging import JudgeAgent
from glimmer.errors import InputError, MissingPiece, ModelError, NotFound
from glimmer.models.interface import JudgeRequest, Made


class Critic:
    """A model that scores by take, in the order in which it is asked."""

    name = "test/critic"
    version = "1"
    reads_words = True

    def __init__(self, *answers: Any) -> None:
        self.answers = answers
        self.asked: list[JudgeRequest] = []

    def judge(self, request: JudgeRequest) -> Made:
        self.asked.append(request)
        answer = self.answers[(len(self.asked) - 1) % len(self.answers)]
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return Made(media=text.encode(), media_type="application/json", usd=0.01)


@pytest.fixture
def agent(lamp: gl.Project) -> JudgeAgent:
    lamp.agents.video.shoot(lamp.screenplays.latest, takes=3, width_px=320, height_px=180, only=[lamp.video["1A"].key])
    return JudgeAgent(
        buckets=[lamp.video, lamp.audio, lamp.music, lamp.characters],
        assets=lamp.assets,
        maker=lamp.agents.video.maker,
        references=lambda: lamp.agents.character.references(lamp.screenplays.latest),
    )


def sizes(path: Path) -> float:
    return min(10.0, path.stat().st_size / 1e6)


def test_a_function_judges_files_and_the_best_is_circled(lamp: gl.Project, agent: JudgeAgent) -> None:
    order = {take.asset: score for take, score in zip(lamp.video["1A"].takes, (3, 9, 5), strict=True)}
    scores = agent.choose("1A", by=lambda path: (order[path.stem.split(".")[0]], "by hand"))
    assert [(each.take, each.score) for each in scores.judged] == [(2, 9.0), (3, 5.0), (1, 3.0)]
    assert lamp.video["1A"].circled == 2 and scores.best.reason == "by hand"
    lamp.undo()
    assert lamp.video["1A"].circled == 0


def test_scores_change_nothing(lamp: gl.Project, agent: JudgeAgent) -> None:
    revision = lamp.store.revision()
    scores = agent.scores(lamp.video["1A"], by=sizes)
    assert len(scores.judged) == 3 and lamp.store.revision() == revision
    assert "take" in repr(scores) and "judged by sizes" in scores._repr_html_()


def test_a_model_judges_each_take_once_with_the_sheets_of_those_seen(lamp: gl.Project, agent: JudgeAgent) -> None:
    model = Critic({"score": "6/10", "reason": "fine"}, {"score": 8.5, "faults": ["a hand"]}, '```json\n{"score": 2}\n``` so.')
    scores = agent.choose("1A", by=model)
    assert sorted(each.score for each in scores.judged) == [2.0, 6.0, 8.5] and lamp.video["1A"].circled == scores.best.take
    assert {request.asset for request in model.asked} == {take.asset for take in lamp.video["1A"].takes}
    seen = lamp.screenplays.latest.shot_list[0].cast
    assert all([each.name for each in request.references] == list(seen) for request in model.asked) and seen
    assert agent.scores("1A", by=model) == scores and len(model.asked) == 3


@pytest.mark.parametrize("answer", ["no idea", {"score": 11}, {"score": "nan"}, {"reason": "good"}])
def test_a_judgement_that_is_none_circles_nothing(lamp: gl.Project, agent: JudgeAgent, answer: Any) -> None:
    with pytest.raises(ModelError, match="Nothing was circled"):
        agent.choose("1A", by=Critic(answer))
    assert lamp.video["1A"].circled == 0


@pytest.mark.parametrize("score", [11, -1, float("nan"), "good", True, None])
def test_a_function_must_give_a_score(lamp: gl.Project, agent: JudgeAgent, score: Any) -> None:
    with pytest.raises(InputError, match="from 0 to 10"):
        agent.choose("1A", by=lambda path: score)
    assert lamp.video["1A"].circled == 0


def test_what_cant_be_judged_is_said(agent: JudgeAgent) -> None:
    with pytest.raises(MissingPiece, match="no judge"):
        agent.scores("1A")
    with pytest.raises(NotFound, match="entry"):
        agent.scores("9Z", by=sizes)
    with pytest.raises(InputError, match="can't judge"):
        agent.scores("1A", by=7)  # type: ignore[arg-type]
