"""The chat face: a film's conversation in a browser. Words stream, each call is a card, what needs a yes waits on its card with its price.

The conversation itself is `glimmer.chat.Chat`, the same object that a cell talks to: what is said in code is seen here as it comes, and
what another notebook says is found in the store. A message is answered in a thread of our own, so that Stop and the next message are
heard while a cell runs.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Mapping
from typing import Any, Final

from glimmer import log
from glimmer.agents.orchestrator import checked_words
from glimmer.chat import Chat
from glimmer.display import plain_line
from glimmer.errors import GlimmerError, MissingPiece
from glimmer.widgets.chat_asks import (
    Again,
    Answer,
    Attach,
    Attached,
    Dismiss,
    Earlier,
    Edit,
    Fork,
    NewTalk,
    OpenTalk,
    Page,
    Regenerate,
    Rename,
    Resume,
    Say,
    SendQueued,
    Stop,
    Strip,
    TakeBack,
)
from glimmer.widgets.chat_attach import taken_into
from glimmer.widgets.chat_pages import script_page, strip_of
from glimmer.widgets.chat_state import Busy, ChatState, ProblemState, QueuedState, TalkState
from glimmer.widgets.chat_telling import Bar, Live, Teller, attached_words
from glimmer.widgets.chat_turns import TurnLine
from glimmer.widgets.face import answers
from glimmer.widgets.film_face import FilmFace
from glimmer.widgets.first_words import first_words, forget_first_words
from glimmer.widgets.following import look_now
from glimmer.widgets.runtime import later, on_loop
from glimmer.widgets.wire import Operation

__all__ = ["ChatFace"]

_FLUSH_SECONDS: Final = 0.04  # 25 patches a second at most: a front end drops what comes faster
_LOOK_SECONDS: Final = 0.7  # whether another notebook, or another chat here, has said something
_AT_FIRST: Final = 60  # messages; more are asked for by who scrolls up
_TITLE_CHARS: Final = 60
_EXAMPLES: Final = (  # each understood by rehearsal, too
    "Write a short film about a lighthouse keeper who teaches a lost whale to sing",
    "Make a tender 20 second film about two robots in the rain",
    "What do we have so far?",
    "/help",
)
_FURTHER: Final = (
    "Make the film",
    "Shoot two more takes of scene 1",
    "Make the music more hopeful",
    "What is missing, and what would it cost?",
)


class ChatFace(FilmFace):
    """A film's conversation."""

    bundle = "chat"
    called = "chat"
    shows = ChatState

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self._teller = Teller(chat.film)  # type: ignore[arg-type]  # a film that can be talked about is a Project wherever a face is
        self._lives: dict[int, Live] = {}  # by conversation: what streams in, before the store has it
        self._most = _AT_FIRST
        self._lines: dict[int, TurnLine] = {}
        self._heard_lock = threading.Lock()
        self._is_closed = False
        self._pulse = ""  # of what is shown
        self._pieces: list[tuple[int, int, str]] = []
        self._bars: dict[tuple[int, int, int], Bar] = {}
        self._flush_is_due = False
        super().__init__(chat.film)  # type: ignore[arg-type]
        face = weakref.ref(self)
        self._unlisten = chat.listen(lambda event: _hand_on(face, event), whole=True)
        on_loop(_look(face))

    def close(self) -> None:
        """It is shown no more. What is being answered goes on, and is in the store."""
        self._is_closed = True
        self._unlisten()
        super().close()

    # ── what is shown ──────────────────────────────────────────────────────────────────────────────────────
    def card(self) -> object:
        return self.chat

    def state(self) -> dict[str, Any]:
        """The conversation, its newest messages, and what is under way."""
        chat, number = self.chat, self.chat.number
        line = self._lines.get(number)
        self._pulse = chat.pulse()  # before all else: what is said from now on is another one
        busy = self._busy(line)  # before the rows: where nobody is busy, these are the last
        rows = chat.rows
        self._drain()  # after the rows: what the store has of a reply was heard before
        messages, earlier = self._teller.messages(rows, self._most, self._live_of(number))
        talks = {
            f"{row.number}": TalkState(number=row.number, title=row.title, rows=row.messages, made_at=row.made_at)
            for row in chat.talks
        }
        told = ChatState(
            film=self.film.title,
            number=number,
            title=talks[f"{number}"].title if f"{number}" in talks else "",
            models=self.film.models.note,
            rehearsal=self.film.models.talk.name.startswith("rehearsal"),
            spent_usd=self.film.spent_usd,
            talks=talks,
            messages=messages,
            earlier=earlier,
            busy=busy,
            queue={each.id: QueuedState(order=each.order, text=each.text) for each in line.waiting if each.text} if line else {},
            held=line is not None and line.is_held,
            pending=len(chat.pending),
            problem=line.problem if line is not None else ProblemState(words=""),
            examples=() if messages else _EXAMPLES if self.film.store.screenplay() is None else _FURTHER,
            first="" if messages else first_words(self.film),
        )
        return told.model_dump(mode="json", exclude_defaults=True) | {"number": number}

    def _busy(self, line: TurnLine | None) -> Busy:
        if line is not None and line.works:
            return "stopping" if line.is_stopping else "here"
        by = self.chat.answered_by
        return "" if not by else "here" if by == "here" else "elsewhere"

    def _line_of(self, number: int) -> TurnLine:
        if number not in self._lines:
            self._lines[number] = TurnLine(self.chat.at(number), self.changed)
        return self._lines[number]

    # ── what is heard of a turn ────────────────────────────────────────────────────────────────────────────
    def hear(self, event: Mapping[str, Any]) -> None:
        """Something has happened in a turn of this chat, in whichever conversation. Any thread; returns at once."""
        kind, talk = event["type"], event["conversation"]
        if kind == "began":  # at once: words that come now are this turn's
            self._lives[talk] = Live(turn=event["turn"])
        if kind == "text":
            self._collect(lambda: self._pieces.append((talk, event["row"], event["text"])))
        elif kind == "progress":
            bar = (event["label"], round(event["share"], 3), event["text"])
            self._collect(lambda: self._bars.__setitem__((talk, event["row"], event["at"]), bar))
        else:
            self._line.put(self._flush)
            self._line.put(lambda: self._turned(event))

    def _collect(self, note: Callable[[], None]) -> None:
        with self._heard_lock:
            note()
            if self._flush_is_due:
                return
            self._flush_is_due = True
        later(_FLUSH_SECONDS, lambda: self._line.put(self._flush))

    def _turned(self, event: Mapping[str, Any]) -> None:
        """In the face's line: a turn has begun, moved on or ended."""
        talk = event["conversation"]
        if event["type"] == "began" and (line := self._lines.get(talk)) is not None:
            line.has_begun()
        elif event["type"] == "done" and self._live_of(talk).turn == event["turn"]:
            self._lives.pop(talk, None)  # the store has all of it
        self._publish()

    def _live_of(self, talk: int) -> Live:
        return self._lives.get(talk) or Live()

    def _flush(self) -> None:
        """In the face's line: what has streamed in since, as one patch."""
        with self._heard_lock:
            self._flush_is_due = False
        shown = self.chat.number
        pieces, bars = self._drain()
        self._stream(
            _joined([(row, text) for talk, row, text in pieces if talk == shown]),
            {(row, at): bar for (talk, row, at), bar in bars.items() if talk == shown},
        )

    def _drain(self) -> tuple[list[tuple[int, int, str]], dict[tuple[int, int, int], Bar]]:
        """In the face's line: take what has streamed in since, and note it where `state()` finds it."""
        with self._heard_lock:
            pieces, self._pieces = self._pieces, []
            bars, self._bars = self._bars, {}
        for talk, row, text in pieces:
            live = self._live_of(talk)
            live.words[row] = live.words.get(row, "") + text
        for (talk, row, at), bar in bars.items():
            self._live_of(talk).bars[row, at] = bar
        return pieces, bars

    def _stream(self, words: dict[int, str], bars: dict[tuple[int, int], Bar]) -> None:
        """Send what has streamed into the conversation that is shown; what begins a new part is sent with it."""
        id = f"{self._live_of(self.chat.number).turn}g"
        if self._shown is None or not (words or bars):
            return
        parts = self._shown.get("messages", {}).get(id, {}).get("parts", {}) if self._shown["number"] == self.chat.number else {}
        if any(f"{row}" not in parts for row in words) or any(f"{row}.{at}" not in parts for row, at in bars):
            self._publish()
            return
        operations: list[Operation] = [["append", ["messages", id, "parts", f"{row}", "text"], text] for row, text in words.items()]
        operations += [
            ["merge", ["messages", id, "parts", f"{row}.{at}", "call"], {"label": label, "share": share, "progress": text}]
            for (row, at), (label, share, text) in bars.items()
        ]
        self._tell(operations)

    def _tell(self, operations: list[Operation]) -> None:
        with self._sending:
            for operation in operations:
                self._shown = _with(self._shown, operation)
            self.say(operations)

    # ── what is asked ──────────────────────────────────────────────────────────────────────────────────────
    @answers(Say)
    def _say(self, ask: Say) -> dict[str, Any]:
        text = self._whole(ask.text, ask.attached)
        number = self.chat.number or self.chat.new(plain_line(text)[:_TITLE_CHARS]).number
        if not self.chat.title and not self.chat.rows:
            self.chat.rename(text)  # one that was begun with a button is called after the first thing that is said
        queued = self._line_of(number).put(text, lambda chat: chat.say(text, allow_usd=ask.allow_usd, quiet=True))
        forget_first_words(self.film)  # what was said instead is as good
        return {"queued": queued}

    def _whole(self, text: str, attached: list[Attached]) -> str:
        """What is said, with what came along in words. Raises: InputError for nothing; MissingPiece for a take that is not there."""
        made = [self._teller.made(each.bucket, each.key, each.take) for each in attached]
        gone = next((each for each in made if not each.asset), None)
        if gone is not None:
            raise MissingPiece(f'"{gone.name}" is not in the film any more, so it can\'t go along. Take it off, or attach another.')
        said = text.strip() or ("Look at this." if made else "")
        return checked_words(said + attached_words(made))

    @answers(Stop, at_once=True)
    def _stop(self, ask: Stop) -> bool:
        number = self.chat.number
        line = self._lines.get(number)
        there = line.stop() if line is not None else self.chat.stop()
        self.changed()
        return there

    @answers(TakeBack)
    def _take_back(self, ask: TakeBack) -> str:
        return self._line_of(self._there()).take_back(ask.id)

    @answers(SendQueued)
    def _send_queued(self, ask: SendQueued) -> None:
        self._line_of(self._there()).release()

    @answers(Answer)
    def _answered(self, ask: Answer) -> None:
        if not any(call.digest == ask.digest for call in self.chat.pending):
            raise MissingPiece("this does not wait for an answer any more: it was answered elsewhere, or the film has changed.")

        def work(chat: Chat) -> object:
            return chat.yes(ask.digest, quiet=True) if ask.yes else chat.no(ask.digest, quiet=True)

        self._line_of(self._there()).put("", work, first=True)

    @answers(Resume)
    def _resume(self, ask: Resume) -> None:
        self._line_of(self._there()).put("", lambda chat: chat.resume(allow_usd=ask.allow_usd, quiet=True), first=True)

    @answers(Again)
    def _again(self, ask: Again) -> None:
        call = (ask.row, ask.at)
        self._line_of(self._there()).put("", lambda chat: chat.again(call, allow_usd=ask.allow_usd, quiet=True), first=True)

    @answers(Regenerate)
    def _regenerate(self, ask: Regenerate) -> int:
        return self._said_anew(ask.turn, "", ask.allow_usd)

    @answers(Edit)
    def _edit(self, ask: Edit) -> int:
        return self._said_anew(ask.turn, checked_words(ask.text), ask.allow_usd)

    def _said_anew(self, turn: int, text: str, allow_usd: float) -> int:
        """Say a turn's message again in a conversation that ends before it; the one it was said in stays. Returns: the new one's number."""
        said = next((each for each in self.chat.messages if each.turn == turn and each.role == "you"), None)
        if said is None:
            raise MissingPiece("that message is not in this conversation any more.")
        again = text or said.text
        if said.number > 1:
            self.chat.fork(said.number - 1)
        else:
            self.chat.new(plain_line(again)[:_TITLE_CHARS])
        self._show_from_the_end()
        self._line_of(self.chat.number).put(again, lambda chat: chat.say(again, allow_usd=allow_usd, quiet=True))
        return self.chat.number

    # ── conversations ──────────────────────────────────────────────────────────────────────────────────────
    @answers(Fork)
    def _fork(self, ask: Fork) -> int:
        self.chat.fork(ask.at)
        return self._show_from_the_end()

    @answers(NewTalk)
    def _new_talk(self, ask: NewTalk) -> int:
        if not self.chat.number or self.chat.rows:  # one that is empty already is as good as a new one
            self.chat.new()
        return self._show_from_the_end()

    @answers(OpenTalk)
    def _open_talk(self, ask: OpenTalk) -> int:
        self.chat.open(ask.number)
        return self._show_from_the_end()

    @answers(Rename)
    def _rename(self, ask: Rename) -> None:
        self.chat.rename(ask.title)
        self.changed()

    @answers(Earlier)
    def _earlier(self, ask: Earlier) -> None:
        self._most += _AT_FIRST
        self.changed()

    @answers(Dismiss)
    def _dismiss(self, ask: Dismiss) -> None:
        if (line := self._lines.get(self.chat.number)) is not None:
            line.problem = ProblemState(words="")
        self.changed()

    def _show_from_the_end(self) -> int:
        self._most = _AT_FIRST
        self.changed()
        return self.chat.number

    def _there(self) -> int:
        if not self.chat.number:
            raise MissingPiece("nothing was said yet. Say something first.")
        return self.chat.number

    # ── what goes along, and what is opened ────────────────────────────────────────────────────────────────
    @answers(Attach, apart=True)
    def _attach(self, ask: Attach) -> dict[str, Any]:
        with self.uploads.taken(ask.upload) as path:
            taken = taken_into(self.film, path, self._teller)
        look_now(self.film.store)
        return taken

    @answers(Page, apart=True)
    def _page(self, ask: Page) -> dict[str, Any]:
        return script_page(self.film.screenplays[ask.version])

    @answers(Strip, apart=True)
    def _strip(self, ask: Strip) -> dict[str, Any]:
        return strip_of(self.film.cuts[ask.version])


