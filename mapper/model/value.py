"""What every noun is made of: a frozen base, and days that exist."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


class Value(BaseModel):
    """Base of every noun: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def a_day(value: str | None) -> str | None:
    """A day that exists, as YYYY-MM-DD: dates are compared as text."""
    if value and (len(value) != 10 or date.fromisoformat(value).isoformat() != value):
        raise ValueError("YYYY-MM-DD")
    return value


Day = Annotated[str | None, AfterValidator(a_day)]
