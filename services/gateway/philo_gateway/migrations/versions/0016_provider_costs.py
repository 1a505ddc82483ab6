"""What a provider's answers cost lately is found without looking through all of them."""

from alembic import op

from philo_kernel.tables import script

revision = "gateway_0016"
down_revision = "gateway_0005"

INDEX = "create index provider_call_of_provider on provider_call(service, provider, at desc) where amount is not null"


def upgrade() -> None:
    script(op, INDEX)
