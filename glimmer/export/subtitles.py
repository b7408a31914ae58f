"""Subtitles: the cut's captions as .srt, .vtt or .ass beside the film.

Export, from captions in frames to files in seconds. SRT is the plainest and read everywhere; WebVTT lights words one by one and
knows who speaks; ASS carries karaoke. A long speech is paged: at most two lines of 42 columns at a time, turned where the
measured words say so. Times are the frames' own, to the millisecond (ASS: the centisecond).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from glimmer.assembly.nouns import Caption
from glimmer.display import columns_wide, plain_line
from glimmer.errors import NotFound
from glimmer.export.placing import placed
from glimmer.timecode import rate_of

if TYPE_CHECKING:
    import pysubs2

__all__ = ["SUBTITLE_FORMATS", "Page", "PageWord", "pages_of", "write_subtitles"]

SUBTITLE_FORMATS: Final = ("srt", "vtt", "ass")
Position = Literal["bottom", "top", "left", "right"]
_LINE_COLUMNS: Final = 42  # Netflix Timed Text Style Guide: 42 characters a line, two lines
_NO_SPACE_BEFORE: Final = "、。，．！？」』）】〉》…,.!?;:)"
_VTT_SETTINGS: Final = {
    "bottom": "",
    "top": " line:5%",
    "left": " position:25% size:45% align:center",
    "right": " position:75% size:45% align:center",
}
_ASS_ALIGNMENT: Final = {"bottom": 2, "top": 8, "left": 1, "right": 3}
_ASS_PLAIN: Final = str.maketrans({"{": "(", "}": ")", "\\": "/"})  # libass reads these as commands and has no escape for all


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word (with the space or punctuation after it) and when it lights up, in frames."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on screen at one time, from frame `start` to before `end`: one row of words, or two."""

    speaker: str
    start: int
    end: int
    position: Position
    rows: tuple[tuple[PageWord, ...], ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(_joined(row) for row in self.rows)


def write_subtitles(captions: Sequence[Caption], rate: Fraction, path: str | os.PathLike[str], format: str = "") -> Path:
    """The file written: `captions` in `format` ("srt", "vtt" or "ass"; "" takes it from the suffix), UTF-8.

    Replaces an older file in one step. No captions make a valid empty file. Does not create the folder.
    Raises: NotFound for an unknown format; StoreError if the folder can't be written.
    """
    target = Path(path)
    kind = (format or target.suffix).lower().lstrip(".")
    if kind not in SUBTITLE_FORMATS:
        raise NotFound.among("subtitle format", kind, SUBTITLE_FORMATS)
    pages = [page for caption in sorted(captions, key=lambda caption: (caption.start, caption.end)) for page in pages_of(caption)]
    text = {"srt": _srt, "vtt": _vtt, "ass": _ass}[kind](pages, rate_of(rate))
    with placed(target) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return target


# ── paging ──────────────────────────────────────────────────────────────────────────────────────────────────
def pages_of(caption: Caption) -> tuple[Page, ...]:
    """The caption as pages that can be read: each at most two lines of 42 columns (a CJK character takes two).

    Turned at sentence ends and commas where there is a choice. Words without timings share the time by their length.
    An empty caption gives no page.
    """
    words = _timed_words(caption)
    groups = _grouped(words)
    pages = []
    for at, group in enumerate(groups):
        start = caption.start if at == 0 else group[0].start
        end = caption.end if at == len(groups) - 1 else groups[at + 1][0].start
        if end > start:
            pages.append(Page(plain_line(caption.speaker), start, end, caption.position, _rows(group) or (tuple(group),)))
    return tuple(pages)


def _timed_words(caption: Caption) -> list[PageWord]:
    """The caption's text cut into timed words that, put together, are the text again."""
    text = plain_line(caption.text)
    if not text or caption.end <= caption.start:
        return []
    cuts, here = [], 0
    for word in caption.words:
        spoken = plain_line(word.word)
        at = text.find(spoken, here) if spoken else -1
        if at < 0:
            continue  # a word that is not in the text is heard, not read
        cuts.append((at, word.start, word.end))
        here = at + len(spoken)
    return _split_long(_sliced(text, cuts, caption) if cuts else _shared_out(text, caption.start, caption.end))


def _sliced(text: str, cuts: list[tuple[int, int, int]], caption: Caption) -> list[PageWord]:
    words, latest = [], caption.start
    for n, (at, start, end) in enumerate(cuts):
        until = cuts[n + 1][0] if n + 1 < len(cuts) else len(text)
        latest = min(max(start, latest), caption.end)  # never backwards, never past the caption
        words.append(PageWord(text[0 if n == 0 else at : until], latest, min(max(end, latest), caption.end)))
    return words


def _shared_out(text: str, start: int, end: int) -> list[PageWord]:
    """`text` cut at spaces (or at every character where there are none), its time shared out by length."""
    pieces = _pieces(text)
    total, so_far, words = sum(map(columns_wide, pieces)) or 1, 0, []
    for piece in pieces:
        begins = start + (end - start) * so_far // total
        so_far += columns_wide(piece)
        words.append(PageWord(piece, begins, start + (end - start) * so_far // total))
    return words


def _pieces(text: str) -> list[str]:
    return [
        part for chunk in _keeping_spaces(text) for part in (_characters(chunk) if columns_wide(chunk) > _LINE_COLUMNS else [chunk])
    ]


def _keeping_spaces(text: str) -> list[str]:
    parts = text.split(" ")
    return [part + " " for part in parts[:-1]] + [parts[-1]]


def _characters(chunk: str) -> list[str]:
    """Single characters, closing punctuation kept with what it closes and combining marks with their letter."""
    pieces: list[str] = []
    for char in chunk:
        if pieces and (char in _NO_SPACE_BEFORE or char == " " or columns_wide(char) == 0):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _split_long(words: list[PageWord]) -> list[PageWord]:
    """Words wider than a line (a sentence without spaces that was timed as one word) shared out by character."""
    short: list[PageWord] = []
    for word in words:
        short += [word] if columns_wide(word.text) <= _LINE_COLUMNS else _shared_out(word.text, word.start, word.end)
    return short


def _grouped(words: Sequence[PageWord]) -> list[list[PageWord]]:
    """Words into pages that fit, as even as can be, turned after punctuation where that leaves a page at least half full."""
    groups: list[list[PageWord]] = []
    rest = list(words)
    while rest:
        fitting = _fitting(rest)
        if fitting < len(rest):
            fitting = _best_turn(rest, fitting)
        groups.append(rest[:fitting])
        rest = rest[fitting:]
    return groups


def _fitting(words: Sequence[PageWord]) -> int:
    """How many of the words fit on one page: at least one."""
    count = 1
    while count < len(words) and _rows(words[: count + 1]) is not None:
        count += 1
    return count


def _best_turn(words: Sequence[PageWord], most: int) -> int:
    for marks in (".!?…。！？", ",;:—、，"):
        for n in range(most, most // 2, -1):
            if words[n - 1].text.rstrip().rstrip("\"'”’」』)").endswith(tuple(marks)):
                return n
    return most if columns_wide(_joined(words[most:])) > _LINE_COLUMNS // 2 else _even_turn(words, most)


def _even_turn(words: Sequence[PageWord], most: int) -> int:
    """Where the two halves are most alike, so that no page holds one last word."""
    return min(
        range(most // 2 + 1, most + 1), key=lambda n: abs(columns_wide(_joined(words[:n])) - columns_wide(_joined(words[n:])))
    )


def _rows(words: Sequence[PageWord]) -> tuple[tuple[PageWord, ...], ...] | None:
    """One row if it fits, else two as even as can be; None if it would take more."""
    if columns_wide(_joined(words)) <= _LINE_COLUMNS:
        return (tuple(words),)
    halves = [(columns_wide(_joined(words[:n])), columns_wide(_joined(words[n:])), n) for n in range(1, len(words))]
    fitting = [(abs(upper - lower), n) for upper, lower, n in halves if max(upper, lower) <= _LINE_COLUMNS]
    if not fitting:
        return None
    _, turn = min(fitting)
    return (tuple(words[:turn]), tuple(words[turn:]))


def _joined(words: Sequence[PageWord]) -> str:
    return "".join(word.text for word in words).strip()


# ── SubRip ──────────────────────────────────────────────────────────────────────────────────────────────────
def _srt(pages: Sequence[Page], rate: Fraction) -> str:
    blocks = []
    for number, page in enumerate(pages, start=1):
        lines = [line.replace("-->", "→") for line in page.lines]
        if page.position in ("left", "right") and page.speaker:
            lines[0] = f"{page.speaker}: {lines[0]}"  # SRT has no places: of two who speak at once, say who
        times = f"{_clock(page.start, rate, ',')} --> {_clock(page.end, rate, ',')}"
        blocks.append(f"{number}\n{times}\n" + "\n".join(lines) + "\n")
    return "\n".join(blocks)


# ── WebVTT ──────────────────────────────────────────────────────────────────────────────────────────────────
def _vtt(pages: Sequence[Page], rate: Fraction) -> str:
    blocks = ["WEBVTT\n"]
    for page in pages:
        times = f"{_clock(page.start, rate, '.')} --> {_clock(page.end, rate, '.')}{_VTT_SETTINGS[page.position]}"
        speaker = f"<v {escape(page.speaker, quote=False)}>" if page.speaker else ""
        blocks.append(f"{times}\n{speaker}{_vtt_words(page, rate)}\n")
    return "\n".join(blocks)


def _vtt_words(page: Page, rate: Fraction) -> str:
    """The page's words, each with its own time where that lies inside the cue and is later than the last one."""
    latest, rows = page.start, []
    for row in page.rows:
        said = ""
        for word in row:
            lights_up = latest < word.start < page.end
            latest = word.start if lights_up else latest
            time = f"<{_clock(word.start, rate, '.')}>" if lights_up else ""
            said += f"{time}<c>{escape(word.text.strip(), quote=False)}</c>" + " " * word.text.endswith(" ")
        rows.append(said.rstrip())
    return "\n".join(rows)


# ── Advanced SubStation Alpha ───────────────────────────────────────────────────────────────────────────────
def _ass(pages: Sequence[Page], rate: Fraction) -> str:
    import pysubs2

    subtitles = pysubs2.SSAFile()
    subtitles.info.update({"PlayResX": "1920", "PlayResY": "1080", "WrapStyle": "2", "ScaledBorderAndShadow": "yes"})
    for position, alignment in _ASS_ALIGNMENT.items():
        subtitles.styles[_style_name(position)] = _ass_style(alignment)
    for page in pages:
        start, end = _milliseconds(page.start, rate), _milliseconds(page.end, rate)
        event = pysubs2.SSAEvent(start=start, end=end, style=_style_name(page.position), text=_ass_words(page, rate))
        event.name = page.speaker.translate(_ASS_PLAIN).replace(",", " ")
        subtitles.events.append(event)
    return subtitles.to_string("ass")


def _style_name(position: Position | str) -> str:
    return "Default" if position == "bottom" else position.capitalize()


def _ass_style(alignment: int) -> pysubs2.SSAStyle:
    import pysubs2

    unlit, lit, black = pysubs2.Color(200, 200, 200), pysubs2.Color(255, 255, 255), pysubs2.Color(0, 0, 0, 60)
    return pysubs2.SSAStyle(
        fontname="Noto Sans",
        fontsize=52,
        primarycolor=lit,
        secondarycolor=unlit,  # \k lights from secondary to primary
        outlinecolor=black,
        outline=2.5,
        shadow=0,
        alignment=pysubs2.Alignment(alignment),
        marginl=120,
        marginr=120,
        marginv=70,
    )


def _ass_words(page: Page, rate: Fraction) -> str:
    """Karaoke: each word lasts until the next begins, in centiseconds counted from the page's start, so nothing drifts."""
    words = [word for row in page.rows for word in row]
    starts = [page.start, *(max(word.start, page.start) for word in words[1:]), page.end]
    at = [round((frame - page.start) / rate * 100) for frame in starts]
    marked = [f"{{\\k{max(0, at[n + 1] - at[n])}}}{word.text.translate(_ASS_PLAIN)}" for n, word in enumerate(words)]
    turn = len(page.rows[0])
    silence = round((words[0].start - page.start) / rate * 100)  # before the first word lights up
    if silence > 0:
        marked[0] = f"{{\\k{silence}}}{{\\k{max(0, at[1] - silence)}}}{words[0].text.translate(_ASS_PLAIN)}"
    return "\\N".join("".join(row).rstrip() for row in (marked[:turn], marked[turn:]) if row)


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────────
def _milliseconds(frame: int, rate: Fraction) -> int:
    return round(frame / rate * 1000)


def _clock(frame: int, rate: Fraction, mark: str) -> str:
    seconds, milliseconds = divmod(_milliseconds(frame, rate), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{milliseconds:03}"
