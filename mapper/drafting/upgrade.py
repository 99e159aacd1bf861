"""An old policy file and a new one → the new file with its lineage and what the old one knew, and decisions carried over."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from mapper.drafting.pairing import PairingSide, Step, pair
from mapper.drafting.parting import Parting
from mapper.fingerprint import asked
from mapper.messages import LANGUAGES, text
from mapper.model import Decision, Seen
from mapper.yamlloader import LOADER

_CARRIED = ("themes", "cited_as", "signals", "breaches", "unless", "examples", "counterexamples")
"""What a requirement hands on to those that are made from it, where they have none of it themselves."""
_LINES = ("examples", "counterexamples")
"""Lists with a line for each item."""
_PLACED = ("accept", "regrade", "add")
"""Rulings that say that words bear on a requirement."""
_TOLD = ("title_en", "text", "text_en", "note")
"""What it hands on too where it was kept as it is."""


@dataclass(frozen=True)
class Upgrade:
    """What becomes of each requirement, and the text of the new policy file with all that was carried over."""

    old: str
    new: str
    steps: tuple[Step, ...]
    text: str
    fits: Mapping[tuple[str, str], tuple[str, bool]]
    """By old requirement and sentence, where the one became several: the heir that the other is likest to, and whether by far."""

    unclear: tuple[str, ...]
    """Sentences that teach, and of which it is unclear to which heir they go."""
    obligations: Mapping[str, tuple[str, str]]
    """By new requirement, how binding what it was made from was, and how binding it is, where that is not the same."""

    def heir(self, old: str, sentence: str) -> str | None:
        """The requirement that a sentence of an old one goes to; None where there is none, or it is unclear which."""
        among = self.heirs.get(old, ())
        if len(among) == 1:
            return among[0][0]
        id, clear = self.fits.get((old, sentence), ("", False))
        return id if clear else None

    def likest(self, old: str, sentence: str) -> str | None:
        """The same, but the likest where it is unclear."""
        return self.heir(old, sentence) or self.fits.get((old, sentence), (None, False))[0]

    @cached_property
    def heirs(self) -> dict[str, tuple[tuple[str, bool], ...]]:
        """For each old requirement those made from it, and whether they were kept as they were."""
        found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
        for step in self.steps:
            for old in step.old:
                found[old] += [(new, step.change == "kept") for new in step.new]
        return {old: tuple(news) for old, news in found.items()}


def upgrade(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    source: str,
    beside: Mapping[str, Sequence[str]] | None = None,
    ruled: Mapping[str, Sequence[str]] | None = None,
    parting: Callable[[], Parting] = Parting,
) -> Upgrade:
    """Pair two policy files, given as plain data, and carry over into ``source``, the text of the new one.

    An author's own ``was`` is kept. Comments and order of the new file stay as they are. ``beside``: by old requirement
    the sentences that teach it and stand in neither file; ``ruled``: its near misses there, and words that were ruled on.
    ``parting`` is asked for only where one requirement became several.
    """
    before, after = _entries(old), _entries(new)
    wording = "source" if all(2 * sum(bool(one.get("source")) for one in side) >= len(side) for side in (before, after)) else "text"
    known = {
        one["id"]: [old for old in one["was"] if isinstance(old, str)] for one in after if isinstance(one.get("was"), list)
    }
    steps = pair(_sides(before, wording), _sides(after, wording), known)
    by_id = {one["id"]: one for one in (*before, *after)}
    teach = {one["id"]: [*_lines(one, "examples"), *(beside or {}).get(one["id"], ())] for one in before}
    other = {one["id"]: [*_lines(one, "counterexamples"), *(ruled or {}).get(one["id"], ())] for one in before}
    several = [step for step in steps if step.old and len(step.new) > 1]
    fits = _parted(several, by_id, {id: [*teach[id], *other[id]] for id in teach}, parting)
    more = {id: dict(_handed(step, id, by_id, known, fits)) for step in steps if step.old for id in step.new}
    notes = {id: [_note(step), *_open(step, id, teach, fits)] for step in steps if step.old for id in step.new}
    unclear = tuple(text for step in several for old in step.old for text in dict.fromkeys(teach[old]) if not fits[old, text][1])
    duties = {
        id: (by_id[step.old[0]].get("obligation", "must"), by_id[id].get("obligation", "must"))
        for step in steps for id in step.new
        if step.old and by_id[id].get("obligation", "must") not in {by_id[old].get("obligation", "must") for old in step.old}
    }
    head = {} if new["policy"].get("replaces") or new["policy"].get("amends") else {"replaces": [old["policy"]["id"]]}
    return Upgrade(old["policy"]["id"], new["policy"]["id"], steps, _written(new, source, head, more, notes), fits, unclear, duties)


def _parted(
    steps: Sequence[Step],
    by_id: Mapping[str, Mapping[str, Any]],
    sentences: Mapping[str, Sequence[str]],
    parting: Callable[[], Parting],
) -> dict[tuple[str, str], tuple[str, bool]]:
    """For each old requirement that became several, and each sentence of it, the heir that this fits and whether clearly."""
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    if not steps:
        return found
    tell_apart = parting()
    for step in steps:
        said = [f"{by_id[id].get('title', '')}。{by_id[id].get('text') or by_id[id].get('source') or ''}" for id in step.new]
        pairs = [(old, text) for old in step.old for text in dict.fromkeys(sentences[old])]
        fits = tell_apart.fits(said, [text for _, text in pairs])
        found |= {pair: (step.new[fit.part], fit.clear) for pair, fit in zip(pairs, fits, strict=True)}
    return found


def _lines(entry: Mapping[str, Any], field: str) -> list[str]:
    """The sentences that stand in a requirement itself."""
    return [one for one in entry.get(field) or () if isinstance(one, str)]


def _open(
    step: Step, id: str, teach: Mapping[str, Sequence[str]], fits: Mapping[tuple[str, str], tuple[str, bool]]
) -> Iterator[str]:
    """Notes that name the sentences which may be this heir's or another's, under the one that they are likest to."""
    open_ = [one for old in step.old for one in dict.fromkeys(teach[old]) if fits.get((old, one)) == (id, False)]
    if open_:
        yield " / ".join(text("drafting.carried-open", language) for language in LANGUAGES)
        yield from (f"  - {yaml.safe_dump(one, allow_unicode=True, width=10**6).splitlines()[0]}" for one in open_)


def shared_ids(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The ids that both files use, of the policy or of requirements: a decision could not tell which it is about."""
    used = [{policy["policy"]["id"], *(one["id"] for one in _entries(policy))} for policy in (old, new)]
    return sorted(used[0] & used[1])


