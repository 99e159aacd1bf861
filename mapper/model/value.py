"""What every noun is made of: a frozen base, and days that exist."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Value(BaseModel):
    """Base of every noun: frozen, an unknown field is an error, and so is a number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def a_day(value: str | None) -> str | None:
    """A day that exists, as YYYY-MM-DD: dates are compared as text."""
    if value and (len(value) != 10 or date.fromisoformat(value).isoformat() != value):
        raise ValueError("YYYY-MM-DD")
    return value


Day = Annotated[str | None, AfterValidator(a_day)]
Whole = Annotated[int, Field(gt=-(2**53), lt=2**53)]
"""A whole number that every format can hold."""
When = Annotated[str, Field(pattern="^[0-9]{4}(?:-[0-9]{2}){0,2}$")]
"""A date as precise as known, by ISO 8601: YYYY, YYYY-MM or YYYY-MM-DD."""
