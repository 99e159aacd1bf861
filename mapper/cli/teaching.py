"""The command that leads an author through a policy: sentences in, and at once what they find."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapper.cli.codes import DONE, WRONG
from mapper.cli.terminal import progress, put, tell, tell_problems, tell_refused, written
from mapper.messages import say
from mapper.shipped import folder

if TYPE_CHECKING:
    from mapper.model import Policy, Requirement

_PROMPT = "› "


def teach(
    policy: Annotated[Path, typer.Argument(metavar="POLICY", help="argument-policy-file")],
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="option-corpus-teach")] = None,
    requirement: Annotated[str | None, typer.Option(metavar="ID", help="option-requirement-teach")] = None,
) -> int:
    from mapper import run
    from mapper.catalog.load import load_catalog
    from mapper.teach.book import Book
    from mapper.teach.desk import Desk
    from mapper.teach.dialogue import Dialogue

    lines = _lines()
    file = _only_policy(policy) if policy.suffix not in (".yaml", ".yml") and policy.is_dir() else policy
    if file is None or not (file.exists() or _founded(file, lines)):
        return WRONG
    policy = file
    place = corpus or policy.parent.parent / "corpus"
    with progress() as show:
        read = run.read_for_teaching(policy, place if corpus is not None or place.is_dir() else None, show)
    tell_problems(read.problems)
    asked = _in_turn(next(one for one in read.catalog.policies if one.id == read.policy), requirement)
    shipped, _ = load_catalog(folder("policies"))
    try:
        book = Book.beside(policy.parent, read.policy)
        with progress() as show:
            desk = Desk(read.catalog, read.registry, read.corpus.documents, show)
        dialogue = Dialogue(desk, book, asked, shipped or read.catalog, lambda line: put([line]))
        dialogue.open()
        for line in lines:
            if not dialogue.hear(line):
                break
        else:
            dialogue.hear("quit")
    except (OSError, UnicodeDecodeError) as error:
        tell_refused(policy.parent, error)
        return WRONG
    return DONE


def _in_turn(policy: Policy, first: str | None) -> list[Requirement]:
    """The requirements of a policy in its order, going round from the ``first``. Raises InputError for an unknown one."""
    from mapper.catalog.find import find_requirement

    asked = list(policy.requirements)
    at = asked.index(find_requirement([policy], first)[1]) if first is not None else 0
    return asked[at:] + asked[:at]


def _only_policy(folder: Path) -> Path | None:
    """The policy of a folder that holds one; None, and a message, where there are others or none."""
    from mapper.catalog.crosswalk import CROSSWALK
    from mapper.catalog.lexicon import LEXICON

    found = sorted(path for path in folder.glob("*.yaml") if path.name not in (LEXICON, CROSSWALK))
    if len(found) == 1:
        return found[0]
    tell(say("cli.teach-which", path=folder, names="、".join(path.name for path in found) or "—"))
    return None


def _lines() -> Iterator[str]:
    """What the author types, or what a pipe holds, as UTF-8 whatever the locale says."""
    if sys.stdin is None:
        return
    if sys.stdin.isatty():
        while True:
            try:
                yield input(_PROMPT)
            except EOFError:
                return
    raw = getattr(sys.stdin, "buffer", None)
    yield from (line.decode("utf-8", "replace") for line in raw) if raw is not None else sys.stdin


def _founded(policy: Path, lines: Iterator[str]) -> bool:
    """Make a policy that is not there from a title and requirements that are given now."""
    from mapper.teach.founding import policy_id, policy_yaml
    from mapper.teach.said import typed

    put([say("teach.new-title", path=policy)])
    title = typed(next(lines, ""))
    put([say("teach.new-requirements")])
    said: list[str] = []
    for line in map(typed, lines):
        if not line:
            break
        said.append(line)
    if not title or not said:
        tell(say("teach.new-none"))
        return False
    if not written({policy: policy_yaml(policy_id(policy.stem), title, said).encode()}):
        return False
    put([say("teach.new-made", path=policy, count=len(said))])
    return True
