"""How long a cut is, so that a shelf of films tells it without reading their cuts. Of older cuts it isn't known until the next edit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assembly", sa.Column("seconds", sa.Double(), nullable=True))
