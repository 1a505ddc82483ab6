"""Phones beside passwords, refresh tokens in one chain a login, phone codes, and limits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    let_accounts_have_phones()
    put_refresh_tokens_in_a_chain()
    create_phone_codes()
    create_throttles()


def let_accounts_have_phones() -> None:
    op.add_column("account", sa.Column("phone", sa.Text))
    op.add_column("account", sa.Column("session_generation", sa.Integer, nullable=False, server_default="0"))
    op.add_column("account", sa.Column("role", sa.Text))
    op.create_check_constraint("account_role_is_known", "account", "role = 'operator'")
    op.alter_column("account", "email", nullable=True)
    op.alter_column("account", "password_hash", nullable=True)
    op.create_unique_constraint("account_phone", "account", ["phone"])
    op.create_check_constraint("account_phone_is_e164", "account", "phone ~ '^[+][1-9][0-9]{6,14}$'")
    way_in = "phone is not null or (email is not null and password_hash is not null)"
    op.create_check_constraint("account_can_be_entered", "account", way_in)


def put_refresh_tokens_in_a_chain() -> None:
    """Logins of before are ended: nobody can tell anymore which of their tokens came after which."""
    op.execute("delete from refresh_family")
    op.add_column("refresh_family", sa.Column("salt", sa.Text, nullable=False))
    op.add_column("refresh_family", sa.Column("tip", sa.Integer, nullable=False))
    op.add_column("refresh_family", sa.Column("turned_at", INSTANT))
    op.create_index("refresh_family_expiry", "refresh_family", ["expires_at"])
    op.drop_index("refresh_token_family", "refresh_token")
    op.drop_column("refresh_token", "predecessor")
    op.drop_column("refresh_token", "used_at")
    op.add_column("refresh_token", sa.Column("number", sa.Integer, nullable=False))
    op.create_unique_constraint("refresh_token_number", "refresh_token", ["family_id", "number"])


def create_phone_codes() -> None:
    op.create_table(
        "phone_code",
        sa.Column("phone", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False, index=True),
        sa.Column("attempts_left", sa.Integer, nullable=False),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="phone_code_is_hashed"),
        sa.CheckConstraint("attempts_left >= 0", name="phone_code_attempts_end"),
    )


def create_throttles() -> None:
    op.create_table(
        "throttle",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("free_at", INSTANT, nullable=False, index=True),
    )