def _entries(policy: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in policy.get("requirements") or () if isinstance(one, dict) and isinstance(one.get("id"), str)]


def _sides(entries: Iterable[Mapping[str, Any]], wording: str) -> list[PairingSide]:
    return [
        PairingSide(
            one["id"],
            str(one.get("clause", "")),
            str(one.get("title", "")),
            str(one.get(wording) or one.get("text") or one.get("source") or ""),
            one.get("obligation", "must"),
        )
        for one in entries
    ]


def _handed(
    step: Step,
    id: str,
    by_id: Mapping[str, Mapping[str, Any]],
    known: Mapping[str, Any],
    fits: Mapping[tuple[str, str], tuple[str, bool]],
) -> Iterator[tuple[str, Any]]:
    """The fields that a requirement is given: where it is from, and what it has none of itself."""
    own = by_id[id]
    if id not in known:
        yield "was", list(step.old)
    for field in (*_CARRIED, *(_TOLD if step.change == "kept" else ())):
        if own.get(field):
            continue
        if field in _TOLD:
            value = by_id[step.old[0]].get(field)
        else:
            value = [
                item for old in step.old for item in by_id[old].get(field) or ()
                if len(step.new) == 1 or field not in _LINES or _is_of(fits.get((old, item)), id, near=field == "counterexamples")
            ]
            value = list({json.dumps(item, sort_keys=True): item for item in value}.values())
        if value:
            yield field, value


def _is_of(fit: tuple[str, bool] | None, id: str, *, near: bool) -> bool:
    """Whether a sentence goes to this heir: an example where that is clear, a near miss to the likest."""
    return fit is not None and fit[0] == id and (fit[1] or near)


def _note(step: Step) -> str:
    key = "drafting.carried" if step.change == "kept" else "drafting.carried-check"
    told = {"old": ", ".join(step.old), "likeness": f"{step.likeness:.2f}"}
    return " / ".join(
        text(key, language, change=text(f"drafting.change-{step.change}", language), **told) for language in LANGUAGES
    )


def _written(
    new: Mapping[str, Any], source: str, head: Mapping[str, Any], more: Mapping[str, Mapping[str, Any]], notes: Mapping[str, Sequence[str]]
) -> str:
    """The new file with its additions: put into its text, or where it is written in a way that does not allow it, anew."""
    policy = {**new["policy"], **head}
    requirements = [{**one, **more.get(str(one.get("id")), {})} if isinstance(one, dict) else one for one in new["requirements"]]
    wanted = {**new, "policy": policy, "requirements": requirements}
    try:
        made = _inserted(source, head, more, notes)
        if _plain(yaml.safe_load(made)) == _plain(wanted):
            return made
    except yaml.YAMLError:
        pass
    return yaml.safe_dump(wanted, allow_unicode=True, sort_keys=False, width=10**6)


def _plain(data: Any) -> Any:
    """Data with days as text, as the catalog reads them."""
    return json.loads(json.dumps(data, default=str))


