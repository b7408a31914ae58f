"""From what a person said to steps that can be read: courtesy off, quotations set aside, sentences and "and then" taken apart.

What stands in quotation marks, after a colon that ends a line, behind ">" or in a fence is somebody's words and never a step.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Final, NamedTuple

from glimmer.models.rehearsal.talk.slots import QUOTE

__all__ = ["Said", "filled", "steps_in", "unquoted"]

LONGEST: Final = 2_000  # characters: more than that is a script, not an instruction
MOST_JOINTS: Final = 16  # of a sentence: one with more lists things, and is read as it is
_JOINTS_AHEAD: Final = 4  # a step holds no more of them, as in "duck it, and 1A, 1B and 2A": each is tried against every phrase
_QUOTED: Final = re.compile(r'"[^"\n]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|`[^`\n]*`|(?<![\w\'’])[\'‘][^\'’\n]{2,}[\'’](?!\w)')
_FENCED: Final = re.compile(r"```.*?(?:```|\Z)|(?:⟦data⟧|<data>).*?(?:⟦end of data⟧|</data>|\Z)", re.S)
_CITED: Final = re.compile(r"^[ \t]*>.*$", re.M)
_SCRIPT: Final = re.compile(r"^\s*(?:INT|EXT|EST|INT\./EXT|I/E)[. ]", re.M)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+|;\s*")
_AND: Final = re.compile(r",? and then |,? then |, and |,? and | , also |, ", re.I)
_COURTESY: Final = re.compile(
    r"^(?:(?:please|now|okay|ok|so|and|then|also|next|first|finally|hey|hi|hello|thanks|great|good|yes|well|just|glimmer)[ ,:!]+"
    r"|(?:can|could|would|will) (?:you|we) (?:please |now |just |also |maybe )*"
    r"|(?:i want|i'd like|i would like|i need) (?:you )?to |let's |let us |lets |go ahead and |we (?:should|need to|have to) |you (?:should|can|may) )+",
    re.I,
)
_AFTER: Final = re.compile(r"(?:[ ,]*(?:please|thanks|thank you|now|for me|then|too|as well|if you can|okay|ok))+$", re.I)


class Said(NamedTuple):
    """steps: what may be instructions, in order. quotes: what stood in quotation marks, by its place. is_script: a script was pasted."""

    steps: tuple[str, ...]
    quotes: tuple[str, ...]
    is_script: bool = False


def steps_in(text: str, is_known: Callable[[str], bool]) -> Said:
    """The steps of `text`. `is_known` says whether words are a step by themselves: only there is a sentence taken apart at "and"."""
    plain, quotes = unquoted(text)
    if len(text) > LONGEST or _SCRIPT.search(plain):
        return Said((), quotes, is_script=True)
    steps: list[str] = []
    for sentence in _SENTENCE.split(plain):
        if sentence.strip().endswith(":"):  # what follows is shown, not asked
            steps.append(_bare(sentence))
            break
        steps += _parts(sentence, is_known)
    return Said(tuple(step for step in steps if step), quotes)


def unquoted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a mark in place of each quotation, and the quotations."""
    quotes: list[str] = []

    def aside(found: re.Match[str]) -> str:
        quotes.append(found.group()[1:-1])
        return f"\x02{len(quotes) - 1}\x03"

    plain = _CITED.sub(" ", _FENCED.sub(" ", text.replace("\x02", " ").replace("\x03", " ")))
    return _QUOTED.sub(aside, plain), tuple(quotes)


def filled(words: str, quotes: tuple[str, ...]) -> str:
    """`words` with the quotations back in their places."""
    return QUOTE.sub(lambda mark: quotes[int(mark.group(1))], words)


def _parts(sentence: str, is_known: Callable[[str], bool]) -> list[str]:
    """The sentence, in two at the first "and" after which a step begins; and so on with the rest."""
    joints = list(_AND.finditer(sentence))
    for joint in joints if len(joints) <= MOST_JOINTS else ():
        rest = sentence[joint.end() :]
        if joint.start() and _begins(rest, is_known):
            return [_bare(sentence[: joint.start()]), *_parts(rest, is_known)]
    return [_bare(sentence)]


def _begins(words: str, is_known: Callable[[str], bool]) -> bool:
    """Whether these words are a step, or begin with one that is joined to more."""
    if is_known(_bare(words)):
        return True
    return any(is_known(_bare(words[: joint.start()])) for joint in islice(_AND.finditer(words), _JOINTS_AHEAD))


def _bare(words: str) -> str:
    """Without courtesy and signs at its ends; one blank between words, commas and colons standing alone."""
    said = re.sub(r"\s*(,|:(?!\d))\s*", r" \1 ", words.replace("’", "'"))
    said = " ".join(said.split()).strip(" .,!?;-")
    while (shorter := _AFTER.sub("", _COURTESY.sub("", said)).strip(" .,!?;-")) != said:
        said = shorter
    return said
