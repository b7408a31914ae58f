"""What a paid call is, may cost and is called on its server, so that none is lost, repeated or forgotten; and what a film may cost.

Old calls were free or are over: nothing was reserved for them, and nothing of them can be collected.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WORDS = ("remote_id", "bucket", "entry_key", "scene", "made_for", "version", "kind")


def upgrade() -> None:
    op.add_column("project", sa.Column("budget_usd", sa.Double(), nullable=True))
    columns: list[sa.Column[object]] = [sa.Column(name, sa.String(), nullable=False, server_default="") for name in _WORDS]
    columns += [sa.Column(name, sa.Double(), nullable=False, server_default="0") for name in ("expected_usd", "reserved_usd")]
    columns += [sa.Column("conversation", sa.Integer(), nullable=False, server_default="0")]
    columns += [
        sa.Column(name, sa.Text(), nullable=False, server_default=value)
        for name, value in (("body", ""), ("inputs", "[]"), ("error", ""))
    ]
    for column in columns:
        op.add_column("call", column)
    with op.batch_alter_table("call") as batch:  # the value was for old rows; tables.py gives new ones theirs
        for column in columns:
            batch.alter_column(column.name, existing_type=column.type, existing_nullable=False, server_default=None)
    op.create_index("call_by_state", "call", ["project_id", "state", "usd", "reserved_usd"])
