"""Short names of firms: those that a document gives, a firm's stem alone, and what customers call it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from mapper.firms.brands import is_brand
from mapper.firms.glossary import explained
from mapper.firms.names import LEGAL, PLACE, PROVINCE_NAMES, PROVINCES
from mapper.firms.ordinary import ordinary
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import DocumentText, Firm

_REST = re.compile("[\u4e00-\u9fff]{0,20}")
"""What of a legal name its form leaves over."""
_LEAD = 24
"""Characters before a firm in which the platform stands that it runs."""
_NEAR = 2
"""Passages over which «the company» of an entry is the one that its head names."""
_ARMS: Mapping[str, str] = {"told-life": "life-arm", "told-property": "property-arm"}
"""By the cover that a customer writes of, how the insurer of a group that gives it is called."""
_PLATFORMS = ("fintech", "fund-manager", "microloan", "payment")
"""Kinds of firm that go by a platform's brand."""
_UNION = "省联社"
_PROVINCE = re.compile(f"({PROVINCE_NAMES})省")
_SAID = 2
"""Words of a cover that tell it."""
_FULL = 60
"""No full name is longer."""


def stem_names(text: str, registry: Registry, document: DocumentText) -> Iterator[tuple[str, str]]:
    """A firm that is no bank, called by its stem alone once its name has been said (恒苏 for 恒苏消费金融)."""
    named: dict[str, set[str]] = defaultdict(set)
    for passage in document.passages:
        for _, _, word in registry.matches(lowered(passage.text)):
            firm, kind = registry.surfaces[word]
            stem = name_rule("stem-form").sub("", PLACE.sub("", word))
            if registry.firms[firm].origin == "discovered":
                stem = PROVINCES.sub("", stem)
                stem = name_rule("brand-ending").sub("", stem) if stem == word else stem
            if kind == "name" and stem != word and len(stem) >= 2:
                named[stem].add(firm)
    for stem, firms in sorted(named.items()):
        # A stem that a bank shares, of this name or as a group, could mean either; a country or a place means none.
        if len(firms) != 1 or any(registry.firms[firm].kind == "bank" for firm in firms):
            continue
        if f"{stem}银行" in registry.surfaces or PROVINCES.fullmatch(stem) or name_rule("nation").search(stem):
            continue
        if stem in registry.surfaces or stem.isdigit() or any(stem[at : at + 2] in ordinary() for at in range(len(stem) - 1)):
            continue
        if _subject(stem, text):
            yield stem, next(iter(firms))


_STOPS = "，。；、！？”）"


def _subject(stem: str, text: str) -> bool:
    """Whether a stem stands somewhere at the head of a clause, with a word behind it that goes on about somebody.

    Or at its end, after what one does with a firm: 打电话给丰禾，.
    """
    at = text.find(stem)
    while at >= 0:
        if text[at + len(stem) : at + len(stem) + 1] in _STOPS and name_rule("before-stem").search(text[max(0, at - 6) : at]):
            return True
        if (not at or text[at - 1] in "，。；：、“”（(\n") and name_rule("stem-goes-on").match(text, at + len(stem)):
            return True
        at = text.find(stem, at + 1)
    return False


