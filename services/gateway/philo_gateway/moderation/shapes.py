"""What an operator sends."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Decision(BaseModel):
    """`approve` lets the job go on, past every judge; `reject` leaves it as it is. The reason is kept in its history."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["approve", "reject"]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)] = Field(
        examples=["A history of the war, and no call for another."]
    )
