"""Subscriptions, and which signing secrets there are."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def owner() -> sa.ForeignKey:
    return sa.ForeignKey("account.id", ondelete="cascade")


def upgrade() -> None:
    op.create_table(
        "subscription",
        sa.Column("user_id", sa.Uuid, owner(), primary_key=True),
        sa.Column("tier", sa.Text, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("tier in ('free', 'vip', 'studio')", name="subscription_tier"),
        sa.CheckConstraint("ends_at > starts_at", name="subscription_holds"),
    )
    op.create_table(
        "signing_secret",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Uuid, owner(), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
