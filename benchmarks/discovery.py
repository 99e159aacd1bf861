"""Which firms are found by the form of their names: python -m benchmarks.discovery [--folder DIR] [--judged FILE] [--names].

Every document of the labelled sets that are here (and of ``--folder``) is read with the list of firms that ships and
without any firms.yaml; counted is every firm found in a document. What is found in our own sets is right when their
firms.yaml knows the name, or discovered.yaml, judged by eye, calls it a firm; for other sets ``--judged`` gives such a
list (``firms: [...]``, ``phantoms: [...]``). Names that nobody has judged are told and count for neither.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.labelled import sets
from mapper.corpus import read_corpus
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import Firm

JUDGED = Path(__file__).with_name("discovered.yaml")


@dataclass(frozen=True)
class Judge:
    """What is known of names, in lower case: those of firms and those of nothing."""

    firms: frozenset[str]
    phantoms: frozenset[str]

    def rules(self, firm: Firm) -> bool | None:
        """Whether a firm that was found is one; None where nobody has said. Its own name decides before its other forms."""
        if lowered(firm.name) in self.phantoms:
            return False
        return True if {lowered(word) for word in (firm.name, *firm.aliases)} & self.firms else None


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.discovery", description=__doc__)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--judged", type=Path)
    parser.add_argument("--names", action="store_true", help="every name that nobody has judged, or that is none")
    parser.add_argument("--alone", action="store_true", help="read without the list that ships, as only: true does")
    asked = parser.parse_args(arguments)
    shipped, _ = load_registry()
    assert shipped is not None
    known = Registry({}) if asked.alone else shipped
    lists = [JUDGED, *([asked.judged] if asked.judged else [])]
    folders = {one.name: one.corpus for one in sets()} | {folder.name: folder for folder in asked.folder}
    print("| set | documents | firms found | judged | precision |\n|---|---:|---:|---:|---:|")
    for name, folder in folders.items():
        documents, found = discovered(folder, known)
        judge = judging(lists, folder, shipped)
        ruled = Counter(judge.rules(firm) for firm in found)
        said = ruled[True] + ruled[False]
        share = f"{ruled[True] / said:.3f}" if said else "–"
        print(f"| {name} | {documents} | {len(found)} | {said} | {share} |")
        if asked.names:
            told = sorted({(firm.name, judge.rules(firm)) for firm in found if not judge.rules(firm)}, key=str)
            for word, ruling in told:
                print(f"    {word}: {'no firm' if ruling is False else 'not judged'}")
    return 0


def discovered(folder: Path, shipped: Registry) -> tuple[int, list[Firm]]:
    """How many documents a folder holds, and every firm that was found in one of them, one entry for each document."""
    documents = read_corpus(folder).documents
    return len(documents), [firm for one in documents for firm in _new(local_registry(one, shipped))]


def _new(registry: Registry) -> Iterator[Firm]:
    return (firm for firm in registry.firms.values() if firm.origin == "discovered")


def judging(lists: list[Path], folder: Path, shipped: Registry) -> Judge:
    """What the judged lists, the folder's own firms.yaml and the list that ships say of names."""
    judged: list[Mapping[str, list[str]]] = [yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in lists]
    own = folder / "firms.yaml"
    known, _ = load_registry(own) if own.is_file() else (shipped, [])
    firms = {lowered(word) for listed in judged for word in listed.get("firms") or []}
    for firm in known.firms.values() if known is not None else ():
        firms |= {lowered(word) for word in (firm.name, firm.full_name or "", *firm.aliases, *firm.former, *firm.products) if word}
    phantoms = {lowered(word) for listed in judged for word in listed.get("phantoms") or []}
    return Judge(frozenset(firms), frozenset(phantoms))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
