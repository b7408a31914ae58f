"""What is read from a script, in any encoding and any language, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from glimmer.errors import ScreenplayError
from glimmer.screenplay import Screenplay, read, read_file, write

PLAIN = "INT. KITCHEN - DAY\n\nAnna sits.\n\nANNA\nHello there.\n"


def speech(script: Screenplay) -> list[tuple[str, str]]:
    return [(line.character, line.text) for line in script.lines]


# ── bytes and files ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_same_script_is_read_in_every_encoding(encoding: str) -> None:
    text = "Title: Café\n\nINT. CAFÉ - NUIT\n\nÉLODIE\nDéjà vu.\n" + "Elle sort.\n" * 5
    assert read(text.encode(encoding)).scenes == read(text).scenes
    assert read(text.encode(encoding)).title == "Café"


def test_a_guessed_encoding_is_said() -> None:
    assert "Windows-1252" in read("ÉLODIE\nDéjà.\n".encode("cp1252")).notices[0]
    assert "UTF-16" in read(PLAIN.encode("utf-16-le")).notices[0]
    assert read(PLAIN).notices == ()


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_any_newline_will_do(newline: str) -> None:
    assert read(PLAIN.replace("\n", newline)).scenes == read(PLAIN).scenes


@pytest.mark.parametrize(
    "content",
    [b"", "", "  \n\t \n", b"\xef\xbb\xbf", b"abc\x00def", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a\x00b", b"\xff\xfea"],
)
def test_empty_and_binary_content_is_refused(content: str | bytes) -> None:
    with pytest.raises(ScreenplayError) as error:
        read(content, source="upload.bin")
    assert error.value.source == "upload.bin"


def test_a_missing_file_and_a_folder_are_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "near.fountain").write_text(PLAIN)
    with pytest.raises(ScreenplayError, match=r"near\.fountain"):
        read_file(tmp_path / "far.fountain")
    with pytest.raises(ScreenplayError, match="folder"):
        read_file(tmp_path)


def test_a_file_without_a_title_is_called_after_its_name(tmp_path: Path) -> None:
    file = tmp_path / "the_long-goodbye.fountain"
    file.write_text(PLAIN)
    assert read_file(file).title == "The Long Goodbye"


# ── hostile and huge ────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    [
        "[[" * 8000,
        "/*" * 8000,
        "/*\n" * 8000,
        "[[\n" * 8000,
        "x" * 5_000_000,
        ("She walks.\n\n" * 100_000),
        "INT. A - DAY\n\n" + "*_" * 9000,
        "INT. A - DAY\n\n" + "(" * 19_000 + "\n" + "BOB (" * 3000,
        "INT. A - DAY\n\n" + "ABC, " * 3900 + "x is a boy",
        "INT. A" + " - x" * 4900,
    ],
    ids=[
        "open notes",
        "open boneyards",
        "boneyard lines",
        "note lines",
        "5 MB line",
        "200k lines",
        "marks",
        "parens",
        "capitals",
        "dashes",
    ],
)
def test_hostile_text_is_a_film_or_one_clear_error_within_seconds(text: str) -> None:
    start = time.process_time()
    try:
        assert read(text).shot_list
    except ScreenplayError as error:
        assert error.line_number > 0
    assert time.process_time() - start < 8


def test_limits_are_named_in_the_error() -> None:
    with pytest.raises(ScreenplayError, match="MAX_SCRIPT_LINE_CHARS") as error:
        read("INT. A - DAY\n\n" + "x" * 20_001)
    assert error.value.line_number == 3
    with pytest.raises(ScreenplayError, match="MAX_SCENES"):
        read("INT. A - DAY\n\nx\n\n" * 2_001)


@pytest.mark.parametrize("opener", ["/*", "[["])
def test_brackets_that_never_close_are_the_reason_given(opener: str) -> None:
    with pytest.raises(ScreenplayError, match="never closes") as error:
        read("INT. A - DAY\n\n" + opener * 20_000 + "\n")
    assert error.value.line_number == 3


@pytest.mark.parametrize("sentence", ["This is a sentence of mine. ", "no end of words, ", "word ", "x", "今日は寒いです。"])
def test_a_very_long_speech_is_read_as_several_lines(sentence: str) -> None:
    words = (sentence * 12_000)[:12_000].strip()
    script = read(f"INT. A - DAY\n\nBOB\n(softly)\n{words}\n\nANNA ^\nYes.\n")
    *spoken, last = script.lines
    assert len(spoken) == 3 and all(line.character == "BOB" and line.parenthetical == "softly" for line in spoken)
    assert "".join("".join(line.text for line in spoken).split()) == "".join(words.split())
    assert [line.text.endswith(sentence.strip()) for line in spoken[:2]] == [True, True]
    assert [line.dual for line in script.lines] == ["", "", "left", "right"] and last.text == "Yes."
    assert [line.id for line in read(write(script)).lines] == [line.id for line in script.lines]
    assert sorted(line_id for shot in script.shot_list for line_id in shot.line_ids) == sorted(line.id for line in script.lines)


def test_a_long_film_is_read_in_seconds() -> None:
    pair = "{a} walks past the window and looks at {b}, who is reading a letter.\n\n{A}\nI never said that, {i}.\n\n{B}\n(quietly)\nYou did. Twice.\n\n"
    names = [("Anna", "Boris"), ("Clara", "David"), ("Emma", "Felix")]
    text = ""
    for i in range(120):
        a, b = names[i % 3]
        text += f"INT. ROOM {i % 17} - DAY\n\n" + pair.format(a=a, b=b, A=a.upper(), B=b.upper(), i=i) * 3
    start = time.process_time()
    script = read(text)
    assert len(script.scenes) == 120
    assert time.process_time() - start < 5  # measured 0.4 s alone


# ── cues and deliveries ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "cue",
    ["ÉLODIE", "ÁRPÁD", "ĐORĐE", "李雷", "КИРИЛЛ", "يوسف", "はな", "मीरा", "MR. SMITH", "R2-D2", "McCOY", "O'BRIEN", "GUARD #2"],
)
def test_a_cue_is_a_cue_in_any_script(cue: str) -> None:
    assert speech(read(f"INT. A - DAY\n\n{cue}\nWords.\n")) == [(cue.upper(), "Words.")]


@pytest.mark.parametrize(
    "line", ["BANG!", "NO. NEVER.", "CLOSE ON A KEY", "LATER", "Anna", "Кирилл", "1984", "今日はとても寒いです。", "CUT TO:"]
)
def test_what_only_looks_like_a_cue_is_not_spoken(line: str) -> None:
    assert read(f"INT. A - DAY\n\n{line}\nIt happens.\n").lines == ()


def test_a_forced_cue_may_be_written_small() -> None:
    assert speech(read("@anna\nHello.\n")) == [("ANNA", "Hello.")]


@pytest.mark.parametrize(
    ("cue", "paren", "delivery"),
    [
        ("ANNA (V.O.)", "", "voice_over"),
        ("ANNA (O.S.)", "", "off_screen"),
        ("ANNA (CONT'D)", "", "plain"),
        ("ANNA (filtered)", "", "radio"),
        ("ANNA (radio)", "", "radio"),
        ("ANNA (on phone)", "", "radio"),
        ("ANNA (V.O.) (CONT'D)", "", "voice_over"),
        ("ANNA", "whispering", "whisper"),
        ("ANNA", "shouting over the wind", "shout"),
        ("ANNA", "singing", "sung"),
        ("ANNA", "over radio", "radio"),
        ("ANNA", "into the radio", "plain"),
        ("ANNA", "smiling", "plain"),
    ],
)
def test_extension_and_parenthetical_tell_the_delivery(cue: str, paren: str, delivery: str) -> None:
    (line,) = read(f"{cue}\n({paren})\nHello.\n" if paren else f"{cue}\nHello.\n").lines
    assert (line.character, line.delivery, line.parenthetical) == ("ANNA", delivery, paren)


def test_a_lyric_under_a_cue_is_sung() -> None:
    (line,) = read("ANNA\n~Row, row, row your boat\n").lines
    assert (line.text, line.delivery) == ("Row, row, row your boat", "sung")


def test_dual_dialogue_stands_left_and_right() -> None:
    left, right = read("ANNA\nStay.\n\nBOB ^\nGo.\n").lines
    assert (left.dual, right.dual) == ("left", "right")


# ── elements ────────────────────────────────────────────────────────────────────────────────────────────────
def test_every_element_of_fountain_is_told_apart() -> None:
    text = (
        "FADE IN:\n\nINT. HALL - DAY #12A#\n\nShe *runs* **home** _now_, \\*really\\*.\n\n# Act One\n\n= They meet.\n\n> THE END <\n\n~la la\n\n"
        "===\n\n!BANG\n\n/* cut\n\nthis */\n\n.THE VOID\n\nNothing [[fix\nme]] here.\n\n> Whip pan:\n\nDISSOLVE TO:\n"
    )
    script = read(text)
    hall, void = script.scenes
    assert [(element.kind, element.text) for element in hall.elements] == [
        ("action", "She runs home now, *really*."),
        ("centered", "THE END"),
        ("lyric", "la la"),
        ("page_break", ""),
        ("action", "BANG"),
    ]
    assert [(note.kind, note.text) for note in hall.notes] == [
        ("section", "Act One"),
        ("synopsis", "They meet."),
        ("boneyard", "cut\nthis"),
    ]
    assert [(element.kind, element.text) for element in void.elements] == [
        ("action", "Nothing\nhere."),
        ("transition", "Whip pan:"),
        ("transition", "DISSOLVE TO:"),
    ]
    assert (hall.number, hall.transition_in, void.transition_out, void.heading.raw) == (
        "12A",
        "FADE IN:",
        "DISSOLVE TO:",
        "THE VOID",
    )
    assert void.notes[0].text == "fix\nme"


def test_centred_text_keeps_its_place_in_the_scene() -> None:
    script = read("INT. A - DAY\n\nAnna sits.\n\n> THREE YEARS LATER <\n\nANNA\nStill here.\n")
    kinds = [(element.kind, element.text) for element in script.scenes[0].elements]
    assert kinds == [("action", "Anna sits."), ("centered", "THREE YEARS LATER"), ("line", "")]
    assert read(write(script)).scenes[0].elements[1].text == "THREE YEARS LATER"


def test_notes_are_never_spoken_or_shown() -> None:
    script = read(
        "INT. A - DAY\n\nShe waits [[SECRET]] here. /* SECRET */\n\nBOB\nHello [[SECRET]] you.\n[[SECRET]]\nBye.\n\n= SECRET\n\n# SECRET\n"
    )
    assert "SECRET" not in "".join(shot.action for shot in script.shot_list) + "".join(line.text for line in script.lines)
    assert script.lines[0].text == "Hello you. Bye."


def test_line_numbers_are_those_of_the_source() -> None:
    script = read("Title: X\n\n/* a\nb */\n\nINT. A - DAY\n\nShe waits.\n\nBOB\nHi.\n")
    (scene,) = script.scenes
    assert (scene.source_line, scene.elements[0].source_line, scene.lines[0].source_line) == (6, 8, 10)


def test_a_title_page_keeps_repeated_and_multi_line_values() -> None:
    script = read("Title:\n    The Long\n    _Night_\nAuthor: A. One\nAuthor: B. Two\nContact:\n\ta@b.c\n\nINT. A - DAY\n\nx\n")
    assert script.title == "The Long Night"
    assert script.title_page == (("Title", "The Long\nNight"), ("Author", "A. One"), ("Author", "B. Two"), ("Contact", "a@b.c"))


def test_a_script_without_headings_is_one_scene_and_without_dialogue_a_film() -> None:
    script = read("A kite climbs over the hills.")
    assert [scene.heading.raw for scene in script.scenes] == [""]
    assert len(script.shot_list) == 1
    assert script.title == "Untitled"


def test_a_cue_with_only_a_gesture_is_action() -> None:
    script = read("INT. A - DAY\n\nBOB\n(nods)\n\nANNA\nYes.\n")
    assert script.scenes[0].elements[0].text == "BOB (nods)"


def test_headings_are_taken_apart() -> None:
    script = read(
        "INT. HOUSE - ATTIC - LATER THAT NIGHT\n\nx\n\nEXT. ROOF - CONTINUOUS\n\nx\n\nI/E. CAR, DUSK\n\nx\n\n"
        "EXT. SEA - PRE-DAWN\n\nx\n\nINT. CAFÉ - JOUR\n\nx\n\nest ce que tu viens ?\n\nEXT. 海辺 - 夜\n\nx"
    )
    found = [(scene.heading.interior, scene.heading.place, scene.heading.time_of_day) for scene in script.scenes]
    assert found == [
        (True, "HOUSE - ATTIC", "night"),
        (False, "ROOF", "night"),
        (True, "CAR", "dusk"),
        (False, "SEA", "dawn"),
        (True, "CAFÉ", "day"),
        (False, "海辺", "night"),
    ]


def test_two_scenes_never_share_a_number() -> None:
    script = read("INT. A - DAY #2#\n\nx\n\nINT. B - DAY\n\nx\n\nINT. C - DAY #2#\n\nx\n")
    assert [scene.number for scene in script.scenes] == ["2", "2-2", "2-3"]
    assert len({shot.slate for shot in script.shot_list}) == len(script.shot_list)


# ── a second reader ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["lighthouse", "harbour", "kitchen_comedy"])
def test_fountain_py_reads_the_samples_as_we_do(name: str) -> None:
    fountain = pytest.importorskip("fountain")
    text = (Path(__file__).parents[2] / "examples" / f"{name}.fountain").read_text()
    theirs = [element.type.value for element in fountain.FountainParser().parse(text).elements]
    script = read(text)
    assert theirs.count("scene_heading") == len(script.scenes)
    assert theirs.count("character") + 2 * theirs.count("dual_dialogue") == len(script.lines)
    assert theirs.count("action") == sum(
        element.kind == "action" for scene in script.scenes for element in scene.elements
    ) + text.count("CUT TO BLACK.")
