"""Rehearsal's conversation: free, deterministic, offline. It understands commands and plain English for what the declared tools can do,
says what came of them, and says so where it can't. It never pretends.

    phrases (what people say) -> slots (the blanks in it) -> pattern (how a phrase matches) -> steps (a message taken apart) -> reading

One call a reply, so that each finds what the one before it made; the loop around it is the same as a paid model's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from glimmer.models.pricing import FREE, Estimate
from glimmer.models.rehearsal.talk.attached import with_attached
from glimmer.models.rehearsal.talk.slash import commands
from glimmer.models.talking import Part, TalkMessage, TalkReply, TalkRequest

if TYPE_CHECKING:
    from glimmer.models.rehearsal.talk.reading import Read

__all__ = ["RehearsalTalk", "commands"]

# What a conversation's loop says in a person's place; see agents/orchestrator.py and agents/turns.py.
_LOOP: Final = re.compile(
    r"^(?:You were cut off\.|Your last reply could not be read|A summary of what was said before|The person said (?:yes|no) to )"
)
_GRANTED: Final = re.compile(r"^The person said (yes|no) to .*?(?:What came of it:\n(.*)|It was not run\.)?$", re.S)


class RehearsalTalk:
    """A TalkModel by rules over the declared tools. The same conversation gets the same reply."""

    name = "rehearsal.talk"
    version = "1"

    def estimate(self, request: TalkRequest) -> Estimate:
        return FREE

    def talk(self, request: TalkRequest, on_text: Callable[[str], None] | None = None) -> TalkReply:
        """The next call, or what came of all of them."""
        parts = _reply(request)
        for word in re.findall(r"\S+\s*|\s+", "".join(part.text for part in parts)) if on_text else ():
            assert on_text is not None  # by the line above
            on_text(word)
        return TalkReply(message=TalkMessage(role="model", parts=tuple(parts), model=self.name))


def _reply(request: TalkRequest) -> list[Part]:
    from glimmer.models.rehearsal.talk.reading import read_text  # the phrases, which a film with another talker never needs

    at, said = _last_said(request.messages)
    if granted := _granted(request.messages):
        return [Part(text=granted)]
    tools = {tool.name for tool in request.tools}
    done = [part for message in request.messages[at + 1 :] for part in message.parts if part.kind == "result"]
    meant = commands(said)
    if meant is not None and all(part.kind == "text" for part in meant):
        return meant
    read = read_text(said, tools) if meant is None else _commanded(meant, tools)
    if len(done) < len(read.calls) and not any(part.is_error for part in done):
        call = read.calls[len(done)]
        return [Part(kind="call", id=f"r{at}-{len(done)}", name=call.tool, arguments=call.arguments)]
    return [Part(text=_answer(read, done, tools))]


def _commanded(parts: Sequence[Part], tools: set[str]) -> Read:
    from glimmer.models.rehearsal.talk.reading import Call, Read

    calls = tuple(Call(part.name, part.arguments) for part in parts)
    missing = tuple(dict.fromkeys(call.tool for call in calls if call.tool not in tools))
    return Read(() if missing else calls, (), missing)


def _answer(read: Read, done: Sequence[Part], tools: set[str]) -> str:
    from glimmer.models.rehearsal.talk import answers

    if read.is_script:
        return answers.pasted_script()
    if read.lacking:
        return answers.lacking(read.lacking, tools)
    left = len(read.calls) - len(done)
    words = answers.told(done, read.unread) if done or read.unread else answers.nothing_asked()
    return words + (f"\n\nSo I left out the {left} {'step' if left == 1 else 'steps'} after it." if left > 0 else "")


def _last_said(messages: Sequence[TalkMessage]) -> tuple[int, str]:
    """Where a person spoke last, and what they said; what the loop said in their place is not it."""
    for at in range(len(messages) - 1, -1, -1):
        message = messages[at]
        if message.role != "user" or any(part.kind == "result" for part in message.parts):
            continue
        texts = [part.text for part in message.parts if part.kind == "text" and not _LOOP.match(part.text)]
        if texts:
            return at, with_attached(texts[-1])
    return -1, ""


def _granted(messages: Sequence[TalkMessage]) -> str:
    """What came of the calls that a person has just said yes to, "" where they said no such thing."""
    from glimmer.models.rehearsal.talk import answers

    last = messages[-1] if messages else None
    if last is None or last.role != "user":
        return ""
    found = [_GRANTED.match(part.text) for part in last.parts if part.kind == "text" and part.text.startswith("The person said ")]
    said = [
        answers.told([Part(kind="result", result={"data": each.group(2) or ""})])
        if each.group(1) == "yes"
        else "All right, I left it."
        for each in found
        if each
    ]
    return "\n\n".join(said)
