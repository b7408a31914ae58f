"""What a prompt brings: the title, the logline, the people and the script that stand in it, marked (<title> … </title>) or in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Material", "material_in"]

_HEADING: Final = re.compile(r"(?:INT|EXT|EST|INT\./EXT|I/E)[. ].{2,80}")
_MARKED: Final = re.compile(
    r"^<([a-z_]+)>\n(.*?)\n</\1>$", re.DOTALL | re.MULTILINE
)  # on lines of their own: talk of <script> is no script
_ROLES: Final = (
    "keeper captain sailor fisher boy girl woman man child mother father daughter son sister brother whale gull dog cat fox bird bear robot "
    "ghost teacher baker painter doctor detective king queen driver pilot nurse singer dancer giant dragon stranger witch wolf horse"
).split()
_NO_NAMES: Final = frozenset(
    "EXT INT DAY NIGHT DAWN DUSK THE AND JSON FADE CUT TO IN OUT ON OFF YOU A AN OF FOR WITH NOT MUST NEVER ONLY WRITE USE NO OR IF AS ALL IT IS BE".split()
)


@dataclass(frozen=True)
class Material:
    """What could be made out. names: in capitals, at least two. named: those that the prompt itself has, which may be none."""

    words: str
    title: str
    logline: str
    tone: str
    seconds: float
    names: tuple[str, ...]
    named: tuple[str, ...]
    heading: str
    script: str
    beat: str
    instruction: str
    known: tuple[str, ...] = ()  # who was seen already


def material_in(words: str) -> Material:
    """Never fails: what does not stand there is made up. The same words, the same material."""
    tags: dict[str, str] = dict(_MARKED.findall(words))
    plain = _MARKED.sub(" ", words)
    script = tags.get("script", "")
    logline = tags.get("logline") or tags.get("idea") or _about(plain if not tags else " ".join(tags.values()))
    named = _named(plain, tags)
    return Material(
        words=words,
        title=tags.get("title") or _title(plain),
        logline=" ".join(logline.split())[:400],
        tone=tags.get("tone", ""),
        seconds=_seconds(plain),
        names=_enough(named, logline),
        named=named,
        heading=_heading(plain, script),
        script=script,
        beat=" ".join(tags.get("beat", "").split()),
        instruction=_instruction(plain),
        known=tuple(re.findall(r"[A-Z][A-Z'\-]+", "".join(re.findall(r"Seen already[^:\n]*:([^\n]*)", plain)))),
    )


def _title(plain: str) -> str:
    quoted = re.search(r"(?:film|called|titled|title|screenplay|script)\W{1,3}[\"“]([^\"”\n]{1,80})[\"”]", plain, re.IGNORECASE)
    return quoted.group(1) if quoted else "The Last Tide"


def _about(plain: str) -> str:
    found = re.search(r"\babout\b[:\s]+(.{4,300}?)(?:[.!?\n]|$)", plain)
    return found.group(1) if found and not found.group(1)[0].isdigit() else " ".join(plain.split())[:200]


def _seconds(plain: str) -> float:
    found = re.search(r"(\d{1,4}(?:\.\d+)?)[\s-]*seconds?\b", plain)
    return min(600.0, max(5.0, float(found.group(1)))) if found else 30.0


def _named(plain: str, tags: dict[str, str]) -> tuple[str, ...]:
    """Names in capitals: of a list of the cast, else of the cues of a script, else of the words, where these are few."""
    listed = re.findall(r"^- ([A-Z][A-Z0-9 .'\-]{1,30})(?::|$)", plain, re.MULTILINE)
    cues = re.findall(r"^([A-Z][A-Z '\-]{1,24})(?: \(.{1,12}\))?\n\S", tags.get("script", ""), re.MULTILINE)
    spoken = re.search(r"said by ([A-Z][A-Z '\-]{1,24})\b", plain)
    loose = re.findall(r"\b[A-Z][A-Z'\-]{2,20}\b", " ".join(tags.values()) if tags else plain[-2_000:])
    found = listed or ([spoken.group(1)] if spoken else []) + cues or loose
    return tuple(dict.fromkeys(each.strip() for each in found if each.strip() not in _NO_NAMES))[:6]


def _enough(named: tuple[str, ...], logline: str) -> tuple[str, ...]:
    if len(named) > 1:
        return named
    said = re.findall(r"[a-z]+", logline.lower())
    roles = [each.upper() for each in said if each in _ROLES]
    return tuple(dict.fromkeys([*named, *roles, "MARA", "TOM"]))[: max(2, min(3, len(named) + len(roles)))]


def _heading(plain: str, script: str) -> str:
    asked = re.search(r"[Hh]eading[^\n\"“]{0,40}[\"“]([^\"”\n]+)[\"”]", plain)
    if asked and _HEADING.match(asked.group(1)):
        return asked.group(1)
    return next((row.strip() for row in script.splitlines() if _HEADING.fullmatch(row.strip())), "")


def _instruction(plain: str) -> str:
    found = re.search(r"(?:DIRECTOR ASKS[^\n]*\n|[Ii]nstruction:)\s*(.+?)(?:\n\s*\n|$)", plain, re.DOTALL)
    return " ".join(found.group(1).split())[:300] if found else ""
