"""History: every change of a film in order, and the way back. One history a film, whoever changed it and from wherever."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from glimmer.errors import MissingPiece
from glimmer.store.film_rows import FilmRows
from glimmer.store.nouns import StepRow
from glimmer.store.recorder import apply, read_changes
from glimmer.store.tables import EventTable
from glimmer.store.takes import settle

__all__ = ["History"]

_MOVES: Final = ("undo", "redo")  # these walk through the history, they are not steps of it


class History(FilmRows):
    """Undo, redo, and what happened."""

    def undo(self) -> StepRow:
        """Take the newest step back, in one transaction. Returns: the step.

        Raises: MissingPiece when there is nothing (more) to undo.
        """
        with self.write() as session:
            newest = session.scalar(self._ordinary().where(EventTable.undone_by == 0).order_by(EventTable.id.desc()).limit(1))
            if newest is None:
                raise MissingPiece(f'there is nothing to undo in "{self.title}".')
            events = self._of_step(session, newest.step, undone_by=0)
            mark = self._mark(session, "undo", newest)
            touched: set[int] = set()
            for each in reversed(events):
                touched |= apply(session, reversed(read_changes(each.changes)), "before")
                each.undone_by = mark.id
            settle(session, touched)
            return _row(events, undone=True)

    def redo(self) -> StepRow:
        """Do the step that was undone last again.

        Raises: MissingPiece when nothing was undone, or something else was changed since.
        """
        with self.write() as session:
            last = session.scalar(select(func.max(EventTable.id)).where(*self._is_ordinary(), EventTable.undone_by == 0)) or 0
            undone = session.scalar(self._ordinary().order_by(EventTable.undone_by.desc()).limit(1))
            if undone is None or undone.undone_by <= last:
                raise MissingPiece(f'there is nothing to redo in "{self.title}": nothing was undone since its last change.')
            events = self._of_step(session, undone.step, undone_by=undone.undone_by)
            self._mark(session, "redo", undone)
            touched: set[int] = set()
            for each in events:
                touched |= apply(session, read_changes(each.changes), "after")
                each.undone_by = 0
            settle(session, touched)
            return _row(events, undone=False)

    def ahead(self) -> tuple[str, str]:
        """What `undo` would take back and what `redo` would do again, in words; "" for nothing. Reads no changes, however large they are."""
        words = select(EventTable.what, EventTable.action, EventTable.id, EventTable.undone_by)
        mine = words.where(*self._is_ordinary())
        with self.read() as session:
            newest = session.execute(mine.where(EventTable.undone_by == 0).order_by(EventTable.id.desc()).limit(1)).first()
            undone = session.execute(mine.where(EventTable.undone_by != 0).order_by(EventTable.undone_by.desc()).limit(1)).first()
        back = (newest[0] or newest[1]) if newest else ""
        forth = (undone[0] or undone[1]) if undone and undone[3] > (newest[2] if newest else 0) else ""
        return back, forth

    def steps(self, limit: int = 200) -> tuple[StepRow, ...]:
        """The newest steps, newest first; those that were undone are among them."""
        with self.read() as session:
            newest = (
                select(EventTable.step, func.max(EventTable.id).label("last"))
                .where(*self._is_ordinary())
                .group_by(EventTable.step)
                .order_by(func.max(EventTable.id).desc())
                .limit(limit)
                .subquery()
            )
            events = session.scalars(
                self._ordinary().join(newest, EventTable.step == newest.c.step).order_by(newest.c.last.desc(), EventTable.id)
            ).all()
        grouped: dict[str, list[EventTable]] = {}
        for each in events:
            grouped.setdefault(each.step, []).append(each)
        return tuple(_row(group, undone=group[-1].undone_by != 0) for group in grouped.values())

    def _is_ordinary(self) -> tuple[ColumnElement[bool], ...]:
        return (EventTable.project_id == self.project_id, EventTable.action.not_in(_MOVES))

    def _ordinary(self) -> Select[EventTable]:
        return select(EventTable).where(*self._is_ordinary())

    def _of_step(self, session: Session, step: str, *, undone_by: int) -> list[EventTable]:
        query = self._ordinary().where(EventTable.step == step, EventTable.undone_by == undone_by).order_by(EventTable.id)
        return list(session.scalars(query))

    def _mark(self, session: Session, action: str, of: EventTable) -> EventTable:
        mark = EventTable(project_id=self.project_id, step=of.step, action=action, what=of.what, by=self.user)
        session.add(mark)
        session.flush()
        return mark


def _row(events: list[EventTable], *, undone: bool) -> StepRow:
    first = events[0]
    return StepRow(
        step=first.step,
        action=first.action,
        what=first.what,
        by=first.by,
        changes=sum(len(read_changes(each.changes)) for each in events),
        undone=undone,
        made_at=events[-1].made_at,
    )
