"""Chat: a film's conversation, as a person holds it. `film.chat("make the whale bigger")`, or `chat = gl.Chat(film)` and `chat.say(…)`.

Everything said and done is in the store, so that any kernel that opens the film finds it, half a turn too. Nothing costs money beyond
what `allow_usd` allows for a turn; what needs a yes waits in `chat.pending` until a person says `chat.yes()` or `chat.no()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from typing import Any, Final, Protocol

from glimmer.agents.approving import Ask, at_the_keyboard, away_from_keyboard
from glimmer.agents.orchestrator import Commands, Orchestrator, TurnLimits, careful, checked_words
from glimmer.agents.prompting import Prompts
from glimmer.agents.talk_payments import TalkPayments
from glimmer.agents.tools import Toolbox
from glimmer.agents.turns import Kept, forked
from glimmer.assets import Assets, thumbnail
from glimmer.chat_card import chat_card
from glimmer.chat_live import face_here
from glimmer.chat_messages import Call, Calls, Message, Messages, call_of, messages_of
from glimmer.display import Html, Picture, Table, count_text, one_line, plain_line, thumbnail_uri
from glimmer.errors import GlimmerError, InputError, NotFound
from glimmer.extending import known_tools
from glimmer.faces import HasFace
from glimmer.film_tool_looks import FilmLike, look
from glimmer.models import Models
from glimmer.models.talking import Part
from glimmer.progress import State, progress_text
from glimmer.store.conversations import ConversationRow, Conversations

__all__ = ["Call", "Chat", "HasTalk", "Message"]

_TITLE_CHARS: Final = 60
_SEEN_WIDTH_PX: Final = 240

Listener = Callable[[Mapping[str, Any]], None]
_WHOLE_ONLY: Final = frozenset({"began", "progress"})  # heard by whoever listens to all of it


def slash_commands(text: str) -> list[Part] | None:
    """What "/words" mean; None where they are no command. Rehearsal knows them, whichever models are there."""
    from glimmer.models.rehearsal.talk import commands  # 0.1 s of patterns, which only whoever talks needs

    return commands(text)


class HasTalk(FilmLike, Protocol):
    """A film that can be talked about, and its tools worked on."""

    assets: Assets
    models: Models


class Chat(HasFace):
    """One conversation of a film: the newest, or the one with this `number`; a first one begins when something is said.

    tools: what it can do; the film's own by default. ask: who is asked for a yes (a callback; at a keyboard the person there). commands:
    what "/words" mean, free of any model. situation: what the model is told of the film each time, as words.
    """

    def __init__(
        self,
        film: HasTalk,
        number: int = 0,
        *,
        tools: Toolbox | None = None,
        ask: Ask = at_the_keyboard,
        commands: Commands | None = slash_commands,
        prompts: Prompts | None = None,
        situation: Callable[[], str] | None = None,
        limits: TurnLimits | None = None,
    ) -> None:
        """Raises: NotFound for a conversation that the film does not have."""
        self.film = film
        self._talks = Conversations(film.store.database, film.title, user=film.store.user, create=False)
        there = [row.number for row in self._talks.conversations()]
        if number and number not in there:
            raise NotFound.among("conversation", number, map(str, there))
        self.number = number or (there[-1] if there else 0)
        self._listeners: list[tuple[Listener, bool]] = []
        self._has_own_tools = tools is not None
        self._orchestrator = Orchestrator(
            talk=film.models.talk,
            tools=_tools_of(film) if tools is None else tools,
            talks=self._talks,
            title=film.title,
            prompts=film.agents.prompts if prompts is None else prompts,
            situation=situation or (lambda: _situation(film)),
            commands=commands,
            ask=ask,
            paying=TalkPayments(film.store, film.assets, lambda: self.number),
            models=film.models.note,
            limits=limits or TurnLimits(),
        )

    # ── talking ────────────────────────────────────────────────────────────────────────────────────────────
    def say(self, text: str, *, allow_usd: float = 0.0, yes: bool = False, quiet: bool = False) -> Message:
        """Say something, see the reply as it streams, and get it.

        allow_usd: what making may cost in this turn without asking. yes: agrees in code to what throws something away or leaves the studio.
        A model that fails is said in the reply's `state` and `notice`.
        Raises: InputError for empty or endless words, or while the conversation is being answered elsewhere; SettingsError for an impossible amount.
        """
        if isinstance(text, str) and text.strip().lower() in ("/yes", "/no"):
            return self._answer((), text.strip().lower() == "/yes", allow_usd, quiet)
        number = self.number or self._start(checked_words(text))
        return self._shown(lambda hear: self._orchestrator.say(number, text, allow_usd=allow_usd, yes=yes, hear=hear), quiet=quiet)

    __call__ = say

    def resume(self, *, allow_usd: float = 0.0, yes: bool = False, quiet: bool = False) -> Message:
        """Go on with a turn that was cut short: by an interrupt, a killed process, a lost connection, a limit. What had begun is not blindly
        done again. Raises: MissingPiece where nothing was cut short."""
        number = self._there()
        return self._shown(lambda hear: self._orchestrator.resume(number, allow_usd=allow_usd, yes=yes, hear=hear), quiet=quiet)

    def again(self, call: tuple[int, int], *, allow_usd: float = 0.0, quiet: bool = False) -> Message:
        """Try once more a call that failed, just as it was, and go on. call: its (row, place), as `listen` tells.

        Raises: MissingPiece where no such call has failed.
        """
        number = self._there()
        return self._shown(lambda hear: self._orchestrator.again(number, *call, allow_usd=allow_usd, hear=hear), quiet=quiet)

    def stop(self) -> bool:
        """End the turn that a thread of this process is answering, at the next seam; `resume` goes on with it. Returns: whether there is one."""
        return bool(self.number) and self._orchestrator.stop(self.number)

    @property
    def answered_by(self) -> str:
        """Who is answering just now: "here" for this process, another one's name, "" for nobody."""
        return self._orchestrator.answered_by(self.number) if self.number else ""

    def yes(self, *which: str | Call, allow_usd: float = 0.0, quiet: bool = False) -> Message:
        """Agree to what waits in `pending`, all of it or the calls named: each runs once, exactly as it stands there, and the talk goes on.

        Raises: MissingPiece where nothing waits.
        """
        return self._answer(which, True, allow_usd, quiet)

    def no(self, *which: str | Call, quiet: bool = False) -> Message:
        """Refuse what waits in `pending`, all of it or the calls named; nothing of it runs. Raises: MissingPiece where nothing waits."""
        return self._answer(which, False, 0.0, quiet)

    def _answer(self, which: tuple[str | Call, ...], yes: bool, allow_usd: float, quiet: bool) -> Message:
        digests = tuple(each.digest if isinstance(each, Call) else str(each) for each in which)
        number = self._there()
        return self._shown(
            lambda hear: self._orchestrator.answer(number, digests, yes, allow_usd=allow_usd, hear=hear), quiet=quiet
        )

    def _shown(self, turn: Callable[[Listener], int], *, quiet: bool) -> Message:
        if not self._has_own_tools:
            self._orchestrator.tools = _tools_of(self.film)  # a cell may have brought one since
        self._orchestrator.talk = self.film.models.talk  # and another model
        face = face_here(self._picture, quiet=quiet)
        talk = self.number

        def hear(event: Mapping[str, Any]) -> None:
            whole_only = event["type"] in _WHOLE_ONLY
            if not whole_only:
                careful(face.hear)(event)
            for listener, whole in tuple(self._listeners):
                if whole or not whole_only:
                    careful(listener)(_plain_event(event) | ({"conversation": talk} if whole else {}))

        try:
            number = turn(hear)
        except KeyboardInterrupt:
            if self.messages:
                face.close(self.messages[-1])
            raise
        reply = next(each for each in reversed(messages_of(self._orchestrator.rows(talk))) if each.turn == number)
        face.close(reply)
        return replace(reply, shown_in=face.cell)

    def at(self, number: int) -> Chat:
        """One conversation by itself, which stays where it is whichever one this chat goes on to. Whoever listens to this hears it too.

        Raises: NotFound.
        """
        twin = copy(self).open(number)
        paying = TalkPayments(self.film.store, self.film.assets, lambda: number)
        twin._orchestrator = replace(self._orchestrator, paying=paying)
        return twin

    @contextmanager
    def in_a_face(self) -> Iterator[None]:
        """Inside, what is said is shown by a face that listens: nothing is printed or asked here, and bars go to whoever listens."""
        before, self._orchestrator.own_bars = self._orchestrator.own_bars, True
        try:
            with away_from_keyboard():
                yield
        finally:
            self._orchestrator.own_bars = before

    def listen(self, callback: Listener, *, whole: bool = False) -> Callable[[], None]:
        """Let `callback` hear of every turn as it goes: dicts that JSON can hold. Returns: what stops it.

        {"type": "text", "text"}; {"type": "call", "row", "at", "name", "line", "state", "seconds", "usd", "shows", "answer"};
        {"type": "approval", "digest", "line", "high_usd", "answer"}; {"type": "done", "turn", "state", "reason"}.
        whole: of {"type": "began", "turn"} and {"type": "progress", "row", "at", "label", "share", "text"} too, each with its "conversation".
        """
        entry = (callback, whole)
        self._listeners.append(entry)
        return lambda: self._listeners.remove(entry) if entry in self._listeners else None

    # ── what was said ──────────────────────────────────────────────────────────────────────────────────────
    @property
    def messages(self) -> Messages:
        """Everything said in this conversation, in order; what another kernel said too."""
        return messages_of(self._orchestrator.rows(self.number)) if self.number else Messages()

    @property
    def rows(self) -> tuple[Kept, ...]:
        """The conversation as it is kept: each reply's words and calls by themselves, in the order they came."""
        return self._orchestrator.rows(self.number) if self.number else ()

    def pulse(self) -> str:
        """Another text whenever anybody, in any process, has said something in this film. Cheap."""
        return f"{self.number}.{self._talks.pulse(self.number)}"

    @property
    def talks(self) -> tuple[ConversationRow, ...]:
        """Every conversation of the film, oldest first."""
        return self._talks.conversations()

    @property
    def pending(self) -> Calls:
        """The calls that wait for a yes."""
        return Calls(call_of(call) for call in self._orchestrator.waiting(self.number)) if self.number else Calls()

    @property
    def conversations(self) -> Table:
        """Every conversation of the film. Open one with gl.Chat(film, number)."""
        rows = [(row.number, row.title, row.messages, row.made_at[:16].replace("T", " ")) for row in self._talks.conversations()]
        return Table(("number", "title", "rows", "begun"), rows, title=f"conversations about {self.film.title}")

    def rename(self, title: str, number: int = 0) -> Chat:
        """Call this conversation, or the one with that number, something else. Raises: NotFound; InputError for a title that can't be kept."""
        self._talks.rename_conversation(number or self._there(), plain_line(title)[:_TITLE_CHARS])
        return self

    @property
    def title(self) -> str:
        return next((row.title for row in self._talks.conversations() if row.number == self.number), "")

    # ── other conversations ────────────────────────────────────────────────────────────────────────────────
    def new(self, title: str = "") -> Chat:
        """Begin another conversation here; the one before stays. Raises: InputError for a title that can't be kept."""
        self.number = self._talks.start_conversation(title).number
        return self

    def open(self, number: int) -> Chat:
        """Go to another conversation of the film. Raises: NotFound."""
        there = [row.number for row in self._talks.conversations()]
        if number not in there:
            raise NotFound.among("conversation", number, map(str, there))
        self.number = number
        return self

    def fork(self, at: int) -> Chat:
        """Begin another conversation here with the first `at` messages of this one; this one stays.

        Calls that wait for a yes do not come along. Raises: InputError for a number that there is no message for.
        """
        messages = self.messages
        if isinstance(at, bool) or not isinstance(at, int) or not 1 <= at <= len(messages):
            raise InputError(f"no message {at!r:.20} to fork at; expected 1 to {len(messages)}: see chat.messages.")
        rows, last = self._orchestrator.rows(self.number), messages[at - 1]
        title = f"{self.title} (from {at})"[:_TITLE_CHARS]
        with self._talks.write():  # whole, or not at all
            there = self._talks.start_conversation(title).number
            for row in _until(rows, last):
                self._talks.add_message(there, row.role, forked(row).content)
        self.number = there
        return self

    def _start(self, text: str) -> int:
        self.number = self._talks.start_conversation(plain_line(text)[:_TITLE_CHARS]).number
        return self.number

    def _there(self) -> int:
        return self.number or self._start("")

    # ── how it looks ───────────────────────────────────────────────────────────────────────────────────────
    def _picture(self, shown: tuple[str, str, int]) -> Picture | None:
        """A small picture of a take; None for sound, and for what is not there any more."""
        bucket, key, number = shown
        try:
            take = next((each for each in self.film.store.takes(bucket, key) if each.number == number), None)
            if take is None or not take.media_type.startswith(("image/", "video/")):
                return None
            small = thumbnail(self.film.assets.path(take.asset), _SEEN_WIDTH_PX)
            name = self.film.store.entry(bucket, key).name
        except GlimmerError:
            return None  # its card still says what was made
        return Picture(thumbnail_uri(small), f"{name} take {number}") if small else None

    def __repr__(self) -> str:
        waiting = len(self.pending)
        return one_line(
            f'chat {self.number or "(new)"} about "{self.film.title}"',
            self.title,
            count_text(len(self.messages), "message"),
            f"{count_text(waiting, 'call')} {'waits' if waiting == 1 else 'wait'} for your yes" if waiting else "",
        )

    def _repr_html_(self) -> Html:
        return chat_card(self.title, self.messages, film=self.film.title, pending=self.pending, pictures=self._picture)


