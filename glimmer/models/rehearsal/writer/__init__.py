"""The rehearsal writer: a draft from templates, so that an idea can become a film with no key; a person or a paid writer rewrites it."""

from __future__ import annotations

import hashlib
import random
import re
from typing import Final

from glimmer.errors import SettingsError
from glimmer.models.interface import Made, WriteRequest
from glimmer.models.rehearsal.writer.draft import Drafted, draft, read_tone
from glimmer.models.rehearsal.writer.logline import Story, plain_words, read_logline

__all__ = ["RehearsalWriter"]

SHORTEST_SECONDS: Final = 5.0
CREDIT: Final = "a rehearsal draft, written from templates"


class RehearsalWriter:
    """Writes a short screenplay about a logline. Reads English grammar, understands nothing; the same request, the same text."""

    name: Final = "rehearsal/writer"
    version: Final = "2"

    def write(self, request: WriteRequest) -> Made:
        """Fountain, UTF-8, that plays for about `request.seconds` (5 s to 10 min; a longer wish gets the longest draft).

        Its title page and `notices` say that it comes from templates. Raises SettingsError below 5 seconds.
        """
        if not request.seconds >= SHORTEST_SECONDS:
            raise SettingsError(
                f"a film of {request.seconds:g} seconds; at least {SHORTEST_SECONDS:g} are needed for a picture and a line."
            )
        story = read_logline(request.logline, request.seed)
        chance = random.Random(_seed(request))
        drafted = draft(story, read_tone(plain_words(request.tone), plain_words(request.logline)), request.seconds, chance)
        text = f"{_title_page(request, story)}\n\n{drafted.text}\n"
        return Made(media=text.encode(), media_type="text/vnd.fountain", notices=_notices(request, story, drafted))


def _seed(request: WriteRequest) -> int:
    told = f"{request.title}\n{request.logline}\n{request.tone}\n{request.seed}"
    return int.from_bytes(hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:8])


def _title_page(request: WriteRequest, story: Story) -> str:
    title = _one_line(request.title, 120) or "Untitled"
    logline = _one_line(request.logline, 300)
    rows = [f"Title: {title}", f"Credit: {CREDIT}", "Notes:"]
    if logline:
        rows.append(f"   Logline: {logline}")
    if _one_line(request.tone, 120):
        rows.append(f"   Tone: {_one_line(request.tone, 120)}")
    read = (
        "The people and the place come from the logline; the scenes and lines do not."
        if story.read
        else "The logline could not be read."
    )
    rows.append(f"   {read} Rewrite freely.")
    return "\n".join(rows)


def _one_line(text: str, at_most: int) -> str:
    text = plain_words(text) if re.search("[A-Za-z]", text) else re.sub(r"[\x00-\x1f*_\[\]{}<>|/#=@~\\]+", " ", text)
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= at_most else text[:at_most].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _notices(request: WriteRequest, story: Story, drafted: Drafted) -> tuple[str, ...]:
    notices = ["This screenplay is a rehearsal draft, written from templates: a start to write over."]
    if not story.read:
        notices.append("The rehearsal writer reads English only: nothing of this logline could be used.")
    if drafted.seconds < 0.8 * request.seconds:
        why = "the templates hold no more" if drafted.seconds > 120 else "no other of the templates' moments fits into what is left"
        notices.append(
            f"The draft plays for about {_length(drafted.seconds)}, not {_length(request.seconds)}: {why}. Add scenes of your own."
        )
    return tuple(notices)


def _length(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds > 120 else f"{seconds:.0f} seconds"
