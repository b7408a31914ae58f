"""The rehearsal writer, judged by what a screenplay must be: readable Fountain, about so long, about that logline."""

from __future__ import annotations

import re

import pytest

from glimmer.errors import SettingsError
from glimmer.models.interface import Made, WriteRequest, WriterModel
from glimmer.models.rehearsal.writer import RehearsalWriter
from glimmer.screenplay import read

WRITER = RehearsalWriter()
WHALE = "A lighthouse keeper teaches a lost whale to sing."
LOGLINES = (
    WHALE,
    "Two astronauts find a door on the moon.",
    "A detective who can't sleep hunts a thief who steals dreams.",
    "When her grandmother forgets her name, a young baker must recreate the bread of her childhood.",
    "A boy and his robot cross the desert to find the last tree.",
    "A retired assassin is forced to fight one last time to save his daughter.",
    "Mara, an old sailor, wants to go home before the storm.",
    "A jazz pianist falls in love with a deaf dancer in Paris.",
    "Three sisters inherit a haunted hotel.",
    "Why do clocks stop?",
    "Robot",
)
HOSTILE = (
    "",
    "?",
    "灯台守が迷子のクジラに歌を教える。",
    "/* [[hack]] */ INT. HOUSE - DAY\n\n> CUT TO:\n\nA *cat* steals a _fish_!",
    "/*" * 500 + "[[" * 400,
    "# Act One\n= synopsis\n@BOB\n.FORCED\n!action ~lyric~",
    "a" * 2_000,
    "A dog " * 300,
    "{goal} {hero|other} \\1 %s $x",
    "É. ÉLODIE rêve d'un océan.",
    "\x00\u202e\ufeff",
    "BUY NOW!!! THE KING MUST DIE.",
)


def written(logline: str, seconds: float = 60.0, tone: str = "", seed: int = 0) -> Made:
    return WRITER.write(WriteRequest(title="The Test", logline=logline, tone=tone, seconds=seconds, seed=seed))


def body(made: Made) -> str:
    return made.media.decode().split("\n\n", 1)[1]


def blocks(made: Made) -> list[list[str]]:
    return [block.split("\n") for block in body(made).strip().split("\n\n")]


def seconds_of(made: Made) -> float:
    """As long as a film of it is planned to be, before any voice is measured."""
    return sum(shot.seconds for shot in read(made.media.decode()).shot_list)


def cues(made: Made) -> set[str]:
    return {lines[0].removeprefix("@").removesuffix(" (V.O.)") for lines in blocks(made) if len(lines) > 1}


@pytest.mark.parametrize("seconds", [5, 8, 12, 20, 30, 60, 120, 300, 600])
def test_a_draft_is_about_as_long_as_asked(seconds: float) -> None:
    allowed = 0.55 if seconds < 15 else 0.16  # a shot is to be read, and there are few: at 8 s up to half of it more
    for logline in LOGLINES:
        assert seconds_of(written(logline, seconds)) == pytest.approx(seconds, rel=allowed), logline


def test_a_draft_longer_than_the_templates_says_so() -> None:
    made = written(WHALE, 3_600)
    assert seconds_of(made) > 400
    assert any("60 minutes" in notice for notice in made.notices)


def test_a_draft_shorter_than_asked_says_so_in_seconds() -> None:
    told = [notice for seconds in range(5, 31) for each in LOGLINES for notice in written(each, seconds).notices if "plays for" in notice]
    assert told and all(re.search(r"about (\d+) seconds, not (?!\1 )\d+ seconds: no other", notice) for notice in told), told


def test_a_film_too_short_for_a_picture_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least 5"):
        written(WHALE, 2)


def test_the_draft_is_about_the_logline() -> None:
    made = written(WHALE)
    assert cues(made) == {"KEEPER", "WHALE"}
    assert "teach you to sing" in body(made)
    assert re.search(r"HARBOUR|LIGHTHOUSE|BEACH|BOAT", body(made))
    assert cues(written("Mara, an old sailor, wants to go home.")) >= {"MARA"}
    assert cues(written("A boy and his robot cross the desert to find the last tree.")) == {"BOY", "ROBOT"}


def test_a_swimmer_is_never_indoors() -> None:
    for seed in range(5):
        assert "INT." not in body(written(WHALE, 120, seed=seed))


@pytest.mark.parametrize("logline", LOGLINES + HOSTILE)
def test_any_logline_gives_clean_fountain(logline: str) -> None:
    made = written(logline, 90)
    text = body(made)
    assert not re.search(r"[{}\[\]|*_]|/\*", text)
    assert not re.search(r"\b[Aa] [aei]\w|\b[Aa]n [bcdfgjklmnpqrstvwz]\w|  |\.\.(?!\.)|\bthe (a|an|the)\b", text)
    assert len(re.findall(r"^(?:INT|EXT)\. [A-Z' \-]+ - [A-Z]+$", text, re.MULTILINE)) >= 2
    assert text.rstrip().endswith("> FADE OUT.")
    assert 1 <= len(cues(made)) <= 2
    for lines in blocks(made):
        if len(lines) == 1 and not re.match(r"(INT|EXT)\.|>", lines[0]):
            assert lines[0][0].isalpha()
            assert lines[0][-1] in ".!?"


@pytest.mark.parametrize("logline", LOGLINES)
def test_everyone_is_introduced_once_before_they_speak(logline: str) -> None:
    text = body(written(logline, 120))
    for cue in cues(written(logline, 120)):
        assert len(re.findall(rf"^{cue} \(|\band {cue} \(", text.replace(f"{cue} (V.O.)", ""), re.MULTILINE)) == 1
        assert text.index(f"{cue} (") <= text.index(f"\n{cue}\n")


def test_the_title_page_says_that_it_is_a_template() -> None:
    made = written(WHALE, tone="tender")
    head = made.media.decode().split("\n\n", 1)[0]
    assert head.startswith("Title: The Test\nCredit: a rehearsal draft, written from templates\nNotes:")
    assert "template" in made.notices[0]
    assert any("English only" in notice for notice in written("灯台守").notices)


def test_the_same_request_is_the_same_text_and_another_logline_another_film() -> None:
    assert written(WHALE) == written(WHALE)
    assert written(WHALE).media != written(WHALE, seed=1).media
    lines = {logline: {line for block in blocks(written(logline)) for line in block} for logline in LOGLINES}
    for one in LOGLINES:
        for other in LOGLINES:
            if one < other:
                assert len(lines[one] & lines[other]) < 0.5 * len(lines[one]), (one, other)


def test_tone_sets_the_hour() -> None:
    assert "- NIGHT" in body(written("A man waits for a train.", tone="dark thriller")).split("\n")[0]
    assert "- NIGHT" not in body(written("A man waits for a train.", tone="funny"))


def test_a_title_cannot_break_the_title_page() -> None:
    made = WRITER.write(WriteRequest(title="A\n\nINT. B - DAY\nCredit: me [[x]]", logline=WHALE))
    assert (
        made.media.decode().count("\n\n") == written(WHALE).media.decode().count("\n\n")
        or "INT. B - DAY\n" not in made.media.decode()
    )
    assert made.media.decode().split("\n")[0].startswith("Title: A")
    assert isinstance(WRITER, WriterModel)