def _joined(pieces: list[tuple[int, str]]) -> dict[int, str]:
    joined: dict[int, str] = {}
    for row, text in pieces:
        joined[row] = joined.get(row, "") + text
    return joined


def _with(state: Any, operation: Operation) -> Any:
    """A state after an append or a merge; what is not touched stays the same object."""
    kind, path, value = operation

    def at(old: Any, steps: list[str]) -> Any:
        if not steps:
            return (old or "") + value if kind == "append" else {**(old or {}), **value}
        return {**(old or {}), steps[0]: at((old or {}).get(steps[0]), steps[1:])}

    return at(state, path)


def _hand_on(face: weakref.ref[ChatFace], event: Mapping[str, Any]) -> None:
    if (there := face()) is not None:
        there.hear(event)


async def _look(of: weakref.ref[ChatFace]) -> None:
    """What other notebooks say, and other chats of this one: looked for now and then while somebody looks at the face."""
    while (face := of()) is not None and not face._is_closed:
        if face._shown is not None:
            try:
                if await asyncio.to_thread(face.chat.pulse) != face._pulse:
                    face.changed()
            except GlimmerError as error:
                log.warning(
                    "face.failed", face="chat", words=str(error)[:300]
                )  # the disk is away for a moment; the next look tells
        del face
        await asyncio.sleep(_LOOK_SECONDS)
