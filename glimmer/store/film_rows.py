"""The film that rows belong to: its transactions, its history, its revision. Every part of the store stands on this.

`write()` inside another `write()` of the same thread joins it: one transaction, one event, one thing to undo. `step()` groups several
transactions into one thing to undo, for long work that keeps what is finished.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glimmer.errors import NotFound, StoreError
from glimmer.store.database import Database
from glimmer.store.recorder import Recorder
from glimmer.store.tables import OPEN_STATES, CallTable, EventTable, JobTable, ProjectTable, UserTable

__all__ = ["FilmRows", "user_id"]


class _OfThread(threading.local):
    session: Session | None = None
    writes: bool = False
    step: str = ""
    step_what: str = ""


class FilmRows:
    """One film in `database`. It is created if it is not there and `create` allows it. `user` is who changes it."""

    def __init__(self, database: Database, title: str, *, user: str = "", create: bool = True) -> None:
        """Raises: NotFound where there is none and none may be made, StoreError for one in the trash."""
        self.database = database
        self.title = title
        self.user = user
        self._mine = _OfThread()
        with database.read() as session:
            found = session.execute(
                select(ProjectTable.id, ProjectTable.trashed_at).where(ProjectTable.title == title)
            ).one_or_none()
            if found is None and not create:
                raise NotFound.among("film", title, session.scalars(select(ProjectTable.title)))
        self.project_id = found[0] if found is not None else self._create()
        if found is not None and found[1]:
            raise StoreError(
                f'"{title}" is in the studio\'s trash since {found[1][:10]}. Bring it back: restore("{title}") of its gl.Studio, '
                "or choose another title."
            )

    def _create(self) -> int:
        with self.database.write() as session:
            film = session.scalar(
                select(ProjectTable).where(ProjectTable.title == self.title)
            )  # another process may have been quicker
            if film is None:
                film = ProjectTable(title=self.title, owner_id=user_id(session, self.user))
                session.add(film)
                session.flush()
            return film.id

    # ── transactions ───────────────────────────────────────────────────────────────────────────────────────
    @contextmanager
    def write(self, action: str = "", what: str = "", *, durable: bool = False) -> Iterator[Session]:
        """One transaction. With an `action` its changes go into the film's history under that word; `what` says it in words.

        durable: on return it is on the disk (of one inside another, the outer one decides).
        Raises: StoreError where the database refuses; then nothing of it was kept.
        """
        mine = self._mine
        if mine.session is not None:
            if not mine.writes:
                raise StoreError("a look at the store can't become a change; this is a mistake in Glimmer, please report it.")
            yield mine.session
            return
        with self.database.write(self.project_id, durable=durable) as session:
            recorder = Recorder(session) if action else None
            mine.session, mine.writes = session, True
            try:
                yield session
            finally:
                mine.session, mine.writes = None, False
            if recorder is not None:
                self._record(session, recorder, action, what)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One look; inside a `write()` of this thread it sees what that has written so far."""
        if self._mine.session is not None:
            yield self._mine.session
            return
        with self.database.read() as session:
            self._mine.session = session
            try:
                yield session
            finally:
                self._mine.session = None

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """All changes that this thread makes inside are one step of the history, undone together. Each is kept when it is made."""
        mine = self._mine
        if mine.step:
            yield
            return
        mine.step, mine.step_what = secrets.token_hex(6), what
        try:
            yield
        finally:
            mine.step, mine.step_what = "", ""

    def _record(self, session: Session, recorder: Recorder, action: str, what: str) -> None:
        session.flush()
        changes = recorder.changes()
        if changes:
            session.add(
                EventTable(
                    project_id=self.project_id,
                    step=self._mine.step or secrets.token_hex(6),
                    action=action,
                    what=self._mine.step_what or what,
                    by=self.user,
                    changes=json.dumps(changes, ensure_ascii=False),
                )
            )

    # ── has anything changed ───────────────────────────────────────────────────────────────────────────────
    def revision(self) -> str:
        """Another text whenever anybody, in any process, has changed the film, called a model for it or moved a render on."""
        with self.read() as session:
            changed = session.scalar(select(func.max(EventTable.id)).where(EventTable.project_id == self.project_id))
            called = session.scalar(select(func.max(CallTable.id)).where(CallTable.project_id == self.project_id))
            held = select(CallTable.state, func.count()).where(
                CallTable.project_id == self.project_id, CallTable.state.in_(OPEN_STATES)
            )
            held_by = session.execute(held.group_by(CallTable.state)).all()
            jobs = session.execute(
                select(JobTable.state, func.count()).where(JobTable.project_id == self.project_id).group_by(JobTable.state)
            ).all()
            counts = [",".join(f"{state}{count}" for state, count in sorted(map(tuple, rows))) for rows in (jobs, held_by)]
            return f"{changed or 0}.{called or 0}.{counts[0]}" + (f".{counts[1]}" if counts[1] else "")


def user_id(session: Session, name: str) -> int | None:
    """The row of the user with this name, made if it is new; None for no name."""
    if not name:
        return None
    user = session.scalar(select(UserTable).where(UserTable.name == name))
    if user is None:
        user = UserTable(name=name)
        session.add(user)
        session.flush()
    return user.id
