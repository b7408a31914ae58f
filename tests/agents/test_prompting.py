"""What a request says as a prompt's values, and whose words a model is given."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from glimmer.agents.colour_words import colour_word, skin_word
from glimmer.agents.prompting import PLANNED, PURPOSES, Prompt, brief_values, design_words, every_prompt, film_prompts, prompt_input
from glimmer.errors import InputError
from glimmer.models.interface import (
    AmbienceRequest,
    ClipRequest,
    ComposeRequest,
    Design,
    EffectsRequest,
    MusicSection,
    PaintRequest,
    Reference,
    SheetRequest,
    SpeechRequest,
    Staged,
    Voice,
    WriteRequest,
)
from glimmer.prompts import PromptTemplate, has_placeholders, own_prompt, shipped
from glimmer.vocabulary import Noun

MARA = Design(
    name="MARA",
    age="old",
    gender="woman",
    build="broad",
    hair="#a09c98",
    hair_style="bun",
    garment="raincoat",
    garment_colour="#dcae2c",
)
ELI = Design(name="ELI", age="child", gender="man", headwear="cap", accent_colour="#c0392f")
SHOT = {"place": "LAMP ROOM", "interior": True, "action": "Mara listens.", "cast": (Staged(design=MARA, line="Sing.", speaking=True), Staged(design=ELI)),
        "present": (ELI, MARA), "references": (Reference(role="character", name="MARA", asset="0" * 64),)}  # fmt: skip


class Reads:
    reads_words = True
    name = version = "1"


class Draws:
    name = version = "1"


class Shelf:
    """A person's prompts, by purpose."""

    def __init__(self, **said: str) -> None:
        self.said = {name.replace("__", "."): text for name, text in said.items()}

    def in_force(self, *purposes: str) -> tuple[tuple[str, str, PromptTemplate], ...]:
        return tuple(map(self._one, purposes))

    def _one(self, purpose: str) -> tuple[str, str, PromptTemplate]:
        text, ours = self.said.get(purpose, ""), shipped().find(purpose)
        if has_placeholders(text):
            return text, "", own_prompt(text, purpose, takes=ours.values)
        return text, text, ours


def requests() -> Iterator[tuple[str, Noun]]:
    yield "video.shot", ClipRequest(**SHOT)  # type: ignore[arg-type]
    yield "video.board", PaintRequest(**SHOT)  # type: ignore[arg-type]
    yield "video.shot", ClipRequest()
    yield "character.sheet", SheetRequest(design=MARA)
    yield "audio.line", SpeechRequest(text="Sing.", voice=Voice(name="old woman", description="deep, dry"), delivery="whisper")
    yield "audio.bed", AmbienceRequest(place="SHORE", seconds=20)
    yield "audio.effect", EffectsRequest(place="SHORE", action="A door slams.")
    yield "music.cue", ComposeRequest(sections=(MusicSection(seconds=12, mood="sad"), MusicSection(seconds=8.5, mood="hopeful")))
    yield "screenplay.draft", WriteRequest(title="The Lamp", logline="A keeper sings.", seconds=45)


@pytest.mark.parametrize(("purpose", "request_"), list(requests()))
def test_every_request_has_the_values_that_its_prompt_needs(purpose: str, request_: Noun) -> None:
    values, template = brief_values(request_), shipped().find(purpose)
    assert template.render(values)
    assert set(values) >= {each.name for each in template.values if each.is_needed}


def test_a_shot_is_told_in_a_film_makers_words() -> None:
    values = brief_values(ClipRequest(**SHOT, size="CU", angle="low", first_frame="0" * 64))  # type: ignore[arg-type]
    assert values["size_words"] == "close-up: the face fills the picture, from the collar up"
    assert values["left_to_right"] == ["ELI", "MARA"] and values["names"] == ["MARA", "ELI"]
    assert values["references"] == [{"number": 1, "role": "character", "name": "MARA"}]
    assert values["first_frame"] is True and values["last_frame"] is False and values["aspect"] == "16:9"
    assert [each["name"] for each in values["speakers"]] == ["MARA"]  # type: ignore[attr-defined]


def test_a_cue_is_told_by_the_clock() -> None:
    values = brief_values(ComposeRequest(sections=(MusicSection(seconds=62, mood="sad"), MusicSection(seconds=8, mood="epic"))))
    assert [(each["starts"], each["ends"]) for each in values["sections"]] == [("0:00", "1:02"), ("1:02", "1:10")]  # type: ignore[attr-defined]
    assert values["seconds"] == 70


