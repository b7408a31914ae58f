"""Renaming: a character under another name through the whole script, as a person would do it by hand in the text.

Takes Fountain text, gives Fountain text. What is read back has the same scenes, lines and shots, or the renaming is refused;
`revision` then finds that every line follows its old one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from glimmer.errors import InputError, NotFound, ScreenplayError
from glimmer.screenplay.cast_words import CREATURES, CROWDS, PEOPLE
from glimmer.screenplay.cues import cue_of, natural_cue
from glimmer.screenplay.first_names import EITHER, FIRST_NAMES
from glimmer.screenplay.headings import is_heading
from glimmer.screenplay.markup import escaped, note_spans
from glimmer.screenplay.mentions import writes_spaces
from glimmer.screenplay.nouns import Screenplay
from glimmer.screenplay.reading import read
from glimmer.screenplay.tokens import Script, breaks_action, is_transition, tokenize

__all__ = ["renamed"]

_WORD = re.compile(r"[^\W\d_]+")
_EXTENSION_OR_DUAL = re.compile(r"\s*[(（^].*$")
_FIRST_NAME_BEFORE = re.compile(r"([^\W\d_a-z][\w-]+)\s+$")
_FIRST_NAMES: Final = FIRST_NAMES.keys() | EITHER
_VERBS_TOO: Final = frozenset(("will", "may"))  # "Will you stay?" names nobody
_AFTER_A_VERB = re.compile(r"\s+(?:you|he|she|it|we|they|I|the|an?|this|that|there|your|my|his|her|our|their|be|not)\b")


def renamed(script_text: str, old: str, new: str) -> str:
    """Fountain text in which the character `old` is called `new`: cues, and whole words in action, headings and speeches.

    Capitals follow what stood there (MARA'S -> MARTA'S, Mara -> Marta). Other names are left alone (MARATHON, and "Mara Lee" if
    MARA LEE is another character), and so are the title page, notes, sections and synopses. Of a first and a last name each is
    replaced alone too, where no other character has it.

    Raises: NotFound for an `old` who is not in the cast; InputError for a `new` that is somebody already or can't stand as
    a cue, or if the script would not read back with the same scenes, lines and shots; ScreenplayError for a text that can't be read.
    """
    script = read(script_text)
    was = cue_of(old).name
    names = [member.name for member in script.cast]
    if was not in names:
        raise NotFound.among("character", was, names)
    name = _possible(new, was, names)
    text = _Renaming(script, was, name).text()
    _check_reads_alike(script, text, was, cue_of(name).name)
    return text


def _possible(new: str, was: str, names: list[str]) -> str:
    """The new name with single spaces. Raises InputError in words."""
    name = " ".join(new.split()).removeprefix("@")
    capitals = name.upper()
    if not name:
        raise InputError(f"no new name was given for {was}. Give one: renamed(text, {was!r}, 'MARTA').")
    if cue_of(capitals).name in names:
        whose = "is the name that is there" if cue_of(capitals).name == was else "is another character of this script already"
        raise InputError(f'{was} can\'t be renamed to "{name}": that {whose}. Choose a name that nobody has.')
    taken_for_more = is_heading(capitals) or is_transition(capitals) or breaks_action(capitals) or escaped(capitals) != capitals
    if taken_for_more or not natural_cue(capitals) or cue_of(capitals).name != capitals or cue_of(capitals).dual:
        raise InputError(
            f'"{name}" can\'t stand as a cue: expected a name of letters, digits and spaces, at most 60 characters, without a '
            'sentence\'s punctuation and without an extension such as (V.O.). For example "MARTA" or "DR. LEE".'
        )
    return name


@dataclass(frozen=True, slots=True)
class _Called:
    """What a piece of the text calls a character, and what it says instead; "" for someone else, who is left alone."""

    now: str
    part: bool = False  # a first or last name alone


_SOMEONE_ELSE: Final = _Called("")


class _Renaming:
    """One text and what to replace in it."""

    def __init__(self, script: Screenplay, was: str, name: str) -> None:
        self._text = script.source
        self._was, self._name = was, name
        self._tokens = tokenize(self._text)
        self._line_starts = [0, *(found.end() for found in re.finditer("\n", self._text))]
        self._cue_lines = {
            token.number for token in self._tokens.tokens if token.kind == "speech" and cue_of(token.text).name == was
        }
        cues = [_EXTENSION_OR_DUAL.sub("", token.text).strip() for token in self._tokens.tokens if token.kind == "speech"]
        self._called = _called(script, cues, was, name)
        self._pattern = _pattern({*self._called, *(" ".join(cue.split()) for cue in cues if cue)})
        self._small_too = _is_role(was) and _is_role(name)

    def text(self) -> str:
        pieces: list[str] = []
        at = 0
        for start, end in [*_hidden(self._text, self._tokens, self._line_starts), (len(self._text), len(self._text))]:
            if start >= at:
                pieces += [self._replaced(at, start), self._text[start:end]]
            at = max(at, end)
        return "".join(pieces)

    def _replaced(self, start: int, end: int) -> str:
        pieces: list[str] = []
        at = start
        for found in self._pattern.finditer(self._text, start, end):
            pieces += [self._text[at : found.start()], self._instead(found)]
            at = found.end()
        return "".join([*pieces, self._text[at:end]])

    def _instead(self, found: re.Match[str]) -> str:
        written = found.group()
        called = self._called.get(_key(written), _SOMEONE_ELSE)  # a Turkish "ı" matches I, and is another letter
        in_cue = bisect_right(self._line_starts, found.start()) in self._cue_lines and not called.part
        if not called.now or not (in_cue or self._is_mention(written, called, found.start(), found.end())):
            return written
        return _styled(called.now, written)

    def _is_mention(self, written: str, called: _Called, start: int, end: int) -> bool:
        if written == written.lower() and written != written.upper():
            return self._small_too and not called.part  # "the whale"; but "will" never is WILL
        if written.casefold() in _VERBS_TOO and written != written.upper() and _AFTER_A_VERB.match(self._text, end):
            return False
        before = _FIRST_NAME_BEFORE.search(self._text[max(0, start - 24) : start]) if called.part else None
        return before is None or before.group(1).casefold() not in _FIRST_NAMES  # "Jane Doe" is no mention of JOHN DOE


def _called(script: Screenplay, cues: Sequence[str], was: str, name: str) -> dict[str, _Called]:
    """Key of what may be written -> what to write instead. Every other name of the cast is there too, so that it is left alone."""
    parts = {_key(word): _Called(part, part=True) for word, part in _parts(was, name)}
    others = [member.name for member in script.cast if member.name != was]
    shared = {_key(word) for other in others for word in other.split()}
    called = {key: part for key, part in parts.items() if key not in shared}
    called |= {_key(other): _SOMEONE_ELSE for other in others}
    called |= {_key(cue): _Called(name) if cue_of(cue).name == was else _SOMEONE_ELSE for cue in cues if cue}
    return called | {_key(was): _Called(name)}


def _parts(was: str, name: str) -> Iterator[tuple[str, str]]:
    """First and last name alone: of JOHN DOE, but not of OLD SAILOR."""
    words, now = was.split(), name.split()
    if len(words) > 1 and words[0].casefold() in _FIRST_NAMES:
        yield words[0], now[0]
        yield words[-1], now[-1]


def _is_role(name: str) -> bool:
    return any(word.casefold() in CREATURES or word.casefold() in PEOPLE or word.casefold() in CROWDS for word in name.split())


def _key(written: str) -> str:
    return " ".join(written.casefold().split())


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The longest names first; whole words where a script has words. "Strauß" is there beside STRAUSS: no case rule finds it."""
    parts = []
    for each in sorted(names, key=len, reverse=True):
        spread = re.escape(each).replace(r"\ ", r"\s+")
        parts.append(rf"(?<![^\W_]){spread}(?![^\W_])" if writes_spaces(each) else spread)
    return re.compile("|".join(parts), re.I)


