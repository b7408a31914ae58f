"""The tables, as SQLAlchemy sees them. Only the store reads them; `migrations/` brings older files up to them.

One film is one `project` with its rows. What a person made or chose is never deleted: it goes to the trash (`trashed_at`), where undo and
restore find it. Texts of time are UTC, ISO 8601; columns of JSON are text, so that SQLite and Postgres hold the same.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "BUCKETS",
    "OPEN_STATES",
    "TRACKED",
    "AssemblyTable",
    "AssetTable",
    "Audio",
    "Base",
    "CallTable",
    "Character",
    "ConversationTable",
    "Draft",
    "EntryTable",
    "EventTable",
    "JobTable",
    "MessageTable",
    "Music",
    "ProjectTable",
    "Prompt",
    "RequestTable",
    "ScreenplayTable",
    "TakeTable",
    "UserTable",
    "Video",
    "now",
]


OPEN_STATES: Final = ("reserved", "submitting", "running", "unknown")  # of a call: what it costs is not known yet


def now() -> str:
    """UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Base(DeclarativeBase):
    pass


# ── who, and which film ─────────────────────────────────────────────────────────────────────────────────────
class UserTable(Base):
    """Somebody who works in this studio; the name that the machine or the hub gives."""

    __tablename__ = "user_account"  # "user" is a word of Postgres' own
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    made_at: Mapped[str] = mapped_column(default=now)


class ProjectTable(Base):
    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    origin: Mapped[str] = mapped_column(default="")  # "archive": its takes were made elsewhere and are believed in this film alone
    budget_usd: Mapped[float | None]  # what a person allowed this film to cost; null for the default
    made_at: Mapped[str] = mapped_column(default=now)
    trashed_at: Mapped[str] = mapped_column(default="")


class ConversationTable(Base):
    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("project_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    made_at: Mapped[str] = mapped_column(default=now)


class MessageTable(Base):
    """One message. `content` is JSON: its parts in order (text, calls, results, assets by hash)."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    number: Mapped[int]
    role: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(default=now)


# ── the script ──────────────────────────────────────────────────────────────────────────────────────────────
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
    trashed_at: Mapped[str] = mapped_column(default="")


# ── buckets: one table, one class a bucket ──────────────────────────────────────────────────────────────────
class EntryTable(Base):
    """One thing in a bucket. `wanted` names the request that the film asks for now; `used_id` is the take that cuts use.

    `used_id` follows from circled, wanted and the takes; it is kept so that a film of 100,000 takes is read through its entries.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("project_id", "bucket", "key"), Index("entry_in_order", "project_id", "bucket", "position"))
    __mapper_args__ = {"polymorphic_on": "bucket", "polymorphic_abstract": True}  # noqa: RUF012
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    bucket: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(Text, default="{}")
    circled: Mapped[int] = mapped_column(default=0)
    wanted: Mapped[str] = mapped_column(default="")
    used_id: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    rating: Mapped[int] = mapped_column(default=0)  # 1 to 5 stars, 0 for none
    note: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of words
    made_at: Mapped[str] = mapped_column(default=now)
    trashed_at: Mapped[str] = mapped_column(default="")


class Character(EntryTable):
    __mapper_args__ = {"polymorphic_identity": "characters"}  # noqa: RUF012


class Prompt(EntryTable):
    __mapper_args__ = {"polymorphic_identity": "prompts"}  # noqa: RUF012


class Audio(EntryTable):
    __mapper_args__ = {"polymorphic_identity": "audio"}  # noqa: RUF012


class Video(EntryTable):
    __mapper_args__ = {"polymorphic_identity": "video"}  # noqa: RUF012


class Music(EntryTable):
    __mapper_args__ = {"polymorphic_identity": "music"}  # noqa: RUF012


class Draft(EntryTable):
    """A script as a model wrote it, before it was kept as a screenplay; out of sight."""

    __mapper_args__ = {"polymorphic_identity": "drafts"}  # noqa: RUF012


BUCKETS: Final[dict[str, type[EntryTable]]] = {
    "characters": Character,
    "prompts": Prompt,
    "audio": Audio,
    "video": Video,
    "music": Music,
    "drafts": Draft,
}


class RequestTable(Base):
    """What was asked of a model, once for all takes of it: a take's `made_for`. The take's seed is not in it."""

    __tablename__ = "request"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str]
    version: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]  # "ShotRequest", "SpeechRequest" …
    body: Mapped[str] = mapped_column(Text)  # JSON


