"""Telling a chat: from the rows of the store to what its browser half is told of a conversation.

What streams in is known here before the store has it: words and bars of the turn that is under way are laid over the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from glimmer.agents.calling import needs_a_yes_for
from glimmer.agents.turns import Kept, closed
from glimmer.chat_messages import Call, Message, call_of, messages_of
from glimmer.errors import GlimmerError
from glimmer.project import Project
from glimmer.widgets.chat_state import CallCard, MadeCard, MessageState, PartState

__all__ = ["Bar", "Live", "Teller", "attached_words"]

_ATTACHED: Final = re.compile(r"\n*^Attached: (.+)\Z", re.M)
_ONE: Final = re.compile(r'(video|audio|music|character) "([^"\n]{1,200})" take (\d{1,6})')
_BUCKET_WORDS: Final = {"video": "video", "audio": "audio", "music": "music", "characters": "character"}
_LONGEST_ANSWER: Final = 4_000  # characters on a card; all of it is in the store


Bar = tuple[str, float, str]  # of a piece of work: label, share (0..1, -1 for nobody knows), how far it is in words


@dataclass
class Live:
    """What is known of a turn that is under way, before the store has it. words: by row; bars: by (row, at)."""

    turn: int = 0
    words: dict[int, str] = field(default_factory=dict)
    bars: dict[tuple[int, int], Bar] = field(default_factory=dict)


def attached_words(made: Sequence[MadeCard]) -> str:
    """What came along, as a model reads it: 'Attached: video "2A" take 2; audio "12" take 1'."""
    if not made:
        return ""
    return "\n\nAttached: " + "; ".join(f'{_BUCKET_WORDS[each.bucket]} "{_plain(each.name)}" take {each.take}' for each in made)


def _plain(name: str) -> str:
    return name.replace('"', "'").replace("\n", " ")


class Teller:
    """Tells the messages of one film's conversations. Keeps what it looked up: a take never becomes another one."""

    def __init__(self, film: Project) -> None:
        self._film = film
        self._made: dict[tuple[str, str, int], MadeCard] = {}

    def messages(self, rows: Sequence[Kept], most: int, live: Live) -> tuple[dict[str, MessageState], int]:
        """The newest `most` messages by id, and how many came before them."""
        every = messages_of(rows)
        shown = every[-most:]
        wanted = {each.turn for each in shown}
        of_turn: dict[int, list[Kept]] = {}
        for row in rows:
            if row.turn in wanted:
                of_turn.setdefault(row.turn, []).append(row)
        told = {f"{each.turn}{each.role[0]}": self._message(each, of_turn.get(each.turn, []), live) for each in shown}
        return told, len(every) - len(shown)

    def _message(self, message: Message, rows: Sequence[Kept], live: Live) -> MessageState:
        known = {
            "number": message.number,
            "role": message.role,
            "turn": message.turn,
            "state": message.state,
            "notice": message.notice,
            "usd": message.usd,
            "seconds": message.seconds,
            "made_at": message.made_at,
            "model": message.model,
        }
        if message.role == "you":
            text, attached = self._said(message.text)
            small = any(row.role == "granted" for row in rows)
            return MessageState.model_validate({**known, "text": text, "attached": attached, "small": small})
        return MessageState.model_validate({**known, "parts": self._parts(rows, message.state != "open", live)})

    def _said(self, text: str) -> tuple[str, tuple[MadeCard, ...]]:
        """What a person said, and the takes that went along."""
        found = _ATTACHED.search(text)
        if found is None:
            return text, ()
        named = [self._named(*one) for one in _ONE.findall(found.group(1))]
        if not named or any(each is None for each in named):
            return text, ()
        return text[: found.start()], tuple(each for each in named if each is not None)

    def _named(self, word: str, name: str, take: str) -> MadeCard | None:
        bucket = "characters" if word == "character" else word
        try:
            return self.made(bucket, self._film.store.entry_named(bucket, word, name).key, int(take))
        except GlimmerError:
            return None  # it was renamed, or is in the trash: then its words stand as they were said

    def _parts(self, rows: Sequence[Kept], is_over: bool, live: Live) -> dict[str, PartState]:
        parts: dict[str, PartState] = {}
        for kept in rows:
            row = closed(kept) if is_over else kept
            if row.role == "model":
                text = live.words.get(row.number, row.text)
                if text.strip() or (row.number in live.words):
                    parts[f"{row.number}"] = PartState(row=row.number, text=text)
            elif row.role in ("tools", "granted"):
                for at, call in enumerate(row.calls):
                    bar = live.bars.get((row.number, at)) if call.state == "running" else None
                    parts[f"{row.number}.{at}"] = PartState(row=row.number, at=at, call=self._card(call_of(call), bar))
        return parts

    def _card(self, call: Call, bar: Bar | None) -> CallCard:
        why = needs_a_yes_for(call.answer) if call.state == "pending" else ""
        label, share, progress = bar or ("", -1.0, "")
        return CallCard(
            name=call.name,
            line=call.line,
            state=call.state,
            seconds=round(call.seconds, 2),
            usd=call.usd,
            high_usd=call.high_usd,
            answer=call.answer[:_LONGEST_ANSWER],
            why=why,
            digest=call.digest if call.state == "pending" else "",
            makes=tuple(self.made(*each) for each in call.shows),
            render=call.render_job,
            script=call.script,
            cut=call.cut,
            label=label,
            share=share,
            progress=progress,
        )

    def made(self, bucket: str, key: str, take: int) -> MadeCard:
        """A take as a card shows it; take 0: the one that cuts use. What is not there any more has no asset."""
        known = self._made.get((bucket, key, take))
        if known is not None:
            return known
        try:
            entry, takes = self._film.store.entry(bucket, key), self._film.store.takes(bucket, key, trashed=True)
        except GlimmerError:
            return MadeCard(bucket=bucket, key=key, take=take, name=key)
        used = entry.used if take == 0 else None
        found = next((each for each in takes if (each.id == used.id if used is not None else each.number == take)), None)
        if found is None:
            return MadeCard(bucket=bucket, key=key, take=take, name=entry.name)
        card = MadeCard(
            bucket=bucket,
            key=key,
            take=found.number,
            name=entry.name,
            asset=found.asset,
            media_type=found.media_type,
            seconds=round(found.seconds, 2),
        )
        self._made[bucket, key, found.number] = card
        return card
