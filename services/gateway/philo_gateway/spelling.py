"""Requests may be spelled in camelCase, as older clients do; answers are in snake_case."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel


class Spelled(BaseModel):
    """`projectId` is taken for `project_id`. Who sends both is told that one of them is unknown."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def in_one_spelling(cls, sent: Any) -> Any:  # noqa: ANN401 - JSON
        if not isinstance(sent, dict):
            return sent
        ours = {to_camel(name): name for name in cls.model_fields if name not in sent}
        return {ours.get(name, name): value for name, value in sent.items()}
