"""A directive with its requirements: whom they address, what marks a passage as bearing on them, what teaches them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from mapper.model.firms import ADDRESSED_AS, Firm
from mapper.model.value import Day, Value, a_day
from mapper.model.words import Addressee, Basis, FirmKind, Grade, Obligation, Relation, Strength


def _called(kind: FirmKind) -> set[Addressee]:
    """All words by which a directive may address a kind of firm."""
    return {"all", kind, ADDRESSED_AS[kind]}


class Titled(Value):
    """What has an English title beside its own, or else the same one twice: a catalog may be all Chinese."""

    @model_validator(mode="before")
    @classmethod
    def _title_en(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("title_en") is None:
            own = data.get("short_title") or data.get("title")
            return data | {"title_en": own if own is not None else ""}
        return data


class Signal(Value):
    """A pattern that marks a passage as bearing on a requirement (the language is described in catalog/language.py).

    ``need``: groups that must all occur; ``within``: the span in which they must stand together;
    ``unless``: words that void this signal; ``strength``: how sure its author is of it, a number that weighs the score.
    """

    need: tuple[str, ...] = Field(min_length=1)
    within: Literal["clause", "sentence"] = "sentence"
    unless: tuple[str, ...] = ()
    strength: Strength = "plain"


class Size(Value):
    """A size that firms of a kind must have to be addressed: total assets in 亿元 (100 million yuan).

    ``assets_from``: at least so much; ``assets_below``: less than so much.
    """

    kind: Addressee
    assets_from: float | None = Field(default=None, gt=0)
    assets_below: float | None = Field(default=None, gt=0)

    def fits(self, assets: float | None) -> bool:
        """Whether a firm of this size is meant; one of unknown size may be."""
        if assets is None:
            return True
        return (self.assets_from or 0) <= assets and (self.assets_below is None or assets < self.assets_below)


class Requirement(Titled):
    """One thing that one clause of a policy asks of an institution. Only ``id`` and ``title`` must be written."""

    id: str
    policy: str
    clause: str
    part: str | None = None
    """Id of a part of its policy."""
    title: str
    title_en: str
    text: str
    text_en: str | None = None
    obligation: Obligation = "must"
    applies_to: tuple[Addressee, ...] = Field(default=("all",), min_length=1)
    sizes: tuple[Size, ...] = ()
    """Of the kinds above, those of which only firms of a certain size are meant: ``{kind: bank, assets_from: 5000}``
    among ``applies_to``."""
    effective: Day = None
    """The day from which it binds, where that is another than its policy's."""
    until: Day = None
    """The last day of a transition period, where that is another than its policy's."""
    expires: Day = None
    """The last day on which it binds, where that is another than its policy's."""
    themes: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    breaches: tuple[Signal, ...] = ()
    """Signals of the duty broken; they count only where a regulator or a court finds fault."""
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    cited_as: tuple[Annotated[str, Field(pattern="^《?[^《》]+》?第[^第条]+条$")], ...] = ()
    """Articles of other laws that ask the same, as notices cite them: 征信业管理条例第十八条."""
    was: tuple[str, ...] = ()
    """Ids of the requirements, of a policy that its own replaces or amends, from which this one was made."""

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, data: Any) -> Any:
        """What may be left out: the clause is then called as the id, the text as the title; sizes stand apart."""
        if not isinstance(data, dict):
            return data
        filled = {"clause": data.get("id", ""), "text": data.get("title", "")} | {k: v for k, v in data.items() if v is not None}
        whom = data.get("applies_to")
        if isinstance(whom, list | tuple) and any(isinstance(one, dict) for one in whom):
            filled["sizes"] = [one for one in whom if isinstance(one, dict)]
            filled["applies_to"] = [one.get("kind") if isinstance(one, dict) else one for one in whom]
        return filled

    def addresses(self, kind: FirmKind) -> bool:
        """Whether the requirement is addressed to this kind of firm."""
        kinds = self.applies_to
        return "all" in kinds or kind in kinds or ADDRESSED_AS[kind] in kinds

    def means(self, firm: Firm) -> bool:
        """Whether the requirement is addressed to this firm, by its kind and, where that counts, its size."""
        if not self.sizes:
            return self.addresses(firm.kind)
        return any(
            all(size.fits(firm.assets) for size in self.sizes if size.kind == kind)
            for kind in _called(firm.kind).intersection(self.applies_to)
        )

    def depends_on_size(self, kind: FirmKind) -> bool:
        """Whether only the size of a firm of this kind tells if it is addressed."""
        if not self.sizes:
            return False
        asked = _called(kind).intersection(self.applies_to)
        return bool(asked) and asked <= {size.kind for size in self.sizes}


class Lesson(Value):
    """A sentence that teaches: the requirements it is plain evidence for, and how it goes.

    ``grade`` is None where it is evidence for nothing; ``near_miss``: it only looks like evidence for ``written_for``.
    """

    text: str
    evidences: tuple[str, ...]
    grade: Grade | None = None
    written_for: str | None = None
    near_miss: bool = False


class Part(Titled):
    """A part or chapter of a directive. ``id`` is its label there (二, 第三章); the titles are our own short words."""

    id: str
    title: str
    title_en: str


class Correspondence(Value):
    """What a requirement of one policy is to a requirement of another, and why: ``source`` is a ``relation`` of ``target``."""

    source: str
    relation: Relation
    target: str
    why: str = ""


class Policy(Titled):
    """A directive with its requirements. Dates are ISO 8601 (YYYY-MM-DD). Only ``id`` and ``title`` must be written."""

    id: str
    title: str
    short_title: str
    title_en: str
    issuer: str = ""
    issuer_en: str | None = None
    number: str = ""
    issued: str = ""
    published: str = ""
    """Empty where no date at all is stated."""
    effective: Day = None
    """The day from which its duties bind; where none is stated they are taken to bind."""
    until: Day = None
    """The last day of a transition period that all its duties share."""
    expires: Day = None
    """The last day on which its duties bind, where it is in force for a time."""
    url: str | None = None
    basis: Basis = "unstated"
    note: str = ""
    note_en: str | None = None
    replaces: tuple[str, ...] = ()
    """Ids of policies in whose place it stands: what they ask and it does not carry on is repealed."""
    amends: tuple[str, ...] = ()
    """Ids of policies of which it changes a part: what it neither carries on nor repeals stays in force."""
    repeals: tuple[str, ...] = ()
    """Ids of requirements of a policy it amends that are gone."""
    crosswalk: tuple[Correspondence, ...] = ()
    """What its requirements are to those of other policies, from ``crosswalk.yaml``."""
    parts: tuple[Part, ...] = ()
    """In the order of the directive; a requirement names its own by ``part``."""
    requirements: tuple[Requirement, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _filled(cls, data: Any) -> Any:
        """What may be left out: the short title is then the title, and a date that is not stated the next best."""
        if not isinstance(data, dict):
            return data
        said = {key: value for key, value in data.items() if value is not None}
        issued, published, effective = (said.get(key) for key in ("issued", "published", "effective"))
        dates = {"issued": issued or published or "", "published": published or issued or effective or ""}
        return {"short_title": said.get("title", "")} | said | dates

    @field_validator("issued", "published")
    @classmethod
    def _isa_day(cls, value: str) -> str:
        return a_day(value) or ""
