"""Captions into pages: at most two lines on screen at a time, turned where the speaker breathes. Pure Python, no fonts.

Takes the cut's captions, gives pages with the words' places in the page's text, all in frames of the film. A page is cut at a
sentence's end if it can, else at a comma, else between words; it appears when its first word is spoken.
Lines are measured in average letters (`linebreak.weight`) here; the drawing room measures them in pixels and may shrink them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from glimmer.assembly.pieces import Caption, CaptionStyle
from glimmer.render.linebreak import breaks, cluster_breaks, weight

__all__ = ["CAPTION_FADE_FRAMES", "LETTERS_A_LINE", "USUAL_STYLE", "Page", "PageWord", "fits", "letters_a_line", "pages"]

LETTERS_A_LINE = 42  # broadcast and streaming practice for Latin scripts
CAPTION_FADE_FRAMES = 3
WIDE_SPARE = 1.25  # a wide frame has room for letters a quarter larger before a line must hold fewer
LINES_A_PAGE = 2
LINES_A_SIDE_PAGE = 3  # dual dialogue: narrow columns
SENTENCE_ENDS = frozenset(".!?…。！？؟।")
CLAUSE_ENDS = frozenset(",;:–—،؛、，；：")
USUAL_STYLE = CaptionStyle()
FARTHEST_WORD_CHARS = 60  # a word is looked for this far on; farther it would be another one


class PageWord(NamedTuple):
    """One spoken word: text[first:after] of its page, lit from frame `start` to before `end`. Not found in the text: first == after."""

    first: int
    after: int
    start: int
    end: int


class Page(NamedTuple):
    """What stands on screen from `start` to before `end`. `row` counts upward where two speak at once in one place."""

    text: str
    start: int
    end: int
    words: tuple[PageWord, ...] = ()
    position: Literal["bottom", "top", "left", "right"] = "bottom"
    speaker: str = ""  # shown; empty where the picture says who speaks
    row: int = 0
    fades_in: bool = True  # a page turned in mid-speech changes at once: a blink would look like a new speaker
    fades_out: bool = True


def letters_a_line(width_px: int, height_px: int, *, side: bool = False, size: float = 1.0) -> int:
    """How many average letters a caption line of this frame holds: 42 when wide, fewer in a portrait frame or a side column.

    size: of the letters, 1 as usual. Larger ones are fewer; smaller ones are not more, for the eye loses its way in a longer line.
    """
    wide = width_px >= 1.2 * height_px
    line = LETTERS_A_LINE if wide else (36 if width_px >= height_px else 30)
    line = line * 9 // 20 if side else line
    return max(min(line, int(line * (WIDE_SPARE if wide and not side else 1.0) / size)), 6)


def pages(captions: Iterable[Caption], width_px: int, height_px: int, *, style: CaptionStyle = USUAL_STYLE) -> tuple[Page, ...]:
    """All captions of a cut as pages, in order of start; overlapping pages at one place are given rows.

    Of `style`, the size of letters and the place of captions that say none of their own are heeded; its colours are the drawing's.
    With the look "none" there are no pages.
    """
    if style.look == "none":
        return ()
    turned: list[Page] = []
    for caption in captions:
        if caption.text.strip() and caption.end > caption.start:
            side = caption.position in ("left", "right")
            moved = caption.position == "bottom" != style.position
            placed = caption.model_copy(update={"position": style.position}) if moved else caption
            letters = letters_a_line(width_px, height_px, side=side, size=style.size)
            turned += _turned(placed, letters, LINES_A_SIDE_PAGE if side else LINES_A_PAGE)
    return _in_rows(sorted(turned, key=lambda page: (page.start, page.end)))


def fits(text: str, line_breaks: Sequence[int], letters: float, lines: int) -> bool:
    """True if `text`, broken greedily at `line_breaks`, needs no more than `lines` lines of `letters`."""
    used, line_start, last = 1, 0, 0
    for at in line_breaks:
        if weight(text[line_start:at].strip()) > letters:
            if last == line_start:
                return False
            used, line_start = used + 1, last
            if weight(text[line_start:at].strip()) > letters:
                return False
        last = at
    return used <= lines


def _turned(caption: Caption, letters: int, lines: int) -> list[Page]:
    text = " ".join(caption.text.split())
    words = _placed(text, caption)
    cuts = _page_cuts(text, breaks(text, (word.after for word in words)), letters, lines)
    made: list[Page] = []
    first = 0
    starts = [caption.start, *(_starts_at(cut, text, words, caption) for cut in cuts[:-1]), caption.end]
    if len(cuts) == 1 and caption.end > caption.start:
        return [Page(text, caption.start, caption.end, tuple(words), caption.position, _shown_speaker(caption))]
    for number, cut in enumerate(cuts):
        start, end = starts[number], max(starts[number + 1], starts[number])
        lead = len(text[first:cut]) - len(text[first:cut].lstrip())
        shown = text[first:cut].strip()
        inside = tuple(
            word._replace(first=word.first - first - lead, after=word.after - first - lead)
            for word in words
            if first <= word.first < cut
        )
        if shown and end > start:
            made.append(
                Page(text=shown, start=start, end=end, words=inside, position=caption.position, speaker=_shown_speaker(caption))
            )
        first = cut
    return [page._replace(fades_in=number == 0, fades_out=number == len(made) - 1) for number, page in enumerate(made)]


def _shown_speaker(caption: Caption) -> str:
    return caption.speaker if caption.position in ("left", "right") else ""


def _placed(text: str, caption: Caption) -> list[PageWord]:
    """Every timed word with its place in the text. A word that is not there keeps its time and an empty place after the last one."""
    placed: list[PageWord] = []
    here = 0
    lowered = text.lower() if len(text.lower()) == len(text) else text
    for word in caption.words:
        wanted = " ".join(word.word.split())
        at = text.find(wanted, here, here + len(wanted) + FARTHEST_WORD_CHARS) if wanted else -1
        if at < 0 and wanted:
            wanted = wanted.lower().strip(".,;:!?…\"'“”‘’()-–—")
            at = lowered.find(wanted, here, here + len(wanted) + FARTHEST_WORD_CHARS) if wanted else -1
        if at < 0:
            placed.append(PageWord(first=here, after=here, start=word.start, end=word.end))
            continue
        placed.append(PageWord(first=at, after=at + len(wanted), start=word.start, end=word.end))
        here = at + len(wanted)
    return placed


def _page_cuts(text: str, places: Sequence[int], letters: int, lines: int) -> list[int]:
    """The ends of the pages: as few as hold the text, near each other in length, best at a sentence's or a clause's end."""
    if fits(text, places, letters, lines):
        return [len(text)]
    places = _with_hard_breaks(text, places, letters)
    fullest = letters * lines
    starts = [0, *places[:-1]]
    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    for end in places:
        for start in reversed([place for place in starts if place < end]):
            if weight(text[start:end].strip()) > fullest:
                break
            if start in best and fits(text[start:end], [place - start for place in places if start < place <= end], letters, lines):
                cost = best[start][0] + _page_cost(text, start, end, fullest)
                if end not in best or cost < best[end][0]:
                    best[end] = (cost, start)
    cuts = [len(text)]
    while best[cuts[-1]][1]:
        cuts.append(best[cuts[-1]][1])
    return cuts[::-1]


def _page_cost(text: str, start: int, end: int, fullest: float) -> float:
    """Each page costs 1; emptiness and a turn in the middle of a clause cost more."""
    emptiness = 1.0 - weight(text[start:end].strip()) / fullest
    last = text[start:end].rstrip().rstrip("\"'”’»」』)")[-1:]
    turn = 0.0 if end == len(text) or last in SENTENCE_ENDS else 0.25 if last in CLAUSE_ENDS else 0.6
    return 1.0 + emptiness**2 + turn


def _with_hard_breaks(text: str, places: Sequence[int], letters: float) -> list[int]:
    """`places`, and breaks between clusters inside any piece that is too long for a line (an address, unspaced Thai)."""
    all_places: list[int] = []
    start = 0
    for end in places:
        if weight(text[start:end].strip()) > letters:
            line_start = previous = start
            for cluster in cluster_breaks(text[start:end]):
                if weight(text[line_start : start + cluster]) > letters:
                    all_places.append(previous)
                    line_start = previous
                previous = start + cluster
        all_places.append(end)
        start = end
    return all_places


def _starts_at(cut: int, text: str, words: Sequence[PageWord], caption: Caption) -> int:
    """The frame at which the page after `cut` appears: its first word's, or by share of the text where words are not timed."""
    later = [word.start for word in words if word.first >= cut and word.after > word.first]
    if later:
        return min(max(later[0], caption.start), caption.end)
    return caption.start + (caption.end - caption.start) * cut // len(text)


def _in_rows(ordered: Sequence[Page]) -> tuple[Page, ...]:
    laid: list[Page] = []
    open_pages: list[Page] = []
    for page in ordered:
        open_pages = [other for other in open_pages if other.end > page.start]
        taken = {other.row for other in open_pages if other.position == page.position}
        row = next(row for row in range(len(taken) + 1) if row not in taken)
        placed = page._replace(row=row) if row else page
        laid.append(placed)
        open_pages.append(placed)
    return tuple(laid)