def test_a_design_is_a_line_of_prose_with_its_colours_in_words() -> None:
    assert design_words(MARA) == (
        "an old woman of about seventy, broad-shouldered, olive skin, grey hair in a bun, wearing a yellow raincoat, dark slate trousers"
    )
    assert "a boy of about nine" in design_words(ELI) and design_words(ELI).endswith("a red cap on the head")
    assert (
        design_words(Design(name="W", kind="whale", garment_colour="#4a6a8a", accent_colour="#4a6a8a"))
        == "a whale, mostly slate blue"
    )
    assert (colour_word("#4a6a8a"), colour_word("#fdfdfd"), colour_word("nonsense"), skin_word("#4a2c1c")) == (
        "slate blue", "white", "nonsense", "very dark",
    )  # fmt: skip


# ── whose words ─────────────────────────────────────────────────────────────────────────────────────────────
def test_a_persons_words_join_ours_and_a_persons_template_takes_its_place() -> None:
    values = brief_values(ClipRequest(**SHOT))  # type: ignore[arg-type]
    joined = film_prompts(Shelf(video__shot="Ink wash."))("video.shot").words(Reads(), values)
    assert joined.endswith("Ink wash.") and "Mara listens." in joined
    replaced = film_prompts(Shelf(video__shot="{{ action }} As an ink wash."))("video.shot").words(Reads(), values)
    assert replaced == "Mara listens. As an ink wash."


def test_what_draws_from_values_is_given_a_persons_words_alone() -> None:
    values = brief_values(ClipRequest(**SHOT))  # type: ignore[arg-type]
    assert film_prompts(Shelf())("video.shot").words(Draws(), values) == ""
    assert film_prompts(Shelf(video__shot="Ink wash."))("video.shot").words(Draws(), values) == "Ink wash."


def test_the_words_for_shots_hold_for_their_stills_while_those_have_none() -> None:
    still = film_prompts(Shelf(video__shot="Ink wash."))("video.board")
    assert (still.text, still.said_for) == ("Ink wash.", "video.shot")
    assert prompt_input(still)[0].key == "video.shot"
    assert film_prompts(Shelf(video__shot="Ink wash.", video__board="Oil."))("video.board").text == "Oil."
    assert film_prompts(Shelf(video__shot="{{ action }}"))("video.board").text == ""


def test_a_changed_template_is_another_prompt() -> None:
    ours = shipped().find("video.shot")
    other = PromptTemplate(ours.text + "\nLouder.", "a file", purpose="video.shot")
    assert Prompt("video.shot", template=ours) == Prompt(
        "video.shot", template=PromptTemplate(ours.text, "x", purpose="video.shot")
    )
    assert Prompt("video.shot", template=ours) != Prompt("video.shot", template=other)
    assert Prompt("video.shot", "Ink.", ours) != Prompt("video.shot", "Oil.", ours)
    assert len({Prompt("video.shot", "Ink.", ours), Prompt("video.shot", "Ink.", ours)}) == 1


def test_a_take_is_told_its_template_its_values_and_a_persons_words() -> None:
    prompt, values = film_prompts(Shelf(video__shot="Ink wash."))("video.shot"), brief_values(ClipRequest(**SHOT))  # type: ignore[arg-type]
    template, said, own = prompt_input(prompt, Reads(), values)
    assert (template.role, template.name, template.hash) == (
        "template",
        shipped().find("video.shot").label,
        shipped().find("video.shot").sha256,
    )
    assert said.role == "values" and said.hash == prompt.inputs(Reads(), values)
    assert (own.role, own.bucket, own.key) == ("prompt", "prompts", "video.shot")
    assert [each.role for each in prompt_input(prompt, Draws(), values)] == ["prompt"]
    assert not prompt_input(Prompt("video.shot"))


def test_a_missing_value_is_named() -> None:
    with pytest.raises(InputError, match="needs size "):
        film_prompts(Shelf())("video.shot").words(Reads(), {"action": "x"})


def test_all_purposes_at_once_are_what_each_is_alone() -> None:
    prompts = film_prompts(Shelf(video__shot="Ink wash.", audio__line="{{ text }}"))
    assert every_prompt(prompts) == tuple(map(prompts, PURPOSES)) == every_prompt(lambda purpose: prompts(purpose))


def test_what_a_plan_follows_are_purposes() -> None:
    assert set(PLANNED) < set(PURPOSES) and len(PURPOSES) == len(set(PURPOSES)) == 16


def test_ten_thousand_shots_are_told_in_seconds() -> None:
    """100 µs a shot is the aim; held here to five times that, as the machine may be busy."""
    prompt, request = film_prompts(Shelf())("video.shot"), ClipRequest(**SHOT)  # type: ignore[arg-type]
    prompt.words(Reads(), brief_values(request))
    began = time.process_time()
    for _ in range(2_000):
        prompt.words(Reads(), brief_values(request))
    assert (time.process_time() - began) / 2_000 < 500e-6
