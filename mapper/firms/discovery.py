"""Firms that no registry knows, found by the form of their names, and the registry of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mapper.firms import names
from mapper.firms.branches import branches_by_place
from mapper.firms.brands import brands
from mapper.firms.complainant import complains
from mapper.firms.defined import defined
from mapper.firms.former import known_by_former_name
from mapper.firms.lone import lone_stems
from mapper.firms.names import PROVINCES, NameMatch
from mapper.firms.pairs import beside
from mapper.firms.patterns import name_rule, name_words
from mapper.firms.products import made_here
from mapper.firms.registry import Registry
from mapper.firms.sameness import known_by_form, known_by_short_name, with_platforms
from mapper.firms.shorts import customers_names, short_names, stem_names, union_names
from mapper.firms.stems import OWN_STEM, short_of, stands_alone, with_stems
from mapper.letters import lowered
from mapper.model import DocumentText, Firm

_NEAR = 3
"""Passages on either side of a charge in which the company charged is named."""
_SHARE = 0.02
"""A document speaks of something that stands in this share of its passages."""
_COUNTY_FORM = "农信社"
_COUNTIES = "县区旗市"
"""What a document may leave away behind a county's name: 禾川联社 of 禾川县农村信用合作联社."""
_TITLE_WITHIN = 12
"""Passages at the top in which a document's title stands, if it stands in any."""


def local_registry(document: DocumentText, registry: Registry) -> Registry:
    """The registry for one document: with the firms that only its own words reveal, and the short names it gives.

    A name is taken only where nothing known stands in its place, its stem is no common word, and it acts somewhere;
    otherwise a generic phrase (地方农商行) would become a firm.
    """
    found = list(_found(document, registry))
    text = "\n".join(passage.text for passage in document.passages)
    if not name_rule("fintech").search(text) or name_rule("listed").search(text):
        found = [one for one in found if names.forms()[one.core].id != "technology"]
    platforms = _speaks_of("platform", document)
    lender = _speaks_of("lender", document)
    complaint = complains(document)
    if not (platforms or lender):
        found = [one for one in found if not _platform(one) or (complaint and one.called)]
    charged, sold = _near(document, "charged"), _near(document, "sold")
    accused = "\n".join(one.text for one in document.passages if name_rule("charged").search(one.text))
    firms = {firm.id: firm for firm in _firms(with_stems(found), charged, sold, accused)}
    customer = complaint and name_rule("borrowed").search(text) is not None
    if platforms or lender or customer:
        known = {*registry.surfaces, *(lowered(word) for firm in firms.values() for word in (firm.name, *firm.aliases))}
        for brand in brands(text, digest=platforms or lender, customer=customer):
            said = lowered(brand)
            if not any(said in word or word in said for word in known):
                firms[brand] = Firm(id=brand, name=brand, kind="fintech", origin="discovered")
    firms, ours = _owned(document, registry, firms)
    firms, run = with_platforms(document, firms, registry)
    firms |= {firm.id: firm for firm in defined(document, registry.with_firms(tuple(firms.values())))}
    firms, placed = branches_by_place(document, firms, registry)
    firms, words = known_by_form(document, firms, registry)
    words |= ours | run | placed
    firms, more = known_by_short_name(document, firms, registry)
    words |= more
    firms, words = known_by_former_name(document, firms, registry, words)
    extended = registry.with_firms(tuple(firms.values())) if firms else registry
    extended = extended.with_words(words) if words else extended
    sharing = beside((passage.text for passage in document.passages), extended)
    firms, extended = (firms | sharing, extended.with_firms(tuple(sharing.values()))) if sharing else (firms, extended)
    shorts = dict(short_names(document, extended)) | dict(stem_names(text, extended, document)) | dict(union_names(text, registry))
    shorts |= dict(lone_stems(text, registry))
    made = dict(made_here(document, text, extended))
    if complaint:
        shorts |= dict(customers_names(document, extended))
    if not (shorts or made):
        return extended
    for word, id in shorts.items():
        if id in firms:
            firms[id] = firms[id].model_copy(update={"aliases": tuple(sorted({*firms[id].aliases, word}))})
    return registry.with_firms(tuple(firms.values())).with_words(words | shorts, made)


def _owned(document: DocumentText, registry: Registry, firms: dict[str, Firm]) -> tuple[dict[str, Firm], dict[str, str]]:
    """The firms with the one that a row of a table is said to be about, by the form of its name, and that name where it is a
    firm's already."""
    name = document.document.owner
    kind = names.kind_of(name) if name else None
    if not name or kind is None or registry.find(name) is not None:
        return firms, {}
    short = names.plain(name) or name
    listed = registry.find(short)
    if listed is not None:
        return firms, {name: listed.id}
    known = firms.get(short, Firm(id=short, name=short, kind=kind, origin="discovered"))
    aliases = tuple(sorted({*known.aliases, name} - {short}))
    return firms | {short: known.model_copy(update={"aliases": aliases})}, {}


def _found(document: DocumentText, registry: Registry) -> Iterator[NameMatch]:
    """Forms of names in the passages, and in a title and a publisher that stand in none of them."""
    texts = [(number, passage.text) for number, passage in enumerate(document.passages)]
    for words in (document.document.title, document.document.publisher):
        if words and all(words not in text for _, text in texts[:_TITLE_WITHIN]):
            texts.append((-1, words))
    for number, text in texts:
        spans = ((start, end) for start, end, _ in registry.matches(lowered(text)))
        known = [(start, end) for start, end in spans if not name_rule("founded-after").match(text[end : end + 4])]
        yield from names.found(number, text, known)


