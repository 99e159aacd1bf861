"""How general the signals are: python -m benchmarks.generality [--heldout FILE].

Takes every signal of the catalog for itself and counts the documents of the labelled sets in which it stands behind
evidence. A signal that only one document ever calls for may have been written for that document: it is listed, with
how many of its marks a label supports.

--heldout FILE reads sentences that nobody wrote signals for, and says how many of them are found:

    evidence: {ph23-04.a: [[practice, 云岭银行…], [result, …], [breach, …]]}
    none: [sentences that must give no mark]
    firms: [云岭银行, …]            # optional; by default what the sentences open with
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.labelled import LabelledSet, labelled_sets
from mapper.align.grade import is_adverse
from mapper.align.match import read_document
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import document_text
from mapper.firms.registry import Registry, load_registry
from mapper.model import Evidence, Firm, FirmKind, Requirement
from mapper.problems import Problem
from mapper.run import MIN_SCORE
from mapper.shipped import folder

FORMS: dict[str, FirmKind] = {
    "村镇银行": "bank",
    "农商银行": "bank",
    "银行": "bank",
    "消费金融": "consumer-finance",
    "财险": "insurer",
    "人寿": "insurer",
    "证券": "securities",
    "信托": "trust",
    "金租": "leasing",
    "担保": "guarantee",
    "小贷": "microloan",
    "支付": "payment",
    "科技": "fintech",
}
_OPENING = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{'|'.join(FORMS)})")
PLACE = re.compile(r"#([sb])(\d+)$")


@dataclass
class Use:
    """Where one signal stands behind evidence."""

    documents: set[str] = field(default_factory=set)
    marks: int = 0
    right: int = 0


def one_by_one(catalog: Catalog) -> Catalog:
    """A catalog in which every signal is a requirement of its own: ``ID#s0`` for signals, ``ID#b0`` for breaches."""
    policies = (
        policy.model_copy(
            update={"requirements": tuple(part for whole in policy.requirements for part in _parts(whole))}
        )
        for policy in catalog.policies
    )
    return Catalog(tuple(policies), catalog.lexicon)


def _parts(whole: Requirement) -> Iterator[Requirement]:
    for i, signal in enumerate(whole.signals):
        yield whole.model_copy(update={"id": f"{whole.id}#s{i}", "signals": (signal,), "breaches": ()})
    for i, signal in enumerate(whole.breaches):
        yield whole.model_copy(update={"id": f"{whole.id}#b{i}", "signals": (), "breaches": (signal,)})


def uses(one: LabelledSet, parted: Catalog) -> Iterator[tuple[str, str, bool]]:
    """Signal, document and verdict of every mark that a signal makes, in a labelled set."""
    alignment = one.align(parted)
    evidence = tuple(_whole(mark) for mark in alignment.evidence)
    wrong = one.wrong(alignment.model_copy(update={"evidence": evidence}))
    for mark in alignment.evidence:
        for document in sorted({source.document for source in mark.sources}):
            yield mark.requirement, f"{one.name}/{document}", (mark.id, document) not in wrong


def _whole(mark: Evidence) -> Evidence:
    """The mark with the requirement that its signal belongs to."""
    return mark.model_copy(update={"requirement": PLACE.sub("", mark.requirement)})


def report(catalog: Catalog, sets: Sequence[LabelledSet]) -> Iterator[str]:
    """The signals that fire in one document only, and how many fire never, once, more often."""
    parted = one_by_one(catalog)
    found: dict[str, Use] = defaultdict(Use)
    for one in sets:
        for signal, document, right in uses(one, parted):
            found[signal].documents.add(document)
            found[signal].marks += 1
            found[signal].right += right
    texts = {part.id: " + ".join((*part.signals, *part.breaches)[0].need) for part in parted.requirements}
    for signal, text in texts.items():
        if len(found[signal].documents) == 1:
            (document,) = found[signal].documents
            yield f"{signal}  {found[signal].right}/{found[signal].marks} right  {document}\n    {text}"
    spread = Counter(min(len(found[signal].documents), 3) for signal in texts)
    documents = sum(len(one.inputs.corpus.documents) for one in sets)
    yield f"{len(texts)} signals of {len(catalog.requirements)} requirements, {documents} documents"
    yield f"fire in one document only: {spread[1]} (above)"
    yield f"in two: {spread[2]}; in three or more: {spread[3]}; never: {spread[0]}"


