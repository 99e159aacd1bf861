"""An institution, and as what a directive may address it."""

from __future__ import annotations

from pydantic import Field

from mapper.model.value import Value
from mapper.model.words import FirmKind, Origin

ADDRESSED_AS: dict[FirmKind, FirmKind] = {
    "bank": "bank",
    "wealth-manager": "bank",
    "consumer-finance": "consumer-finance",
    "insurer": "insurer",
    "insurance-intermediary": "insurer",
    "securities": "securities",
    "futures": "securities",
    "fund-manager": "securities",
    "trust": "trust",
    "leasing": "leasing",
    "guarantee": "guarantee",
    "microloan": "microloan",
    "payment": "fintech",
    "fintech": "fintech",
}
"""As what kind of firm a directive addresses another: «bank» means wealth managers too, unless it names them."""


class Firm(Value):
    """An institution of the registry. ``name`` is its usual Chinese short name and serves as ``id`` too."""

    id: str
    name: str
    kind: FirmKind
    full_name: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    parent: str | None = None
    products: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    assets: float | None = Field(default=None, gt=0)
    """Total assets in 亿元 (100 million yuan), where known."""
    origin: Origin = "registry"