def union_names(text: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """The union of a province's rural banks by its office (省联社), where the text names one province only."""
    if _UNION not in text:
        return
    provinces = {match[1] for match in _PROVINCE.finditer(text)}
    firm = registry.find(f"{provinces.pop()}省农村信用社联合社") if len(provinces) == 1 else None
    if firm is not None:
        yield _UNION, firm.id


def customers_names(document: DocumentText, registry: Registry) -> Iterator[tuple[str, str]]:
    """How customers call a firm: by its stem alone (捷信, 中信) where whoever serves them stands behind it.

    A stem that is a word of every day too (马上) calls it only together with what stands behind it.
    """
    text = "".join(passage.text for passage in document.passages)
    stems: dict[str, list[Firm]] = defaultdict(list)
    for stem, firm in registry.stemmed(text):
        stems[stem].append(firm)
    told: Counter[str] = Counter()
    for rule in ("told-bank", "told-insurer", "told-consumer-finance"):
        told[rule.removeprefix("told-")] = len(name_rule(rule).findall(text))
    told["insurer"] += sum(len(name_rule(rule).findall(text)) for rule in _ARMS)
    kind = told.most_common(1)[0][0]
    served = name_rule("customers-after")
    for stem, firms in sorted(stems.items()):
        daily = any(stem[at : at + 2] in ordinary() for at in range(len(stem) - 1)) or name_rule("daily-stem").match(stem)
        ends = [match.end() for match in re.finditer(re.escape(stem), text)]
        after = [match for end in ends if (match := (name_rule("customers-plain") if daily else served).match(text, end))]
        if lowered(stem) in registry.surfaces or not after:
            continue
        named = [firm for firm in firms if firm.name in text or any(word in text for word in firm.aliases)]
        chosen = named or firms
        if len({firm.id for firm in chosen}) > 1:
            chosen = [firm for firm in chosen if firm.kind == kind]
        if len({firm.id for firm in chosen}) > 1 and kind == "insurer":
            told_of = arm(text)
            chosen = [firm for firm in chosen if told_of is not None and is_arm(firm, told_of)]
        if len({firm.id for firm in chosen}) == 1:
            called = sorted({stem + match.group() for match in after}) if daily else [stem]
            yield from ((word, chosen[0].id) for word in called if lowered(word) not in registry.surfaces)


def arm(text: str) -> str | None:
    """Which insurer of a group a customer writes of: the word of :data:`_ARMS` for its cover; None where that is in doubt."""
    told = {id: len(name_rule(id).findall(text)) for id in _ARMS}
    most, other = sorted(told, key=lambda one: -told[one])
    return most if told[most] >= _SAID and told[most] > told[other] else None


def is_arm(firm: Firm, told_of: str) -> bool:
    """Whether a firm is the insurer of such a cover, by its name."""
    return any(name_rule(_ARMS[told_of]).search(name) for name in (firm.name, *firm.aliases))


def operated(document: DocumentText, registry: Registry) -> Iterator[tuple[str, str]]:
    """Pairs of a platform and the firm that runs it, as the document says: …有限公司（花生宝平台）, 花生宝由…有限公司运营.

    Outside brackets a platform is one that ``registry`` knows, or a word that can be nothing but a brand.
    """
    for number, passage in enumerate(document.passages):
        text = passage.text
        runs = any(word in text for word in ("平台", "运营", "开发", "公司）", "公司)"))
        head = name_rule("head-entry").match(text) if "公司" in text else None
        if not runs and head is None:
            continue
        found = registry.matches(lowered(text))
        if head is not None:
            yield from _of_entry(text, head[1], found, registry)
        if runs:
            yield from _run_by(text, found, registry)
        under = name_rule("operates-under").search(text) if "公司以" in text else None
        company = _company(document, number, registry) if under is not None else None
        if under is not None and company is not None and _branded(_brand(under), registry):
            yield _brand(under), company


def _company(document: DocumentText, number: int, registry: Registry) -> str | None:
    """The company named in full last before a passage, near it."""
    for passage in reversed(document.passages[max(0, number - _NEAR) : number]):
        for _, _, word in registry.matches(lowered(passage.text)):
            if word.endswith("公司"):
                return registry.surfaces[word][0]
    return None


def _run_by(text: str, found: list[tuple[int, int, str]], registry: Registry) -> Iterator[tuple[str, str]]:
    """The same of one passage: the platform stands right behind a company's legal name, or before it."""
    for match in name_rule("operates").finditer(text):
        before = lowered(text[max(0, match.start() - _FULL) : match.start()])
        named = [word for _, end, word in registry.matches(before) if _REST.fullmatch(before, end)]
        brand = _brand(match)
        told = match.group()[0] in "（(" or _branded(brand, registry)
        if named and "平台" in match.group() and told and not name_rule("no-short").match(brand):
            yield brand, registry.surfaces[named[-1]][0]
    for start, end, word in found:
        if registry.surfaces[word][1] != "name":
            continue
        lead = text[max(0, start - _LEAD) : start]
        by = name_rule("operated-by").search(lead)
        if by is not None and ("运营" in by.group() or name_rule("runs-it").match(text, end)) and _branded(_brand(by), registry):
            yield _brand(by), registry.surfaces[word][0]
        bracket = name_rule("brand-of").search(lead) if word.endswith("公司") and text[end : end + 1] in ("）", ")") else None
        if bracket and (bracket[1] in word or _branded(bracket[1], registry)) and not name_rule("no-short").match(bracket[1]):
            yield bracket[1], registry.surfaces[word][0]


def _of_entry(
    text: str, head: str, found: list[tuple[int, int, str]], registry: Registry
) -> Iterator[tuple[str, str]]:
    """The platform that heads an entry of a digest, and the one company that the entry names in full as its own."""
    if not _branded(head, registry) or not name_rule("entry-runs").search(text):
        return
    known = registry.find(head)
    if known is not None and known.kind not in _PLATFORMS:
        return
    companies = {registry.surfaces[word][0] for _, _, word in found if word.endswith("公司")}
    firms = [registry.firms[id] for id in companies]
    if len(firms) == 1 and firms[0].origin == "discovered" and firms[0].kind in _PLATFORMS:
        yield head, firms[0].id


def _brand(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _branded(word: str, registry: Registry) -> bool:
    """Whether a word calls a platform: one that is known, a brand, or a stem of its own with an ending that brands like."""
    if lowered(word) in registry.surfaces or is_brand(word):
        return True
    stem = name_rule("brand-ending").sub("", word)
    if stem == word or len(stem) < 2 or any(name_rule(id).search(stem) for id in ("common", "numeral", "nation", "stop")):
        return False
    return not any(stem[at : at + 2] in ordinary() for at in range(len(stem) - 1))


def short_names(document: DocumentText, registry: Registry, known: bool = False) -> Iterator[tuple[str, str]]:
    """Pairs of a short name the document gives itself and the firm it stands for; ``known``: of those that are names."""
    text = "\n".join(passage.text for passage in document.passages)
    for short, name in explained(document):
        firm = registry.surfaces.get(lowered(name))
        if firm is not None and not name_rule("no-short").match(short) and (lowered(short) in registry.surfaces) is known:
            yield short, firm[0]
    for passage in document.passages:
        for id in ("short-told", "short-bare"):
            for match in name_rule(id).finditer(passage.text):
                short = match["short"].strip()
                if name_rule("no-short").match(short) or (lowered(short) in registry.surfaces) is not known:
                    continue
                if id == "short-bare" and (short.isascii() or text.count(short) < 3):
                    continue
                before = lowered(passage.text[max(0, match.start() - _FULL) : match.start()])
                named = [word for _, end, word in registry.matches(before) if before[end:] in (*LEGAL, "公司")]
                if named:
                    yield short, registry.surfaces[named[0]][0]
        for match in name_rule("shorts-told").finditer(passage.text):
            shorts = [short.strip("“”\" ") for short in re.split("[、，,和]", match["shorts"])]
            before = lowered(passage.text[max(0, match.start() - len(shorts) * _FULL) : match.start()])
            firms = [registry.surfaces[word][0] for _, _, word in registry.matches(before)][-len(shorts) :]
            if len(firms) == len(shorts):
                yield from (
                    (short, firm)
                    for short, firm in zip(shorts, firms, strict=True)
                    if not name_rule("no-short").match(short) and (lowered(short) in registry.surfaces) is known
                )
