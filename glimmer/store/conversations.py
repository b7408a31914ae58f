"""Conversations: what was said about a film, message by message, numbered without a gap whoever writes.

Each message is one transaction; a message that is still being said is written again as it grows. No part of the film's history: undo
takes back what was done, not what was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from glimmer.errors import InputError, NotFound
from glimmer.store.film_rows import FilmRows
from glimmer.store.holders import holds, this_process
from glimmer.store.moved_rows import ConversationMoved, MessageMoved
from glimmer.store.tables import ConversationTable, MessageTable, now
from glimmer.vocabulary import Noun

__all__ = ["ConversationRow", "Conversations", "MessageRow", "may_live", "this_process"]

_PULSE_ROWS: Final = 40  # what moves is at the end: a turn has about ten rows
_NUMBER: Final = 1  # any: only the words are to be checked


_COLUMNS: Final = (MessageTable.number, MessageTable.role, MessageTable.content, MessageTable.made_at)


# Made once and run below the ORM: a streamed reply writes a few of them a second, a turn about ten.
_ADD: Final = insert(MessageTable.__table__)  # type: ignore[arg-type]
_NEWEST: Final = select(func.max(MessageTable.number)).where(MessageTable.conversation_id == bindparam("talk"))
_SAYS_NOW: Final = (
    update(MessageTable.__table__)  # type: ignore[arg-type]
    .where(MessageTable.conversation_id == bindparam("talk"), MessageTable.number == bindparam("message"))
    .values(content=bindparam("said"))
)


class ConversationRow(Noun):
    """One conversation, numbered from 1 in its film."""

    number: int
    title: str = ""
    messages: int = 0
    made_at: str = ""


class MessageRow(Noun):
    """One message, numbered from 1 in its conversation. content: JSON of its parts, in order."""

    number: int
    role: str
    content: str
    made_at: str = ""

    @property
    def parts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.content)
        return found


class Conversations(FilmRows):
    """The conversations of a film."""

    def start_conversation(self, title: str = "") -> ConversationRow:
        """A new, empty conversation under the next number.

        Raises: InputError for a title that can't be kept.
        """
        _check_title(title)
        with self.write() as session:
            of_film = select(func.max(ConversationTable.number)).where(ConversationTable.project_id == self.project_id)
            row = ConversationTable(project_id=self.project_id, number=1 + (session.scalar(of_film) or 0), title=title)
            session.add(row)
            session.flush()
            return ConversationRow(number=row.number, title=row.title, made_at=row.made_at)

    def conversations(self) -> tuple[ConversationRow, ...]:
        """Every conversation with its count of messages, oldest first."""
        count = select(func.count()).where(MessageTable.conversation_id == ConversationTable.id).scalar_subquery()
        query = select(ConversationTable.number, ConversationTable.title, count.label("messages"), ConversationTable.made_at)
        with self.read() as session:
            found = session.execute(query.where(ConversationTable.project_id == self.project_id).order_by(ConversationTable.number))
            return tuple(ConversationRow(**row) for row in found.mappings())

    def rename_conversation(self, number: int, title: str) -> None:
        """Raises: NotFound; InputError for a title that can't be kept."""
        _check_title(title)
        with self.write() as session:
            self._conversation(session, number).title = title

    def add_message(self, conversation: int, role: str, parts: Sequence[Mapping[str, Any]]) -> MessageRow:
        """Keep a message under the next number of its conversation. On return it is kept, and every other process sees it.

        Raises: NotFound for an unknown conversation; InputError for a role or parts that can't be kept as JSON.
        """
        content = _checked_content(role, parts)
        with self.write() as session:
            talk_id = self._id(session, conversation)
            newest = session.connection().execute(_NEWEST, {"talk": talk_id}).scalar() or 0
            row = {"conversation_id": talk_id, "number": newest + 1, "role": role, "content": content, "made_at": now()}
            session.connection().execute(_ADD, row)
            return MessageRow(number=newest + 1, role=role, content=content, made_at=str(row["made_at"]))

    def update_message(self, conversation: int, number: int, parts: Sequence[Mapping[str, Any]]) -> None:
        """Let a message say this now: one that grows while a model speaks, or whose calls have ended. Its number, role and date stay.

        Raises: NotFound for an unknown conversation or message; InputError for parts that can't be kept.
        """
        content = _checked_content("model", parts)
        with self.write() as session:
            talk_id = self._id(session, conversation)
            changed = session.connection().execute(_SAYS_NOW, {"talk": talk_id, "message": number, "said": content})
            if not changed.rowcount:
                there = select(MessageTable.number).where(MessageTable.conversation_id == talk_id).order_by(MessageTable.number)
                raise NotFound.among("message", number, map(str, session.scalars(there)))

    def messages(self, conversation: int, *, since: int = 0) -> tuple[MessageRow, ...]:
        """The messages numbered above `since`, in order: 0 gives all, the number of the last one seen gives what is new.

        Raises: NotFound for an unknown conversation.
        """
        with self.read() as session:
            talk_id = self._id(session, conversation)
            query = select(*_COLUMNS).where(MessageTable.conversation_id == talk_id, MessageTable.number > since)
            found = session.execute(
                query.order_by(MessageTable.number)
            )  # columns, not rows of the ORM: a long talk in a tenth of the time
            return tuple(MessageRow(number=row[0], role=row[1], content=row[2], made_at=row[3]) for row in found)

    def pulse(self, conversation: int = 0) -> str:
        """Another text whenever anybody has begun, said or answered something here, in any process. Looks at the newest rows only."""
        talks = select(func.count(), func.sum(func.length(ConversationTable.title))).where(
            ConversationTable.project_id == self.project_id
        )
        with self.read() as session:
            begun = tuple(session.execute(talks).one())
            if not conversation:
                return f"{begun}"
            newest = (
                select(MessageTable.number, func.length(MessageTable.content).label("chars"))
                .where(MessageTable.conversation_id == self._id(session, conversation))
                .order_by(MessageTable.number.desc())
                .limit(_PULSE_ROWS)
                .subquery()
            )
            said = tuple(session.execute(select(func.max(newest.c.number), func.sum(newest.c.chars))).one())
            return f"{begun}{said}"

    def newest(self, conversation: int, role: str) -> MessageRow | None:
        """The newest message with this role; None for none. Raises: NotFound for an unknown conversation."""
        with self.read() as session:
            talk_id = self._id(session, conversation)
            query = select(*_COLUMNS).where(MessageTable.conversation_id == talk_id, MessageTable.role == role)
            row = session.execute(query.order_by(MessageTable.number.desc()).limit(1)).one_or_none()
            return None if row is None else MessageRow(number=row[0], role=row[1], content=row[2], made_at=row[3])

    def _id(self, session: Session, number: int) -> int:
        """The id of a conversation, looked up once: they are never taken away."""
        known: dict[int, int] = self.__dict__.setdefault("_ids", {})
        if number not in known:
            known[number] = self._conversation(session, number).id
        return known[number]

    def _conversation(self, session: Session, number: int) -> ConversationTable:
        of_film = select(ConversationTable).where(ConversationTable.project_id == self.project_id)
        row = session.scalar(of_film.where(ConversationTable.number == number))
        if row is None:
            there = session.scalars(of_film.with_only_columns(ConversationTable.number).order_by(ConversationTable.number))
            raise NotFound.among("conversation", number, map(str, there))
        return row


