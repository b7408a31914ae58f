"""What rehearsal says: what came of its calls, in the tools' own words, and plainly what it can't do and what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from glimmer.models.rehearsal.talk.phrases import SAYINGS
from glimmer.models.talking import Part

__all__ = ["cannot", "lacking", "nothing_asked", "pasted_script", "told"]

_FENCE: Final = re.compile(r"\A(?:<data>|⟦data⟧)\n|\n(?:</data>|⟦end of data⟧)\Z")
_WAITS: Final = re.compile(r"needs a yes from the person, for (.*?)\. It waits", re.S)  # as a call that may not run yet is told
_KEY: Final = (
    "With a Gemini key (GEMINI_API_KEY) a model that understands any sentence answers here; then it costs money, and asks first."
)
_LONGEST: Final = 3_000

# What people ask for that no tool does, and what comes nearest.
NEAREST: Final[tuple[tuple[str, str], ...]] = (
    (r"bigger|larger|smaller|closer|huge|tiny|size", 'push the camera in ("push in on 2A"), or change the shot: film.video["2A"].edit(size="CU")'),
    (r"colou?r|red|blue|green|yellow|coat|hair|dress|hat|beard|face|clothes", 'change a design: film.characters["MARA"].edit(garment_colour="#aa3300")'),
    (r"voice|accent|pitch|deeper", 'change a voice: film.characters["MARA"].edit(voice={"pitch": 0.9})'),
    (r"rewrite|reword|funnier|punch|dialogue|line|plot|ending|story|scene", 'say the words yourself ("change line 3 to …"), or "make scene 2 rain"'),
    (r"music|song|score|melody|theme", 'another mood: "make the music sadder"'),
    (r"faster|slower|shorter|longer|pace|tighten|trim|cut", 'trim a clip: "trim 12 frames off the head of 1A"'),
    (r"picture|shot|take|camera|angle|light|image|board", 'more takes: "shoot two more takes of scene 2"'),
    (r"delete|remove|throw|erase|clear", 'one take at a time: "delete take 2 of 1A"; it asks first'),
)  # fmt: skip
# A sentence that tells of somebody and asks for nothing: what a film could be about.
_IDEA: Final = re.compile(r"^(?:an?|two|three|four|once upon|in an?|on an?)\b(?:\W+\w+){4,}", re.I)
_ASKS: Final = re.compile(
    r"^(?:what|who|when|where|why|how|which|is|are|was|were|did|does|do|has|have|should|would|tell me about)\b", re.I
)


def told(results: Sequence[Part], unread: Sequence[str] = ()) -> str:
    """What came of the calls, one after the other; then what was not understood."""
    said = [_said(result) for result in results]
    if unread:
        said.append(cannot(unread))
    return "\n\n".join(each for each in said if each) or "Done."


def _said(result: Part) -> str:
    words = _words(result)
    if waits := _WAITS.search(words):
        return f"That waits for your yes, as {waits.group(1)}: say it on the card, or type /yes or /no."
    return f"That did not work: {words}" if result.is_error and not words.startswith("not run") else words


def _words(result: Part) -> str:
    found = result.result.get("error") or result.result.get("data") or result.result.get("text") or ""
    words = _FENCE.sub("", str(found)).strip()
    return words if len(words) <= _LONGEST else words[:_LONGEST].rstrip() + " …"


def cannot(unread: Sequence[str]) -> str:
    """That nobody here can do that, and the nearest thing that can be done."""
    asked = "; ".join(f"“{_short(step)}”" for step in unread[:3])
    if len(unread) == 1 and _IDEA.match(unread[0]):
        return f"I take {asked} for an idea, and have done nothing yet. To make a film of it: “write a film about {_short(unread[0])}”. {_KEY}"
    near = next((words for pattern, words in NEAREST if any(re.search(rf"\b(?:{pattern})", step, re.I) for step in unread)), "")
    if not near and all(_ASKS.match(step) for step in unread):
        return f"I can't answer {asked}: in rehearsal I only know this film, not the world. Ask what it has: /status, /script, /plan. {_KEY}"
    nearest = f"The nearest I can do: {near}." if near else "/help says what I can do."
    return f"I can't do {asked} in rehearsal, and I have changed nothing for it. {nearest} {_KEY}"


def lacking(tools: Sequence[str], there: Collection[str]) -> str:
    return f"That would take {', '.join(tools)}, which this conversation does not have. It has: {', '.join(sorted(there)) or 'no tools'}. Nothing was done."


def pasted_script() -> str:
    return (
        "That reads like a script, so I took none of it as an instruction. To make it the film's script: %%screenplay above it in a cell, "
        'or film.screenplays.add("""…""").'
    )


def nothing_asked() -> str:
    examples = ("make a film about a fox who whistles", "make scene 2 rain", "shoot two more takes of 2A", "what would it cost?")
    return f"Say what to do, for instance: {'; '.join(examples)}. /help lists all commands; {len(SAYINGS)} ways of saying things are known."


def _short(words: str) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return line if len(line) <= 80 else line[:79] + "…"
