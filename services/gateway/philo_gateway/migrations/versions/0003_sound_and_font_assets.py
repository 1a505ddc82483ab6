"""Uploaded tracks and fonts: what is kept of them is not shown."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "gateway_0003"
down_revision = "gateway_0002"


def upgrade() -> None:
    op.add_column("asset", sa.Column("kept", JSONB))
    op.drop_constraint("asset_kind", "asset")
    op.create_check_constraint("asset_kind", "asset", "kind in ('picture', 'footage', 'audio', 'font')")
    op.drop_constraint("asset_status", "asset")
    op.create_check_constraint(
        "asset_status",
        "asset",
        "status = 'processing' or status = 'failed' and fault is not null "
        "or status = 'ready' and (shown is not null or kept is not null and kind in ('audio', 'font'))",
    )