def _tools_of(film: FilmLike) -> Toolbox:
    """The film's own, and those of cells and packages. Raises: InputError for two of a name, or too many."""
    from glimmer.film_tools import film_tools  # when it is talked to, not when a film is opened

    return Toolbox([*film_tools(film).values(), *known_tools()])


def _situation(film: FilmLike) -> str:
    """How the film stands, for the model to begin from; it looks closer by itself."""
    try:
        return look(film, "film", "")
    except GlimmerError as error:
        return f"It can't be looked at: {error}"


def _until(rows: Sequence[Kept], last: Message) -> list[Kept]:
    """The rows up to a message, and no half of it."""
    ends = [row.number for row in rows if row.turn == last.turn and (row.role == "user" or last.role == "glimmer")]
    return [row for row in rows if row.number <= max(ends)]


def _plain_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as JSON can hold it: the call in words instead of our own value."""
    plain = {key: value for key, value in event.items() if key not in ("call", "progress")}
    if isinstance(bar := event.get("progress"), State):
        plain |= {"label": bar.label, "share": bar.share if bar.total > 0 else -1.0, "text": progress_text(bar)}
    if "call" in event:
        call = call_of(event["call"])
        plain |= {"name": call.name, "line": call.line, "state": call.state, "seconds": call.seconds, "usd": call.usd}
        plain |= {
            "shows": [list(each) for each in call.shows],
            "answer": call.answer,
            "high_usd": call.high_usd,
            "digest": call.digest,
        }
        plain |= {"render_job": call.render_job, "script": call.script, "cut": call.cut}
    return plain
