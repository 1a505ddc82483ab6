"""Accounts, refresh families and API keys."""

import sqlalchemy as sa
from alembic import op

from philo_kernel.tables import create_kernel_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_kernel_tables(op)
    create_accounts()
    create_refresh_tokens()
    create_api_keys()


def create_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("username_folded", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.UniqueConstraint("email", name="account_email"),
        sa.UniqueConstraint("username_folded", name="account_username"),
    )


def create_refresh_tokens() -> None:
    op.create_table(
        "refresh_family",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("user_id", sa.Uuid, sa.ForeignKey("account.id", ondelete="cascade"), nullable=False, index=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_table(
        "refresh_token",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("family_id", sa.Uuid, sa.ForeignKey("refresh_family.id", ondelete="cascade"), nullable=False),
        sa.Column("predecessor", sa.Text),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="refresh_token_is_hashed"),
    )
    op.create_index("refresh_token_family", "refresh_token", ["family_id", "predecessor"])


def create_api_keys() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Uuid, sa.ForeignKey("account.id", ondelete="cascade"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="api_key_is_hashed"),
    )
    op.create_index("api_key_newest", "api_key", ["user_id", sa.text("created_at desc"), sa.text("id desc")])
