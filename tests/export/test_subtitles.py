"""Subtitles keep every word and every time, to the frame, in all three formats."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glimmer.assembly.nouns import Caption, CaptionWord
from glimmer.display import columns_wide
from glimmer.errors import NotFound, StoreError
from glimmer.export import SUBTITLE_FORMATS, write_subtitles
from glimmer.export.subtitles import pages_of
from glimmer.timecode import RATES, frames_from_seconds

SPEECH = "Come on, then, you great lost lamp of a beast, sing it back to me the way I taught you, and if the storm hears us, let it hear."
rates = st.sampled_from(sorted(RATES.values()))


def caption(text: str, start: int = 24, frames_a_word: int = 8, **more: object) -> Caption:
    words, at = [], start + 2
    for word in text.split():
        words.append(CaptionWord(word=word, start=at, end=at + frames_a_word - 1))
        at += frames_a_word
    return Caption.model_validate(
        {"line_id": "l", "speaker": "MAYA", "text": text, "start": start, "end": at + 6, "words": words, **more}
    )


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def srt_blocks(text: str) -> list[tuple[float, float, list[str]]]:
    blocks = []
    for block in text.strip().split("\n\n"):
        _, times, *lines = block.split("\n")
        start, end = times.split(" --> ")
        blocks.append((seconds(start), seconds(end), lines))
    return blocks


@given(
    st.lists(st.sampled_from(["sea", "lamp", "灯台守", "don't", "extraordinarily", "a", "whale.", "no,"]), min_size=1, max_size=60),
    rates,
)
@settings(max_examples=60)
def test_pages_hold_every_word_in_time_and_can_be_read(words: list[str], rate: Fraction) -> None:
    spoken = caption(" ".join(words))
    pages = pages_of(spoken)
    assert " ".join(line for page in pages for line in page.lines).split() == words
    assert (pages[0].start, pages[-1].end) == (spoken.start, spoken.end)
    assert all(before.end == after.start for before, after in zip(pages, pages[1:], strict=False))
    assert all(len(page.lines) <= 2 and all(columns_wide(line) <= 42 for line in page.lines) for page in pages)
    assert all(page.start <= word.start <= page.end for page in pages for row in page.rows for word in row[1:])


def test_a_page_is_turned_at_a_comma_and_leaves_no_lonely_word() -> None:
    first, second = pages_of(caption(SPEECH))[:2]
    assert first.lines[-1].endswith(",")
    assert min(columns_wide(" ".join(page.lines)) for page in (first, second)) > 20


def test_a_page_is_turned_when_its_first_word_is_heard() -> None:
    spoken = caption(SPEECH)
    heard = {word.start for word in spoken.words}
    assert all(page.start in heard for page in pages_of(spoken)[1:])


def test_words_without_spaces_are_paged_by_what_they_take_on_screen() -> None:
    text = "左に立つ灯台守は、迷子の鯨に歌を教える。" * 6
    pages = pages_of(Caption(line_id="l", text=text, start=0, end=600))
    assert "".join("".join(page.lines) for page in pages) == text
    assert all(columns_wide(line) <= 42 and not line.startswith(("、", "。")) for page in pages for line in page.lines)


def test_word_times_that_run_backwards_or_out_do_no_harm() -> None:
    words = [
        CaptionWord(word="one", start=90, end=95),
        CaptionWord(word="two", start=10, end=5),
        CaptionWord(word="ghost", start=50, end=60),
    ]
    spoken = Caption(line_id="l", text="one two", start=24, end=48, words=tuple(words))
    assert [page.lines for page in pages_of(spoken)] == [("one two",)]


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_srt_times_are_the_frames_own(rate: Fraction, tmp_path: Path) -> None:
    spoken = [caption("Hello there.", start) for start in (0, 1001, 86_399)]
    blocks = srt_blocks(write_subtitles(spoken, rate, tmp_path / "film.srt").read_text(encoding="utf-8"))
    assert [frames_from_seconds(start, rate) for start, _, _ in blocks] == [one.start for one in spoken]
    assert [frames_from_seconds(end, rate) for _, end, _ in blocks] == [one.end for one in spoken]


@pytest.mark.parametrize("kind", SUBTITLE_FORMATS)
def test_another_reader_finds_the_same_words_and_times(kind: str, tmp_path: Path) -> None:
    rate = RATES["23.976"]
    spoken = [caption(SPEECH, 24), caption("灯りを見て！ Écoute, ça va?", 500)]
    read = pysubs2.load(str(write_subtitles(spoken, rate, tmp_path / f"film.{kind}")), encoding="utf-8")
    words = " ".join(re.sub(r"<[^>]*>", "", event.plaintext.replace("\n", " ")) for event in read.events).split()
    assert words == (SPEECH + " 灯りを見て！ Écoute, ça va?").split()
    assert abs(read.events[0].start / 1000 - spoken[0].start / rate) <= 0.0051
    assert abs(read.events[-1].end / 1000 - spoken[-1].end / rate) <= 0.0051


def test_vtt_lights_each_word_at_its_time_inside_its_cue(tmp_path: Path) -> None:
    rate = RATES["24"]
    spoken = caption("Sing it back, <whale> & all.", 24)
    text = write_subtitles([spoken], rate, tmp_path / "film.vtt").read_text(encoding="utf-8")
    assert text.startswith("WEBVTT\n\n00:00:01.000 --> ")
    assert "<v MAYA><00:00:01.083><c>Sing</c> <00:00:01.417><c>it</c>" in text
    assert "&lt;whale&gt;" in text and "&amp;" in text
    times = [seconds(found) for found in re.findall(r"<(\d\d:\d\d:\d\d\.\d{3})>", text)]
    assert [frames_from_seconds(time, rate) for time in times] == [word.start for word in spoken.words]


def test_ass_karaoke_adds_up_to_its_page(tmp_path: Path) -> None:
    read = pysubs2.load(str(write_subtitles([caption(SPEECH)], RATES["29.97"], tmp_path / "film.ass")))
    for event in read.events:
        lit = sum(int(found) for found in re.findall(r"\\k(\d+)", event.text))
        assert abs(lit - (event.end - event.start) / 10) <= 1


def test_two_who_speak_at_once_stand_side_by_side(tmp_path: Path) -> None:
    both = [caption("Stay!", 24, position="left", speaker="MAYA"), caption("Go!", 24, position="right", speaker="TOM")]
    assert "position:25%" in (vtt := write_subtitles(both, RATES["24"], tmp_path / "a.vtt").read_text()) and "position:75%" in vtt
    assert {event.style for event in pysubs2.load(str(write_subtitles(both, RATES["24"], tmp_path / "a.ass"))).events} == {
        "Left",
        "Right",
    }
    assert "MAYA: Stay!" in write_subtitles(both, RATES["24"], tmp_path / "a.srt").read_text()


@pytest.mark.parametrize("kind", SUBTITLE_FORMATS)
def test_words_can_not_break_out_of_their_cue(kind: str, tmp_path: Path) -> None:
    hostile = "one --> two\n\n99\n00:00:00,000 --> 00:00:09,000\n{\\fs200}big <v x> \\N end"
    spoken = [caption(hostile, speaker="A,B\n{\\b1}>"), caption("last", 600)]
    read = pysubs2.load(str(write_subtitles(spoken, RATES["24"], tmp_path / f"film.{kind}")))
    assert max(event.end for event in read.events) <= 1000 * spoken[-1].end / 24 + 10
    assert "\\fs200" not in read.events[0].text or kind != "ass"
    assert read.events[-1].plaintext.strip().endswith("last")


@pytest.mark.parametrize("kind", SUBTITLE_FORMATS)
def test_no_captions_make_a_file_that_can_be_read(kind: str, tmp_path: Path) -> None:
    assert len(pysubs2.SSAFile.from_string(write_subtitles([], RATES["24"], tmp_path / f"a.{kind}").read_text(), format_=kind)) == 0


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match='no subtitle format "str"; did you mean srt'):
        write_subtitles([], RATES["24"], tmp_path / "a.srt", "str")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        write_subtitles([], RATES["24"], tmp_path / "no" / "a.srt")
