"""Who works here, what was said, what each take was made from, which take is used, what changed: undo, trash, notes and stars.

Old rows get what they would have had: an entry the take that cuts used, an age and no stars; a take the agent that the ledger
names; a cut the draft that all were; each media file a row, its size unknown (-1).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people_and_talk()
    _what_lies_beside_takes()
    _widen_the_film()
    _widen_entries_and_takes()
    _widen_the_ledger()
    _fill()


def _people_and_talk() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("made_at", sa.String(), nullable=False),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.UniqueConstraint("project_id", "number"),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("conversation_id", sa.Integer(), sa.ForeignKey("conversation.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.UniqueConstraint("conversation_id", "number"),
    )


def _what_lies_beside_takes() -> None:
    op.create_table(
        "request",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.create_table(
        "asset",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("by_user", sa.String(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
    )
    op.create_index("event_of_film", "event", ["project_id", "id"])


def _widen_the_film() -> None:
    # In words of SQL: the operation of that name would add the reference in a second step, which SQLite has no statement for.
    op.execute("ALTER TABLE project ADD COLUMN owner_id INTEGER REFERENCES user_account (id)")
    _add("project", _word("origin"))
    _add("project", _word("trashed_at"))
    _add("screenplay", _word("trashed_at"))
    _add("assembly", _word("made_by", "draft"), _word("trashed_at"))


def _widen_entries_and_takes() -> None:
    op.add_column("entry", sa.Column("used_id", sa.Integer(), nullable=True))
    _add("entry", _count("rating"), _text("note"), _text("tags", "[]"), _word("made_at"), _word("trashed_at"))
    op.create_index("entry_in_order", "entry", ["project_id", "bucket", "position"])
    _add(
        "take",
        _word("agent"),
        _word("prompt_hash"),
        _text("inputs", "[]"),
        _count("rating"),
        _text("note"),
        _word("trashed_at"),
    )
    op.create_index("take_by_wish", "take", ["entry_id", "made_for", "number"])
    op.create_index("take_by_cost", "take", ["entry_id", "trashed_at", "usd"])
    op.create_index("take_by_asset", "take", ["asset"])


def _widen_the_ledger() -> None:
    _add("call", _word("state", "done"), _word("holder"), _count("tokens_in"), _count("tokens_out"), _word("price_date"))
    op.create_index("call_of_film", "call", ["project_id", "id"])


def _fill() -> None:
    op.execute(
        """
        UPDATE entry SET
          made_at = coalesce((SELECT min(t.made_at) FROM take t WHERE t.entry_id = entry.id),
                             (SELECT p.made_at FROM project p WHERE p.id = entry.project_id)),
          used_id = coalesce(
            (SELECT t.id FROM take t WHERE t.entry_id = entry.id AND entry.circled <> 0 AND t.number = entry.circled),
            (SELECT t.id FROM take t WHERE t.entry_id = entry.id AND t.made_for = entry.wanted ORDER BY t.number LIMIT 1),
            (SELECT t.id FROM take t WHERE t.entry_id = entry.id ORDER BY t.number DESC LIMIT 1))
        """
    )
    op.execute(
        """
        UPDATE take SET agent = coalesce(
          (SELECT c.agent FROM call c WHERE c.request_key = take.request_key ORDER BY c.id LIMIT 1), '')
        """
    )
    op.execute(
        """
        INSERT INTO asset (sha256, media_type, bytes, made_at)
        SELECT asset, max(media_type), -1, min(made_at) FROM take WHERE asset <> '' GROUP BY asset
        """
    )
    op.execute(
        """
        INSERT INTO asset (sha256, media_type, bytes, made_at)
        SELECT source_asset, '', -1, min(made_at) FROM take
        WHERE source_asset <> '' AND source_asset NOT IN (SELECT sha256 FROM asset) GROUP BY source_asset
        """
    )


# ── columns ─────────────────────────────────────────────────────────────────────────────────────────────────
def _word(name: str, value: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=value)


def _text(name: str, value: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=value)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def _add(table: str, *columns: sa.Column[str] | sa.Column[int]) -> None:
    """Columns that old rows get a value for; the value is then no part of the table, as none is in tables.py."""
    for column in columns:
        op.add_column(table, column)
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.alter_column(column.name, existing_type=column.type, existing_nullable=False, server_default=None)