class TakeTable(Base):
    __tablename__ = "take"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        UniqueConstraint("entry_id", "request_key"),
        Index("take_by_request", "request_key"),
        Index("take_by_wish", "entry_id", "made_for", "number"),
        Index(
            "take_by_cost", "entry_id", "trashed_at", "usd"
        ),  # counts 100,000 takes and their cost without reading one (95 -> 21 ms)
        Index("take_by_asset", "asset"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    number: Mapped[int]
    request_key: Mapped[str]
    made_for: Mapped[str]
    model: Mapped[str]
    agent: Mapped[str] = mapped_column(default="")
    asset: Mapped[str]
    media_type: Mapped[str]
    seconds: Mapped[float] = mapped_column(default=0.0)
    usd: Mapped[float] = mapped_column(default=0.0)
    words: Mapped[str] = mapped_column(Text, default="[]")
    focus: Mapped[str] = mapped_column(default="[0.5, 0.45]")
    notices: Mapped[str] = mapped_column(Text, default="[]")
    source_asset: Mapped[str] = mapped_column(default="")
    prompt_hash: Mapped[str] = mapped_column(default="")  # sha256 of the words that a prompt gave it, "" for none
    inputs: Mapped[str] = mapped_column(Text, default="[]")  # JSON of the Inputs, in order
    rating: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[str] = mapped_column(default=now)
    trashed_at: Mapped[str] = mapped_column(default="")


# ── cuts and renders ────────────────────────────────────────────────────────────────────────────────────────
class AssemblyTable(Base):
    __tablename__ = "assembly"
    __table_args__ = (UniqueConstraint("project_id", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    version: Mapped[int]
    cut: Mapped[str] = mapped_column(Text)
    seconds: Mapped[float | None]  # how long it plays; null where an older release kept it
    made_by: Mapped[str] = mapped_column(default="draft")  # "draft" (the agent laid it out) or "edit" (a person changed it)
    made_at: Mapped[str] = mapped_column(default=now)
    trashed_at: Mapped[str] = mapped_column(default="")


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


# ── the ledger, the files, the history ──────────────────────────────────────────────────────────────────────
class CallTable(Base):
    """The ledger: every model call and what came of it. usd is what it cost at the prices of `price_date` ("" where nothing is paid).

    state, of a free call: "running" while `holder` (host:pid:start) makes it, then "done" or "failed"; "lost" where its process died over
    it; "spared" where the take had come from elsewhere before the model was called. Of a paid one: "reserved" (nothing was sent),
    "submitting" (it is leaving), "running" (the server has it as `remote_id`), then "done", "failed" (usd is what it cost all the same),
    "released" (it surely cost nothing) or "unknown" (it may have been taken: a person has to settle it). Only what is "done" counts as a
    call. While a call is open or unknown its reserved_usd counts as if it were spent.
    """

    __tablename__ = "call"
    __table_args__ = (
        Index("call_of_film", "project_id", "id"),
        Index(
            "call_by_state", "project_id", "state", "usd", "reserved_usd"
        ),  # a film's sums and its open calls, without a row read
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    agent: Mapped[str]
    model: Mapped[str]
    request_key: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="done")
    holder: Mapped[str] = mapped_column(default="")  # who claimed it; "" for what was written when it was over
    remote_id: Mapped[str] = mapped_column(default="")  # its name on the server that makes it, by which anybody can collect it
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    usd: Mapped[float] = mapped_column(default=0.0)
    expected_usd: Mapped[float] = mapped_column(default=0.0)  # as it was estimated before
    reserved_usd: Mapped[float] = mapped_column(default=0.0)  # the high estimate
    price_date: Mapped[str] = mapped_column(default="")
    seconds: Mapped[float] = mapped_column(default=0.0)  # how long the call took
    bucket: Mapped[str] = mapped_column(default="")  # and entry_key: where what it makes belongs
    entry_key: Mapped[str] = mapped_column(default="")
    scene: Mapped[str] = mapped_column(default="")  # its id in the script, "" where the agent did not say
    conversation: Mapped[int] = mapped_column(default=0)  # the number of the one that it was asked in, 0 for none
    made_for: Mapped[str] = mapped_column(default="")
    version: Mapped[str] = mapped_column(default="")  # the model's, for this request
    kind: Mapped[str] = mapped_column(default="")  # "ClipRequest" …
    body: Mapped[str] = mapped_column(Text, default="")  # JSON of the whole request, its seed too, while the call is open
    inputs: Mapped[str] = mapped_column(Text, default="[]")  # JSON of the Inputs, while the call is open
    error: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[str] = mapped_column(default=now)


class AssetTable(Base):
    """A media file that some row names. `bytes` is -1 where a file was kept before sizes were."""

    __tablename__ = "asset"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(default="")
    bytes: Mapped[int] = mapped_column(BigInteger, default=-1)
    made_at: Mapped[str] = mapped_column(default=now)


class EventTable(Base):
    """One transaction that changed a film: who, what in words, and every changed column before and after, so that it can be undone.

    Events of one `step` are undone together. undone_by is the event that undid it, 0 while it holds.
    """

    __tablename__ = "event"
    __table_args__ = (Index("event_of_film", "project_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    step: Mapped[str]
    action: Mapped[str]
    what: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column("by_user", default="")
    changes: Mapped[str] = mapped_column(Text, default="[]")
    undone_by: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[str] = mapped_column(default=now)


# What undo brings back; the rest (jobs, calls, requests, assets) records what happened and stays.
TRACKED: Final[dict[str, type[Any]]] = {
    "entry": EntryTable,
    "take": TakeTable,
    "screenplay": ScreenplayTable,
    "assembly": AssemblyTable,
}