def _platform(one: NameMatch) -> bool:
    return names.forms()[one.core].id == "platform"


def _speaks_of(rule: str, document: DocumentText) -> bool:
    """Whether a rule's words stand in a fair share of a document's passages: a long report mentions everything once."""
    hits = sum(name_rule(rule).search(passage.text) is not None for passage in document.passages)
    return hits > 0 and hits >= _SHARE * len(document.passages)


def _near(document: DocumentText, rule: str) -> frozenset[int]:
    """Numbers of the passages at and around those that a rule finds: what managers of others' money sell, or answer for."""
    hits = [number for number, one in enumerate(document.passages) if name_rule(rule).search(one.text)]
    return frozenset(near for number in hits for near in range(number - _NEAR, number + _NEAR + 1))


def _firms(
    found: Iterable[tuple[str, str, NameMatch]], charged: frozenset[int], sold: frozenset[int], accused: str
) -> Iterator[Firm]:
    """The firms that these names call, each by its stem and form. ``charged``, ``sold``, ``accused``: see :func:`_counts`."""
    grouped: dict[tuple[str, str], list[tuple[str, str, NameMatch]]] = defaultdict(list)
    for stem, longer, one in found:
        short = short_of(one)
        bare = PROVINCES.sub("", stem) if short in name_words("rural-form") else stem
        grouped[bare, short].append((stem, longer, one))
    for bare, short in sorted(grouped):
        left = bare[:-1] if short == _COUNTY_FORM and bare[-1] in _COUNTIES else _local(bare, short)
        if left != bare and (left, short) in grouped:
            grouped[left, short] += grouped.pop((bare, short))
    sure = {key for key, ones in grouped.items() if _counts(ones, charged, sold, accused)}
    family = {stem for stem, _ in sure}
    for (bare, short), ones in sorted(grouped.items()):
        if (bare, short) not in sure and bare not in family:
            continue
        stems = {stem for stem, _, _ in ones} | {longer for _, longer, _ in ones}
        words = {one.core + one.tail for _, _, one in ones} | {one.core for _, _, one in ones}
        words |= {one.middle + one.core + one.tail for _, _, one in ones}
        words |= {one.core.removesuffix("管理") for _, _, one in ones if len(one.core) > 3}
        words |= names.variants().get(short, frozenset())
        name = bare + (short or ones[0][2].core)
        placeless = {PROVINCES.sub("", stem) for stem in stems if any(one.legal for _, _, one in ones)}
        local = {_local(stem, short) for stem in stems | {bare}}
        aliases = {stem + word for stem in stems | {bare} | placeless | local for word in words if len(stem) >= 2}
        kind = names.forms()[ones[0][2].core].gives["kind"]
        yield Firm(id=name, name=name, kind=kind, aliases=tuple(sorted(aliases - {name})), origin="discovered")  # type: ignore[arg-type]


def _local(stem: str, short: str) -> str:
    """The stem of a rural bank without the city in front of it, where what is left can be a stem; any other as it is."""
    if short not in name_words("rural-form"):
        return stem
    left = names.local_stem(stem)
    return stem if any(name_rule(id).search(left) for id in ("common", "numeral", "nation")) else left


def _counts(ones: list[tuple[str, str, NameMatch]], charged: frozenset[int], sold: frozenset[int], accused: str) -> bool:
    """Whether a document says often and plainly enough that these words are a firm's name.

    ``charged``, ``sold``: passages near what managers of others' money are charged with, and what they sell; a company
    named in full is one there. ``accused``: the passages that charge; a company whose stem alone stands in them is one too.
    """
    weak = names.forms()[ones[0][2].core].gives.get("weak")
    legal = [one for _, _, one in ones if one.legal]
    said = sorted((one for _, _, one in ones), key=lambda one: (one.passage, one.start))
    quoted = next((number for number, one in enumerate(said) if one.quoted), None)
    if not legal and quoted is not None and not any(one.acts for one in said[:quoted]):
        return False  # a nickname or a motto stands in quotation marks before it acts
    acting = [one for _, _, one in ones if one.acts]
    if weak and any(_platform(one) and (one.called or one.announced) for _, _, one in ones):
        return True
    if weak == "charged" or (weak == "often" and legal):
        near = any(len(stem) >= OWN_STEM and stem in accused for stem, _, one in ones if one.legal)
        near = near or any(one.passage in charged or (weak == "charged" and one.passage in sold) for one in legal)
        if near or weak == "charged":
            return near
    if weak == "full":
        return bool(legal)
    if weak == "often":
        return len(acting) >= 2 or bool(acting and len(ones) >= 3)
    if weak == "acting":
        return bool(legal) and (bool(acting) or any(one.passage in charged for one in legal))
    if weak:
        near = any(one.passage in charged for one in acting)
        return bool(legal) or (bool(acting) and (len(ones) >= 2 or near)) or any(map(_acts_once, ones))
    return True


def _acts_once(named: tuple[str, str, NameMatch]) -> bool:
    """Whether a name that does what only a firm does stands at the head of its clause, and its stem is no word."""
    stem, _, one = named
    acts = one.acts and short_of(one) != _COUNTY_FORM and name_rule("acts-once").match(one.follows) is not None
    return acts and stands_alone(stem, one)