# ---- sentences held out ----------------------------------------------------------------------------------------


def held_out(path: Path, catalog: Catalog, registry: Registry) -> Iterator[str]:
    """How many of the sentences are found by the signals alone, and by the whole way from document to mark."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = [(str(name), kind, text) for name, entries in data["evidence"].items() for kind, text in entries]
    silent: list[str] = data["none"]
    given = registry.with_firms(_firms(data, [*(text for _, _, text in asked), *silent]))
    kinds = list(dict.fromkeys(kind for _, kind, _ in asked))
    yield f"{len(asked)} sentences that bear on a requirement, {len(silent)} that bear on none"
    yield f"{'':48}{'all':>6}" + "".join(f"{kind:>10}" for kind in kinds) + f"{'false':>8}"
    marked = {text: set(_signals(text, catalog)) for text in _texts(asked, silent)}
    yield _row("signals alone", asked, silent, marked)
    for label, known in (("end to end, firm known", given), ("end to end, firm to be discovered", registry)):
        made = {text: list(_marks(text, catalog, known)) for text in _texts(asked, silent)}
        for floor in (0.0, MIN_SCORE):
            marked = {text: {mark.requirement for mark in marks if mark.score >= floor} for text, marks in made.items()}
            yield _row(f"{label}, score ≥ {floor:.1f}", asked, silent, marked)


def _texts(asked: Iterable[tuple[str, str, str]], silent: Iterable[str]) -> list[str]:
    return [*(text for _, _, text in asked), *silent]


def _firms(data: dict[str, Any], sentences: Iterable[str]) -> tuple[Firm, ...]:
    """The invented firms: those the file lists, else what its sentences open with."""
    openings = (match.group() for sentence in sentences if (match := _OPENING.match(sentence)))
    names = sorted(set(data.get("firms") or openings))
    return tuple(Firm(id=name, name=name, kind=_kind(name), origin="corpus") for name in names)


def _kind(name: str) -> FirmKind:
    return next((kind for form, kind in FORMS.items() if name.endswith(form)), "fintech")


def _signals(text: str, catalog: Catalog) -> Iterator[str]:
    """The requirements whose signals match, its breaches where the sentence tells of a fault found."""
    scan, adverse = catalog.matcher.scan(text), bool(is_adverse(text))
    return (one.id for one in catalog.requirements if scan.match(one.id, breach=adverse) is not None)


def _marks(text: str, catalog: Catalog, registry: Registry) -> Iterator[Evidence]:
    """The marks that the sentence gives as a document of its own."""
    document = document_text("sentence.txt", text.encode())
    if not isinstance(document, Problem):
        yield from read_document(document, catalog, registry)[0]


def _row(label: str, asked: Sequence[tuple[str, str, str]], silent: Sequence[str], marked: dict[str, set[str]]) -> str:
    kinds = list(dict.fromkeys(kind for _, kind, _ in asked))
    shares = [f"{_share([name in marked[text] for name, _, text in asked]):>6}"]
    for wanted in kinds:
        shares.append(f"{_share([name in marked[text] for name, kind, text in asked if kind == wanted]):>10}")
    return f"{label:48}{''.join(shares)}{_share([bool(marked[text]) for text in silent]):>8}"


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.2f}" if values else "–"


def main(arguments: list[str]) -> int:
    """Print the report; with --heldout the figures on those sentences instead."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heldout", type=Path, metavar="FILE")
    chosen = parser.parse_args(arguments)
    if chosen.heldout is None:
        sets = list(labelled_sets())
        lines = report(sets[0].inputs.catalog, sets)
    else:
        catalog, _ = load_catalog(folder("policies"))
        registry, _ = load_registry()
        if catalog is None or registry is None:
            print("the catalog has errors: mapper check")
            return 2
        lines = held_out(chosen.heldout, catalog, registry)
    for line in lines:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