def _styled(name: str, written: str) -> str:
    """`name` in the capitals of what was written."""
    if written == written.upper():
        return name.upper()
    if written == written.lower():
        return name.lower()
    mixed = name not in (name.upper(), name.lower())  # McCoy
    return name if mixed else _WORD.sub(lambda word: word.group().capitalize(), name)


def _hidden(text: str, script: Script, line_starts: list[int]) -> list[tuple[int, int]]:
    """Where nothing is replaced, in order: the title page, notes, boneyards, sections, synopses."""
    ends = [*line_starts[1:], len(text)]
    hidden = [(start, end) for start, end, _ in note_spans(text, "text")[0]]
    hidden += [
        (line_starts[token.number - 1], ends[token.number - 1]) for token in script.tokens if token.kind in ("section", "synopsis")
    ]
    if script.title_page and script.tokens:
        hidden.append((0, line_starts[script.tokens[0].number - 1]))
    return sorted(hidden)


def _check_reads_alike(script: Screenplay, text: str, was: str, now: str) -> None:
    """Raises InputError where the renaming changed more than a name."""
    try:
        again = read(text)
    except ScreenplayError as reason:
        raise InputError(f"{was} can't be renamed to {now}: the script could not be read then. {reason.message}") from reason
    for what, before, after in (
        ("scenes", len(script.scenes), len(again.scenes)),
        ("lines", len(script.lines), len(again.lines)),
        ("shots", len(script.shot_list), len(again.shot_list)),
        (f"lines by {was}", 0, sum(line.character == was for line in again.lines)),
        (
            f"lines by {now}",
            sum(line.character == was for line in script.lines),
            sum(line.character == now for line in again.lines),
        ),
    ):
        if before != after:
            raise InputError(
                f"{was} can't be renamed to {now}: the script would read back with {after} {what} where {before} are expected. "
                "Choose another name, or change the text by hand."
            )
