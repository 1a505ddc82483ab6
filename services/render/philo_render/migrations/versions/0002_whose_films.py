"""Whose films they are, so that they can go with them."""

from alembic import op

from philo_kernel.tables import script

revision = "render_0002"
down_revision = "render_0001"

OWNERS = """
alter table film add column tenant text;
create index film_tenant on film(tenant);
"""


def upgrade() -> None:
    script(op, OWNERS)
