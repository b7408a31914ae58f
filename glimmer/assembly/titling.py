"""Titling: words in the picture - title cards, lower thirds, end credits - and how captions look.

Takes a Timeline, gives a new one. A title is a clip like any other: it can be moved, trimmed, faded and framed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, Self, TypeVar, get_args

from pydantic import ValidationError

from glimmer import limits
from glimmer.assembly.changing import changed, with_track
from glimmer.assembly.checking import chosen, frame_at, spoken, words
from glimmer.assembly.pieces import CaptionStyle, Clip, Timeline, TitleStyle, Track
from glimmer.assembly.splitting import fresh_id, fresh_name
from glimmer.assembly.taking import with_room
from glimmer.errors import InputError, LimitError
from glimmer.timecode import Timecode, frames_of

__all__ = ["Titles"]

Cut = TypeVar("Cut", bound=Timeline)
Credit = str | tuple[str, str]
_SHORT_NAME: Final = 40  # characters of a title's words that name its clip
_EXPECTED: Final = {
    "look": '"lit", "plain" or "none"',
    "box": "True or False",
    "size": "a number from 0.5 to 2",
    "colour": 'six hexadecimal digits such as "#f8f5ee"',
    "lit_colour": 'six hexadecimal digits such as "#ffc454"',
    "position": '"bottom" or "top"',
}


# ── laying a title ──────────────────────────────────────────────────────────────────────────────────────────
def _titled(cut: Cut, track_name: str, at: int | str | Timecode, frames: int | str | Timecode, clip: Clip) -> Cut:
    """`cut` with `clip` on the picture track of that name, which is made if it is not there yet."""
    start, length = frame_at(cut, at), frames_of(frames, cut.rate)
    if length < 1:
        raise InputError("a title of 0 frames is never seen; expected at least 1. Give it some seconds to be read.")
    _check_place(cut, start, length)
    wider, track = with_room(cut, track_name, "picture")
    _check_free(wider, track, start, start + length)
    laid = clip.model_copy(
        update={
            "id": fresh_id(cut, f"{track.name.lower()}.{clip.style}"),
            "name": fresh_name(cut, _short(clip.title) or "credits"),
            "start": start,
            "frames": length,
        }
    )
    return with_track(wider, track.model_copy(update={"clips": (*track.clips, laid)}))


def _check_place(cut: Timeline, start: int, length: int) -> None:
    if start > cut.frames:
        raise InputError(
            f"{_time(start, cut)} lies behind the film's end at {_time(cut.frames, cut)}; expected a time in the film, or its end."
        )
    if start + length > limits.MAX_FILM_SECONDS * cut.rate:
        raise LimitError(
            f"a title of {length:,} frames would make a film longer than {limits.MAX_FILM_SECONDS / 3600:g} hours (MAX_FILM_SECONDS). "
            "Make it shorter.",
            limit="MAX_FILM_SECONDS",
        )


def _check_free(cut: Timeline, track: Track, start: int, end: int) -> None:
    there = [clip for clip in track.clips if clip.start < end and clip.end > start]
    if there:
        told = ", ".join(f'"{clip.name}" from {_time(clip.start, cut)} to {_time(clip.end, cut)}' for clip in there[:4])
        raise InputError(
            f"{track.name} holds {told}; expected free frames from {_time(start, cut)} to {_time(end, cut)}. "
            "Take another track or time; cut.overwrite lays a clip over what is there."
        )


def _check_lower_third(text: str, what: str) -> None:
    if len(text) > limits.MAX_LOWER_THIRD_CHARS:
        raise LimitError(
            f"{what} of {len(text):,} characters can't be read in passing; at most {limits.MAX_LOWER_THIRD_CHARS} "
            "(MAX_LOWER_THIRD_CHARS). Shorten it, or lay a title_card.",
            limit="MAX_LOWER_THIRD_CHARS",
        )
    if (lines := len(text.splitlines())) > limits.MAX_LOWER_THIRD_LINES:
        raise LimitError(
            f"{what} of {lines} lines stands in the picture's way; at most {limits.MAX_LOWER_THIRD_LINES} (MAX_LOWER_THIRD_LINES). "
            "Shorten it, or lay a title_card.",
            limit="MAX_LOWER_THIRD_LINES",
        )


def _short(text: str) -> str:
    """The first words of a title, to call it by."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT_NAME else line[: _SHORT_NAME - 1].rstrip() + "…"


def _time(at: int, cut: Timeline) -> str:
    return Timecode(at, cut.rate).smpte


# ── credits ─────────────────────────────────────────────────────────────────────────────────────────────────
def _credit_rows(rows: str | Iterable[Credit]) -> str:
    """A row a line: "what: who", or plain. Empty lines between groups stay, one at a time."""
    if not isinstance(rows, str | Iterable):
        raise InputError(f'credits can\'t be {rows!r:.60}; expected text, or rows such as ("Written by", "A. Writer").')
    lines = rows.splitlines() if isinstance(rows, str) else [_credit_row(row) for row in rows]
    text = words("\n".join(lines), "the credits", limits.MAX_CREDITS_CHARS, "MAX_CREDITS_CHARS")
    kept: list[str] = []
    for line in text.splitlines():
        if line or (kept and kept[-1]):
            kept.append(line)
    if not any(kept):
        raise InputError('the credits have no rows; expected at least one, such as ("Written by", "A. Writer").')
    return "\n".join(kept)