def may_live(holder: str, since: str) -> bool:
    """Whether the process that called itself `holder` (as `this_process()` says) at `since` may still be at work."""
    return holds(holder, since)


def _check_title(title: str) -> None:
    """By the rule of archives, so that whatever is kept can also travel."""
    try:
        ConversationMoved(number=_NUMBER, title=title, made_at=now())
    except ValidationError as error:
        raise InputError(f"a conversation can't be called {title!r:.60}: {_first(error)}. Choose other words.") from error


def _checked_content(role: str, parts: Sequence[Mapping[str, Any]]) -> str:
    if isinstance(parts, str | bytes | Mapping) or not all(isinstance(part, Mapping) for part in parts):
        raise InputError(f'a message of {parts!r:.60}; expected a list of parts, such as [{{"text": "again, but slower"}}].')
    try:
        content = json.dumps([dict(part) for part in parts], ensure_ascii=False, allow_nan=False)
        MessageMoved(conversation=_NUMBER, number=_NUMBER, role=role, content=content, made_at=now())
    except ValidationError as error:
        raise InputError(f"a message of {role!r:.40} can't be kept: {_first(error)}. Make it smaller or plainer.") from error
    except (TypeError, ValueError) as error:
        raise InputError(
            f"a message can't be kept: {error}; expected texts, finite numbers, truth values, lists and dicts."
        ) from error
    return content


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
