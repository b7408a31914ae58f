"""Who a sentence speaks of: names in any case, "the boy" for the only boy, he and she for whoever was named last.

Takes the cast and a sentence, gives names. `cast` uses it to describe people, `shots` to know who is seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from glimmer.screenplay.cast_words import CREATURES, CROWDS, GENDERED, PEOPLE
from glimmer.screenplay.first_names import EITHER, FIRST_NAMES
from glimmer.screenplay.nouns import CastMember

__all__ = ["Mentions", "sentences", "words_of", "writes_spaces"]

_SENTENCE = re.compile(r"[^.!?。！？।؟…]+(?:[.!?。！？।؟…]+[\"”’')\]]*|$)(?:\s+|(?<=[。！？।])|$)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Capt|Sgt|Lt|No|vs|etc|[A-Za-z])\.\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself)|(they|them|their)|(it|its|itself))\b", re.I)
_SUBJECT_PRONOUN = re.compile(r"(?:(he)|(she)|(they)|(it))\b", re.I)
_PRONOUNS_LOOKED_AT: Final = 12  # in one sentence
_CAPITALISED_BEFORE = re.compile(r"([^\W\d_a-z][\w-]+)\s+$")
_FILLERS: Final = frozenset("the a an of and de la le der die das von van el di da #1 #2 #3".split())
_THE = r"\b(?:the|this|that|his|her|their|my|our)\s+(?:[\w-]+\s+){0,2}"


def sentences(text: str) -> list[str]:
    """`text` cut into sentences, in any script; "Mr. Smith" stays whole. Newlines count as spaces."""
    found: list[str] = []
    for match in _SENTENCE.finditer(" ".join(text.split())):
        piece = match.group()
        if found and (_ABBREVIATED.search(found[-1][-8:]) or piece[:1].islower()):
            found[-1] += piece
        else:
            found.append(piece)
    return [piece.strip() for piece in found if piece.strip(" .…")]


def words_of(text: str) -> list[str]:
    """Lower-case words."""
    return [word.lower() for word in _WORD.findall(text)]


class Mentions:
    """Finds members of a cast in text. Made once for a script; finding is one regular expression a sentence."""

    def __init__(self, cast: Sequence[CastMember]) -> None:
        self._members = {member.name: member for member in cast}
        aliases = _aliases(cast)
        self._by_alias = {alias.casefold(): name for alias, name in aliases.items()}
        self._pattern = _pattern(aliases)

    def named(self, text: str) -> tuple[str, ...]:
        """Names in the order they are first named. Pronouns are not looked at."""
        return tuple(dict.fromkeys(name for name, _, _ in self.spans(text)))

    def spans(self, text: str) -> list[tuple[str, int, int]]:
        """(name, start, end) of every mention; `text` as it was given."""
        if self._pattern is None:
            return []
        found = [(self._by_alias.get(_key(match), ""), match.start(), match.end()) for match in self._pattern.finditer(text)]
        return [
            (name, start, end)
            for name, start, end in found
            if name and self._believable(name, text[start:end]) and not _anothers_surname(name, text, start, end)
        ]

    def seen(self, text: str, recent: Sequence[str] = ()) -> tuple[str, ...]:
        """Those named, and those whom he, she or they in `text` mean; `recent` are the names before, the latest first."""
        spans = self.spans(text)
        named = list(dict.fromkeys(name for name, _, _ in spans))
        for match in islice(_PRONOUN.finditer(text), _PRONOUNS_LOOKED_AT):
            before = [name for name, start, _ in spans if start < match.start()]
            meant = self._meant(match, [*reversed(before), *recent])
            named += [name for name in meant if name not in named]
        first = _SUBJECT_PRONOUN.match(text)
        if first and named:
            lead = self._meant(first, list(recent))
            named = [*[name for name in lead if name in named], *[name for name in named if name not in lead]]
        return tuple(named)

    def _meant(self, pronoun: re.Match[str], candidates: list[str]) -> list[str]:
        he, she, they, _ = pronoun.groups()
        members = [self._members[name] for name in dict.fromkeys(candidates) if name in self._members]
        if they:
            return [member.name for member in members[:2]] if len(members) > 1 else []
        if he or she:
            gender = "man" if he else "woman"
            fits = [member for member in members if member.gender in ("", gender) and member.kind != "crowd"]
            fits.sort(key=lambda member: member.gender != gender)  # who is known to be one comes first
            return [fits[0].name] if fits else []
        latest = members[0] if members else None  # "it" is a creature only if that was named last: else it is a thing
        return [latest.name] if latest and latest.kind not in ("person", "crowd") else []

    def _believable(self, name: str, as_written: str) -> bool:
        """A proper name is never written small: "will" is no mention of WILL, but "the whale" is one of WHALE."""
        if as_written != as_written.lower() or as_written == as_written.upper():
            return True
        return any(word in PEOPLE or word in CREATURES or word in CROWDS for word in words_of(as_written))


def _anothers_surname(name: str, text: str, start: int, end: int) -> bool:
    """Whether "Doe" stands behind another first name: "Jane Doe" is no mention of JOHN DOE."""
    before = _CAPITALISED_BEFORE.search(text[max(0, start - 24) : start])
    if before is None or text[start:end].casefold() == name.casefold() or not name.casefold().endswith(text[start:end].casefold()):
        return False
    first = before.group(1).casefold()
    return first not in name.casefold().split() and (first in FIRST_NAMES or first in EITHER)


def _key(match: re.Match[str]) -> str:
    """The alias that was matched: of "his little boy" it is "the boy"."""
    words = match.group().casefold().split()
    return f"the {words[-1]}" if match.group("the") else " ".join(words)


def _aliases(cast: Sequence[CastMember]) -> dict[str, str]:
    """What may be written for whom. Where two could be meant, nobody is."""
    claims: dict[str, list[str]] = {}
    for member in cast:
        for alias in _own_aliases(member):
            claims.setdefault(alias, []).append(member.name)
    names = {member.name: member.name for member in cast}
    return {alias: owners[0] for alias, owners in claims.items() if len(set(owners)) == 1 and alias not in names} | names


def _own_aliases(member: CastMember) -> list[str]:
    words = [word for word in member.name.split() if word.casefold().strip(".") not in _FILLERS | GENDERED.keys()]
    aliases = [" ".join(words)] if words else []
    if len(words) > 1 and words[0].casefold() not in ("young", "old", "little", "first", "second", "third", "other"):
        aliases += [words[0], words[-1]] if words[0].isalpha() and len(words[0]) > 2 else [words[-1]]
    if member.kind not in ("person", "crowd"):
        aliases += [
            f"THE {word.upper()}"
            for word in {member.kind, *(w for w in words_of(member.description) if CREATURES.get(w) == member.kind)}
        ]
    elif member.kind == "person":
        aliases += [f"THE {word.upper()}" for word in _nouns(member)]
    return [alias for alias in aliases if len(alias) > 1 or not alias.isascii()]


def _nouns(member: CastMember) -> list[str]:
    """What a script may call someone in passing: "the boy", "the keeper"."""
    said = [word for word in words_of(member.description)[:12] if word in PEOPLE]
    usual = {("child", "man"): "boy", ("child", "woman"): "girl", ("old", "woman"): "woman", ("old", "man"): "man"}.get(
        (member.age, member.gender), ""
    )
    return list(dict.fromkeys([*said, usual] if usual else said))


def _pattern(aliases: dict[str, str]) -> re.Pattern[str] | None:
    if not aliases:
        return None
    plain = sorted((alias for alias in aliases if not alias.startswith("THE ") or alias in aliases.values()), key=len, reverse=True)
    nouns = sorted((alias[4:] for alias in aliases if alias.startswith("THE ")), key=len, reverse=True)
    spaced = "|".join(_spread(alias) for alias in plain if writes_spaces(alias))
    unspaced = "|".join(_spread(alias) for alias in plain if not writes_spaces(alias))
    parts = [rf"(?<!\w)(?:{spaced})(?!\w)"] if spaced else []
    parts += [rf"(?:{unspaced})"] if unspaced else []
    if nouns:
        parts.append(rf"(?P<the>{_THE}(?:{'|'.join(map(re.escape, nouns))})\b)")
    else:
        parts.append(r"(?P<the>(?!))")
    return re.compile("|".join(parts), re.I)


def _spread(alias: str) -> str:
    return re.escape(alias).replace(r"\ ", r"\s+")


def writes_spaces(alias: str) -> bool:
    """Whether its script puts spaces between words (not Thai, Lao, Khmer, Chinese, Japanese): then only whole words count."""
    return all(
        ord(letter) < 0x0E00 or 0x0F00 <= ord(letter) < 0x1780 or ord(letter) >= 0xAC00 for letter in alias if letter.isalpha()
    )
