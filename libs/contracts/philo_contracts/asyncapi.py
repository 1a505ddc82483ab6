"""The AsyncAPI 3 document of every topic and fact: `python -m philo_contracts.asyncapi docs/asyncapi.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_contracts.freeze import published
from philo_contracts.states import moves
from philo_contracts.topics import PARTITIONS, SERVICES, dead_topic, topic

PREFIX = "philo"
SCHEMAS = "#/components/schemas/"
Part = dict[str, Any]  # of a JSON document


def document() -> Part:
    facts = published()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Philo's facts",
            "version": "1",
            "description": "One topic a service; the type lies in a header. Delivered at least once: `id` tells doubles.",
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {name: channel for service in SERVICES for name, channel in channels_of(service, facts).items()},
        "operations": {f"{service}.says": says(service) for service in SERVICES},
        "components": {
            "schemas": schemas(facts),
            "messages": {fact.__name__: message(fact) for fact in facts},
            "messageTraits": {
                "fact": {"headers": HEADERS, "correlationId": {"location": "$message.payload#/correlationid"}}
            },
        },
    }


HEADERS: Part = {
    "type": "object",
    "required": ["id", "type"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "type": {"type": "string"},
        "traceparent": {"type": "string", "description": "W3C Trace Context"},
    },
}


def channels_of(service: str, facts: list[type[Event]]) -> Part:
    own = {
        fact.__name__: {"$ref": f"#/components/messages/{fact.__name__}"} for fact in facts if fact.source == service
    }
    key = "The key is the job, else the user: what belongs together stays in order."
    return {
        service: {
            "address": topic(PREFIX, service),
            "description": f"What {service} says. {key}",
            "messages": own,
            "bindings": {"kafka": {"partitions": PARTITIONS}},
        },
        f"{service}.dead": {
            "address": dead_topic(PREFIX, service),
            "description": f"Copies of what {service} has parked, as it came. For alerting; its table is the truth.",
            "messages": {"parked": {"payload": {}}},
            "bindings": {"kafka": {"partitions": 1}},
        },
    }


def says(service: str) -> Part:
    return {"action": "send", "channel": {"$ref": f"#/channels/{service}"}}


def message(fact: type[Event]) -> Part:
    name = fact.__name__
    about = {"summary": (fact.__doc__ or "").partition("\n")[0]} if "__doc__" in vars(fact) and fact.__doc__ else {}
    if leads := moves(fact):
        about["description"] = leads
    body = {"properties": {"type": {"const": name}, "data": {"$ref": SCHEMAS + name}}}
    return {
        "name": name,
        **about,
        "traits": [{"$ref": "#/components/messageTraits/fact"}],
        "payload": {"allOf": [{"$ref": f"{SCHEMAS}Envelope"}, body]},
    }


def schemas(facts: list[type[Event]]) -> Part:
    found: Part = {}
    kinds: list[type[BaseModel]] = [Envelope, *facts]
    for kind in kinds:
        schema = kind.model_json_schema(mode="serialization", ref_template=SCHEMAS + "{model}")
        found |= schema.pop("$defs", {})
        found[kind.__name__] = schema
    return dict(sorted(found.items()))


def written() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    if len(sys.argv) != 2:
        sys.stderr.write("usage: python -m philo_contracts.asyncapi FILE\n")
        raise SystemExit(2)
    Path(sys.argv[1]).write_text(written())


if __name__ == "__main__":
    main()