def _credit_row(row: object) -> str:
    if isinstance(row, str):
        return " ".join(row.split())
    if not isinstance(row, tuple | list) or len(row) != 2 or not all(isinstance(part, str) for part in row):
        raise InputError(f'a row of credits can\'t be {row!r:.60}; expected "what: who" or ("what", "who").')
    what, who = (" ".join(part.split()) for part in row)
    if ":" in what:
        raise InputError(f'"{what}: {who}" could be read in two ways; expected what somebody did without a colon in it.')
    return f"{what}: {who}" if what and who else what or who


class Titles(Timeline):
    """The verbs that put words into the picture."""

    def title_card(
        self,
        text: str,
        *,
        at: int | str | Timecode,
        frames: int | str | Timecode,
        subtitle: str = "",
        track: str = "V2",
        style: TitleStyle = "card",
    ) -> Self:
        """The cut with a title from `at` (a timecode, frames, or a clip's name for its start) on, `frames` long.

        The track is made if it is not there. Nothing else moves; only a title at the film's very end makes it longer. The lines
        of `text` stay as they are broken. The clip is named after its first words.
        Raises: InputError for no words, 0 frames, a place behind the film, or where a clip lies already; LimitError
        (MAX_TITLE_CHARS, MAX_FILM_SECONDS); TimecodeError; NotFound.

            cut.title_card("Seven years later", at="2A", frames="00:00:03:00")
        """
        said = spoken(text, "a title", limits.MAX_TITLE_CHARS, "MAX_TITLE_CHARS")
        below = words(subtitle, "a subtitle", limits.MAX_TITLE_CHARS, "MAX_TITLE_CHARS")
        kind = chosen(style, "style", get_args(TitleStyle))
        if kind == "lower_third":
            _check_lower_third(said, "the name of a lower third")
            _check_lower_third(below, "the role of a lower third")
        clip = Clip(id="", name="", kind="title", start=0, frames=1, title=said, subtitle=below, style=kind)
        return _titled(self, track, at, frames, clip)

    def lower_third(
        self, name: str, *, at: int | str | Timecode, frames: int | str | Timecode, role: str = "", track: str = "V2"
    ) -> Self:
        """The cut with a name, and what its bearer does, at the lower left over the picture. Else as `title_card`.

        Raises: LimitError for more than 120 characters or two lines of either (MAX_LOWER_THIRD_CHARS, MAX_LOWER_THIRD_LINES).

        cut.lower_third("Mara Voss", role="Keeper of the light", at="2A", frames=72)
        """
        return Titles.title_card(self, name, at=at, frames=frames, subtitle=role, track=track, style="lower_third")

    def credits(
        self,
        rows: str | Iterable[Credit],
        *,
        frames: int | str | Timecode,
        at: int | str | Timecode | None = None,
        heading: str = "",
        track: str = "V1",
    ) -> Self:
        """The cut with end credits: after its last frame, which makes the film `frames` longer, or `at` a free place.

        rows: text with a row a line, or a list of rows: "what: who", ("what", "who"), or plain words. An empty row is a little room.
        Raises: as `title_card`; LimitError (MAX_CREDITS_CHARS).

            cut.credits([("Written by", "A. Writer"), ("Mara", "J. Player"), "Shot on no location"], frames="00:00:12:00")
        """
        listed = _credit_rows(rows)
        above = words(heading, "a heading", limits.MAX_TITLE_CHARS, "MAX_TITLE_CHARS")
        clip = Clip(id="", name="", kind="title", start=0, frames=1, title=above, subtitle=listed, style="credits")
        return _titled(self, track, self.frames if at is None else at, frames, clip)

    def captions_as(
        self,
        *,
        look: Literal["lit", "plain", "none"] | None = None,
        box: bool | None = None,
        size: float | None = None,
        colour: str | None = None,
        lit_colour: str | None = None,
        position: Literal["bottom", "top"] | None = None,
    ) -> Self:
        """The cut with captions that look otherwise. What is not given stays. Their words and times do not change.

        look: "lit" lights the spoken word in `lit_colour`, "plain" lights none, "none" leaves captions out of the picture; the
        subtitles keep them. box: on a dark plate, else outlined. size: 1 is the usual height of letters, 0.5 to 2. Colours are six
        hexadecimal digits.
        Raises: InputError if nothing is given, or something that captions can't be.

            cut.captions_as(look="plain", size=1.2, position="top")
        """
        asked: dict[str, object] = {
            "look": look,
            "box": box,
            "size": size,
            "colour": colour,
            "lit_colour": lit_colour,
            "position": position,
        }
        update = {name: value for name, value in asked.items() if value is not None}
        if not update:
            raise InputError(f"nothing about captions was said; expected one of {', '.join(f'{name}=' for name in asked)}.")
        style = _caption_style(self.caption_style, update)
        return self if style == self.caption_style else changed(self, caption_style=style)


def _caption_style(before: CaptionStyle, update: dict[str, object]) -> CaptionStyle:
    if broken := next((name for name, value in update.items() if isinstance(value, str) and not value.isprintable()), ""):
        raise InputError(f"captions can't have {broken}={update[broken]!r:.60}; expected {_EXPECTED[broken]}.")
    try:
        return CaptionStyle.model_validate(before.model_dump() | update, strict=True)
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0])
        raise InputError(f"captions can't have {name}={update.get(name)!r:.60}; expected {_EXPECTED[name]}.") from wrong
