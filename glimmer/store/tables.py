"""The tables, as SQLAlchemy sees them. Only the store reads them."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

__all__ = ["AssemblyTable", "Base", "CallTable", "EntryTable", "JobTable", "ProjectTable", "ScreenplayTable", "TakeTable"]


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Base(DeclarativeBase):
    pass


class ProjectTable(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    made_at: Mapped[str] = mapped_column(default=now)


class ScreenplayTable(Base):
    __tablename__ = "screenplay"
    __table_args__ = (UniqueConstraint("project_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[int]
    title: Mapped[str]
    source_name: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(default=now)


class EntryTable(Base):
    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("project_id", "bucket", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    bucket: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(Text, default="{}")
    circled: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    takes: Mapped[list[TakeTable]] = relationship(order_by="TakeTable.number", lazy="selectin")


class TakeTable(Base):
    __tablename__ = "take"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        UniqueConstraint("entry_id", "request_key"),
        Index("take_by_request", "request_key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    request_key: Mapped[str]
    made_for: Mapped[str]
    model: Mapped[str]
    asset: Mapped[str]
    media_type: Mapped[str]
    seconds: Mapped[float] = mapped_column(default=0.0)
    usd: Mapped[float] = mapped_column(default=0.0)
    words: Mapped[str] = mapped_column(Text, default="[]")
    focus: Mapped[str] = mapped_column(default="[0.5, 0.45]")
    notices: Mapped[str] = mapped_column(Text, default="[]")
    source_asset: Mapped[str] = mapped_column(default="")
    made_at: Mapped[str] = mapped_column(default=now)


class AssemblyTable(Base):
    __tablename__ = "assembly"
    __table_args__ = (UniqueConstraint("project_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[int]
    cut: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(default=now)


class JobTable(Base):
    __tablename__ = "render_job"
    __table_args__ = (UniqueConstraint("project_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    cut_version: Mapped[int]
    preset: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="waiting")
    path: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(Text, default="")
    seconds: Mapped[float] = mapped_column(default=0.0)
    made_at: Mapped[str] = mapped_column(default=now)


class CallTable(Base):
    __tablename__ = "call"
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    agent: Mapped[str]
    model: Mapped[str]
    request_key: Mapped[str] = mapped_column(index=True)
    usd: Mapped[float] = mapped_column(default=0.0)
    seconds: Mapped[float] = mapped_column(default=0.0)  # how long the call took
    made_at: Mapped[str] = mapped_column(default=now)
