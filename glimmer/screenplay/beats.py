"""A scene cut into beats: what one picture can hold, before any camera is chosen.

Takes a scene and the cast, gives beats in order to the rules in `shots`. An action paragraph is one beat unless it is long or
turns from the place to the people; consecutive lines by one character are one beat while they last about 12 seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from glimmer.screenplay.cues import is_heard_only
from glimmer.screenplay.mentions import Mentions, sentences
from glimmer.screenplay.nouns import CastMember, Element, Line, Scene
from glimmer.screenplay.pace import MAX_SHOT_SECONDS, speech_seconds, word_count
from glimmer.screenplay.shot_words import direction_in

__all__ = ["Beat", "beats_of", "heard_only"]

MAX_ACTION_WORDS: Final = 40  # longer paragraphs are split at sentences: 40 words are 12 s at 3.2 words a second
_TWO_PORTRAITS_WORDS: Final = 20  # a paragraph longer than this that goes from one person to another is split between them
_PLACE_WORDS: Final = 4  # what is said of a place before its people must be this long to be a shot of its own


_LEADING_PRONOUN = re.compile(r"(?:He|She|They|Together)\b")
_SUBJECT_WITHIN_CHARS: Final = 30  # "Beside her, in the dark, ELI …": later than this a name is hardly who acts


@dataclass(frozen=True, slots=True)
class Beat:
    """`seen` are the cast in the picture, the subject first. An action beat has text, a speech beat has lines.

    `doing` is the nearest action sentence that involves the subject of a speech.
    """

    kind: Literal["action", "speech"]
    text: str = ""
    lines: tuple[Line, ...] = ()
    seen: tuple[str, ...] = ()
    doing: str = ""

    @property
    def heard(self) -> bool:
        """Whether its speaker is not in the picture."""
        return self.kind == "speech" and all(map(heard_only, self.lines))

    @property
    def dual(self) -> bool:
        return any(line.dual for line in self.lines)


def heard_only(line: Line) -> bool:
    """Whether a line is V.O., O.S. or comes from a device."""
    return is_heard_only(line.extension, line.parenthetical)


def beats_of(scene: Scene, mentions: Mentions, members: Mapping[str, CastMember]) -> list[Beat]:
    """The scene's beats. Centred text counts only where a scene has nothing else."""
    lines = {line.id: line for line in scene.lines}
    recent: list[str] = []  # names, the latest first: whom "she" means
    beats: list[Beat] = []
    for element in scene.elements:
        if element.kind == "line":
            _add_line(beats, lines[element.line_id], recent)
        elif element.kind in ("action", "lyric"):
            beats += _action_beats(element, mentions, recent, opening=not beats)
    if not beats:
        beats = [Beat("action", " ".join(element.text.split())) for element in scene.elements if element.kind == "centered"][:1]
    return _with_doings(beats, mentions)


# ── action ──────────────────────────────────────────────────────────────────────────────────────────────────
def _action_beats(element: Element, mentions: Mentions, recent: list[str], *, opening: bool) -> Iterator[Beat]:
    for chunk in _chunks(sentences(element.text) or [" ".join(element.text.split())], mentions, opening=opening):
        seen: dict[str, None] = {}
        for sentence in sentences(chunk) or [chunk]:
            for name in mentions.seen(sentence, recent):
                seen[name] = None
            _remember(recent, mentions.seen(sentence, recent))
        yield Beat("action", chunk, seen=tuple(seen))


def _chunks(parts: list[str], mentions: Mentions, *, opening: bool) -> Iterator[str]:
    """Sentences joined again: up to 40 words, a new chunk where the camera is directed or the people come in."""
    long = sum(map(word_count, parts)) > MAX_ACTION_WORDS
    crowded = sum(map(word_count, parts)) > _TWO_PORTRAITS_WORDS
    chunk: list[str] = []
    for part in parts:
        peopled = bool(chunk) and opening and not mentions.named(" ".join(chunk)) and bool(mentions.named(part))
        turns_to_people = peopled and word_count(" ".join(chunk)) >= _PLACE_WORDS
        too_long = long and bool(chunk) and word_count(" ".join(chunk)) + word_count(part) > 0.75 * MAX_ACTION_WORDS
        directed = bool(chunk) and _sizes(part)
        if too_long or turns_to_people or directed or (bool(chunk) and crowded and _turns_to_another(chunk, part, mentions)):
            yield " ".join(chunk)
            chunk, opening = [], False
        chunk.append(part)
    if chunk:
        yield " ".join(chunk)


def _turns_to_another(chunk: list[str], part: str, mentions: Mentions) -> bool:
    """Whether `part` leaves the one person of `chunk` for another: two introductions are two portraits."""
    now, then = mentions.named(" ".join(chunk)), mentions.seen(part, mentions.named(" ".join(chunk)))
    return len(now) == 1 and bool(then) and now[0] not in then


def _sizes(sentence: str) -> bool:
    asked = direction_in(sentence)
    return asked is not None and asked[0] is not None


def _remember(recent: list[str], names: tuple[str, ...]) -> None:
    for name in reversed(names):
        if name in recent:
            recent.remove(name)
        recent.insert(0, name)


# ── speech ──────────────────────────────────────────────────────────────────────────────────────────────────
def _add_line(beats: list[Beat], line: Line, recent: list[str]) -> None:
    before = beats[-1] if beats and beats[-1].kind == "speech" else None
    if before is not None and _joins(before, line):
        names = dict.fromkeys((*before.seen, *(() if heard_only(line) else (line.character,))))
        beats[-1] = Beat("speech", lines=(*before.lines, line), seen=tuple(names))
    else:
        beats.append(Beat("speech", lines=(line,), seen=() if heard_only(line) else (line.character,)))
    if not heard_only(line):
        _remember(recent, (line.character,))


def _joins(before: Beat, line: Line) -> bool:
    last = before.lines[-1]
    if line.dual == "right" and last.dual == "left":
        return True
    if line.dual or last.dual or last.character != line.character or heard_only(last) != heard_only(line):
        return False
    return sum(speech_seconds(one) for one in (*before.lines, line)) <= MAX_SHOT_SECONDS


def _with_doings(beats: list[Beat], mentions: Mentions) -> list[Beat]:
    """Every speech with the last thing its speaker was seen to do in this scene, else the next."""
    done: dict[str, str] = {}
    made: list[Beat] = []
    for beat in beats:
        if beat.kind == "action":
            _note_doings(beat, mentions, done)
        who = beat.seen[0] if beat.seen else (beat.lines[0].character if beat.lines else "")
        made.append(beat if beat.kind == "action" else Beat(beat.kind, "", beat.lines, beat.seen, done.get(who, "")))
    ahead: dict[str, str] = {}
    for at in range(len(made) - 1, -1, -1):
        beat = made[at]
        if beat.kind == "action":
            _note_doings(beat, mentions, ahead)
        elif not beat.doing and beat.seen:
            made[at] = Beat(beat.kind, "", beat.lines, beat.seen, ahead.get(beat.seen[0], ""))
    return made


def _note_doings(beat: Beat, mentions: Mentions, done: dict[str, str]) -> None:
    previous: tuple[str, ...] = ()
    for sentence in sentences(beat.text) or [beat.text]:
        previous = mentions.seen(sentence, [*previous, *beat.seen]) or ()
        spans = mentions.spans(sentence)
        leads = _LEADING_PRONOUN.match(sentence) or (spans and spans[0][1] <= _SUBJECT_WITHIN_CHARS)
        for at, name in enumerate(previous):
            if (at == 0 and leads) or name not in done:
                done[name] = sentence
