"""Looks at Kafka: is every topic there with enough partitions, does every service hear, and how far is it behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from philo.doctor.finding import Finding, fine, note, wrong
from philo_contracts.topics import PARTITIONS, SERVICES, topic

BEHIND, FAR_BEHIND = 1_000, 20_000
"""Records. A process handles some hundreds a second on a small machine."""


@dataclass(frozen=True)
class Group:
    """Who hears for a service: so many members, and records that are published and not yet handled."""

    service: str
    members: int
    behind: int


async def look(bootstrap: str, prefix: str) -> list[Finding]:
    """The topics, then every service that hears any."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        await admin.start()
        counts = await partitions(admin, prefix)
        groups = [await group(admin, bootstrap, service, topic(prefix, service)) for service in SERVICES]
    finally:
        await admin.close()
    found = [one for one in groups if one]
    return [topics_judged(counts, max((one.members for one in found), default=0)), groups_judged(found)]


async def partitions(admin: AIOKafkaAdminClient, prefix: str) -> dict[str, int]:
    """How many each service's topic has; 0 where there is none."""
    wanted = {topic(prefix, service): service for service in SERVICES}
    there = set(await admin.list_topics()) & set(wanted)
    told = await admin.describe_topics(sorted(there)) if there else []
    known = {wanted[one["topic"]]: len(one["partitions"]) for one in told}
    return {service: known.get(service, 0) for service in SERVICES}


async def group(admin: AIOKafkaAdminClient, bootstrap: str, service: str, name: str) -> Group | None:
    """None for one that nobody has ever belonged to."""
    offsets = await admin.list_consumer_group_offsets(name)
    members = await members_of(admin, name)
    if not offsets and not members:
        return None
    ends = await ends_of(bootstrap, list(offsets))
    behind = sum(max(0, ends.get(place, 0) - max(0, at.offset)) for place, at in offsets.items())
    return Group(service, members, behind)


async def members_of(admin: AIOKafkaAdminClient, name: str) -> int:
    [answer] = await admin.describe_consumer_groups([name])
    [described] = answer.to_object()["groups"]
    return len(described["members"])


async def ends_of(bootstrap: str, places: Sequence[TopicPartition]) -> dict[TopicPartition, int]:
    if not places:
        return {}
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
    await consumer.start()
    try:
        found: dict[TopicPartition, int] = await consumer.end_offsets(list(places))
        return found
    finally:
        await consumer.stop()


def topics_judged(counts: dict[str, int], members: int) -> Finding:
    """`counts` are partitions by service, `members` the processes of the largest service. Pure."""
    if missing := sorted(service for service, count in counts.items() if not count):
        return wrong("topics", f"missing: {', '.join(missing)}", "A service makes its topic when it starts: is it up?")
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{service} {count}" for service, count in counts.items())
        advice = (
            "Two facts of one job may be handled by two processes. Give all topics the largest count (docs/scaling.md)."
        )
        return wrong("topics", f"unequal numbers of partitions: {told}", advice)
    count = next(iter(counts.values()))
    if members > count:
        words = f"{count} partitions for {members} processes of one service: {members - count} have nothing to do"
        return wrong("topics", words, "Raise PARTITIONS for all services (docs/scaling.md).")
    if count < PARTITIONS:
        words = f"{count} partitions each: no more processes of a service than that can share its work"
        return note("topics", words, f"The usual number is {PARTITIONS} (docs/scaling.md).")
    return fine("topics", f"{count} partitions each")


def groups_judged(groups: Sequence[Group]) -> Finding:
    """The worst of them. Pure."""
    if deaf := [one.service for one in groups if not one.members and one.behind]:
        words = f"nobody hears for {', '.join(deaf)}, and facts wait for it"
        return wrong("consumers", words, f"`philo logs {deaf[0]}` says why it is not there.")
    slow = [one for one in sorted(groups, key=lambda one: -one.behind) if one.behind >= BEHIND]
    told = ", ".join(f"{one.service} {one.behind:,} facts" for one in slow)
    if slow and slow[0].behind >= FAR_BEHIND:
        return wrong(
            "consumers", f"far behind: {told}", "More processes of it, or find what keeps it (docs/runbook.md)."
        )
    if slow:
        return note("consumers", f"behind: {told}", "It should shrink; look again in a minute.")
    return fine("consumers", f"{len(groups)} services hear, none is behind")