def _inserted(
    source: str, head: Mapping[str, Any], more: Mapping[str, Mapping[str, Any]], notes: Mapping[str, Sequence[str]]
) -> str:
    """The text with fields added behind those of the policy and of each requirement; nothing else of it changes."""
    lines = source.split("\n")
    root = yaml.compose(source, Loader=LOADER)
    added: list[tuple[int, int, list[str]]] = []  # line before which, lines to drop there, lines to add
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "policy" and head:
            added.append((_end(node, lines), 0, _block(head, _column(node))))
        elif key.value == "requirements":
            for entry in node.value:
                id = next((value.value for name, value in entry.value if name.value == "id"), "")
                fields = more.get(id)
                if fields:
                    added += _into(entry, fields, notes[id], lines)
    for at, drop, new in sorted(added, key=lambda one: -one[0]):
        lines[at : at + drop] = new
    return "\n".join(lines)


def _into(
    entry: yaml.MappingNode, fields: Mapping[str, Any], notes: Sequence[str], lines: Sequence[str]
) -> Iterator[tuple[int, int, list[str]]]:
    if entry.flow_style:  # one line in braces becomes a block
        data = yaml.safe_load(yaml.serialize(entry))
        column = entry.start_mark.column
        whole = _block(data | dict(fields), column)
        whole[0] = lines[entry.start_mark.line][: column] + whole[0].lstrip()
        said = [f"{' ' * column}# {note}" for note in notes]
        yield entry.start_mark.line, entry.end_mark.line - entry.start_mark.line + 1, [*whole, *said]
        return
    column = _column(entry)
    empty = {key.value: value for key, value in entry.value if key.value in fields}
    for value in empty.values():  # a slot that was left empty
        yield value.start_mark.line, 1, []
    yield _end(entry, lines), 0, [*(f"{' ' * column}# {note}" for note in notes), *_block(fields, column)]


def _column(node: yaml.MappingNode) -> int:
    return int(node.value[0][0].start_mark.column)


def _end(node: yaml.MappingNode, lines: Sequence[str]) -> int:
    """The line behind the last of a block, comments and blank lines after it left out."""
    last = node.end_mark.line + (1 if node.end_mark.column > 0 and node.flow_style else 0)
    last = min(last, len(lines))
    while last > node.start_mark.line + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return last


def _block(fields: Mapping[str, Any], column: int) -> list[str]:
    said = "".join(
        yaml.safe_dump(
            {field: value}, allow_unicode=True, sort_keys=False, width=10**6,
            default_flow_style=None if isinstance(value, list) and field not in _LINES else False,
        )
        for field, value in fields.items()
    )
    return [f"{' ' * column}{line}" for line in said.rstrip("\n").split("\n")]


def carried_decisions(
    decisions: Iterable[Decision], made: Upgrade, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[Decision]:
    """A decision for each heir of what a decision was about. The decisions themselves stay as they are.

    Of a requirement that was kept it holds as before; of any other it says what its author saw, so that a review shows
    it as suspect until somebody confirms it. Where the requirement became several, words that bear on it go to the part that
    they clearly fit; what does not bear on the whole bears on no part.
    """
    digests = {
        one["id"]: asked(str(one.get("obligation", "must")), str(one.get("text") or one.get("source") or ""))
        for one in (*_entries(old), *_entries(new))
    }
    found = []
    for one in decisions:
        mine = made.heir(one.requirement, one.words) if one.words is not None and one.ruling in _PLACED else None
        for heir, kept in made.heirs.get(one.requirement, ()):
            if mine not in (None, heir):
                continue
            before = one.seen or Seen(requirement=digests[one.requirement])
            held = one.seen is None or before.requirement == digests[one.requirement]
            renewed = before.model_copy(update={"requirement": digests[heir]}) if one.seen else None
            seen = renewed if kept and held else before
            found.append(one.model_copy(update={"requirement": heir, "seen": seen}))
    return found


def carried_sentences(line: str, made: Upgrade, *, alone: bool) -> str | None:
    """A line of examples/*.jsonl with the heirs of the requirements it bears; None where it bears none that has any.

    ``alone``: only the heirs are named, for a folder without the old policy. A sentence of a requirement that was
    split goes to the part that it clearly fits, and to none where that is unclear. A near miss, which is one of a single
    requirement, comes twice where the old policy stays.
    """
    try:
        data = json.loads(line)
    except ValueError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return None
    evidences: list[Any] = data["evidences"] if isinstance(data.get("evidences"), list) else []
    more = [id for old in evidences if isinstance(old, str) and (id := made.heir(old, data["text"])) is not None]
    written = made.likest(data["written_for"], data["text"]) if isinstance(data.get("written_for"), str) else None
    if not more and (written is None or evidences):
        return None
    if alone:
        data |= {"evidences": list(dict.fromkeys(more)), **({"written_for": written} if written else {})}
        return json.dumps(data, ensure_ascii=False)
    lines = [json.dumps(data | {"evidences": list(dict.fromkeys([*evidences, *more]))}, ensure_ascii=False)]
    if data.get("near_miss") and written is not None:  # a near miss is one of the requirement it was written for alone
        lines.append(json.dumps(data | {"evidences": more, "written_for": written}, ensure_ascii=False))
    return "\n".join(lines)
