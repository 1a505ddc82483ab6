"""Who is refused is told what would help, and nothing that would not."""

import pytest

from philo_contracts.shapes import Tier
from philo_gateway.quotas.refusals import storage_full

DELETE = "delete some (`DELETE /api/v1/assets/{asset_id}`)"


@pytest.mark.parametrize(
    ("needed", "ways"),
    [(None, f"Send a smaller one, or {DELETE}"), (Tier.VIP, f"Send a smaller one, or subscribe to vip, or {DELETE}")],
)
def test_who_has_room_left_may_send_a_smaller_file(needed, ways):
    assert str(storage_full(90, 100, [], needed)).endswith(f"does not fit in. {ways}.")


@pytest.mark.parametrize("used", [100, 101])
@pytest.mark.parametrize(("needed", "ways"), [(None, f"D{DELETE[1:]}"), (Tier.VIP, f"Subscribe to vip, or {DELETE}")])
def test_who_has_no_room_left_is_not_told_to_send_a_smaller_file(used, needed, ways):
    assert str(storage_full(used, 100, [], needed)).endswith(f"does not fit in. {ways}.")
