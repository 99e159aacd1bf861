"""Names by their form: what a text calls like a firm, cut out of the words before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mapper.firms.patterns import name_rule, name_words
from mapper.model import FirmKind
from mapper.rules import Rule, rules

_LONGEST = 14
"""Characters before a form in which its stem is looked for."""
PROVINCE_NAMES = "|".join(rules("shared")["province"].words)
PROVINCES = re.compile(f"^(?:{PROVINCE_NAMES})(?:省|市|自治区)?(?=..)")
"""A province in front of a stem: names bear it or leave it away."""
_PROVINCE = re.compile(f"(?:{PROVINCE_NAMES})(?:省|市|自治区)?")
_FOLLOWS = 40
"""Characters behind a name that tell whether it is one, at most."""
_LEFT = 2
"""Characters that a stem has at least without its city."""
_PLACE = "[（(][\u4e00-\u9fff]{2,6}[）)]"
"""A place or «group» in brackets inside a name: 禾丰（江城）资产管理有限公司."""
PLACE = re.compile(_PLACE)
LEGAL = ("", *rules("shared")["legal-form"].words)
"""What may stand behind a name to make it the legal one."""
LEGAL_FORM = "|".join(LEGAL[1:])
"""The same inside a pattern, as one of several; nothing is none of them."""
_TAIL = (
    rf"(?:{_PLACE}(?=股份|有限|集团|控股))?(?:服务|集团|科技|控股|网贷(?=平台))*"
    f"(?:{LEGAL_FORM}|集团公司|公司|集团)?"
)


@dataclass(frozen=True)
class NameMatch:
    """A form of name in a text. ``before``: the Han characters in front of it, without any name already known;
    ``open``: nothing that could belong to the name stands before those. ``tail``: the legal form behind it.
    """

    passage: int
    start: int
    end: int
    before: str
    open: bool
    core: str
    tail: str
    follows: str
    joined: bool = False
    """Right behind another name: what stands before it may join the two."""
    quoted: bool = False
    """The name alone stands in quotation marks: a nickname, a motto."""
    middle: str = ""
    """A place in brackets between stem and form."""
    arm: bool = False
    """Another firm's name is the stem: 禾丰证券（江城）资产管理有限公司."""

    @property
    def acts(self) -> bool:
        """Whether it stands where a subject does: first in its clause, with more than a mark behind it; or last, behind what is
        told of it (同样被罚的还有…，)."""
        if self.follows[:1] in ("，", ",", "。", "；"):
            return name_rule("told-last").search(self.before) is not None
        return self.open and bool(self.follows) and self.follows[0].isalnum()

    @property
    def called(self) -> bool:
        """Whether the text calls it a platform or an app, or tells of the case against it (…非法集资案)."""
        return re.match(r"[”」’]?(?:平台|官网|app|非法集资|非法吸收)", self.follows, re.IGNORECASE) is not None

    @property
    def announced(self) -> bool:
        """Whether the text calls it so before it names it: P2P平台荷包金融."""
        return self.before.startswith("平台") and len(self.before) <= 6

    @property
    def legal(self) -> bool:
        """Whether the name bears the legal form of a company, or is one only a firm can bear."""
        return "有限" in self.tail or self.core in name_words("sure-form") or bool(self.tail and self.core in name_words("compound-form"))


_DEALING = {"bank", "insurer"}
"""Kinds of firm whose name may stand before what they deal in."""
_TELLS_LITTLE = {"often", "full", "charged"}


@cache
def _cities() -> re.Pattern[str]:
    names = files(__package__).joinpath("places.txt").read_text(encoding="utf-8").split()
    return re.compile(f"(?:{'|'.join(sorted(names, key=lambda name: (-len(name), name)))})市?")


def is_place(stem: str) -> bool:
    """Whether a stem is a province or a city and nothing else."""
    return _PROVINCE.fullmatch(stem) is not None or _cities().fullmatch(stem) is not None


def begins_with_place(stem: str) -> bool:
    """Whether a stem begins with a province or a city."""
    return _PROVINCE.match(stem) is not None or _cities().match(stem) is not None


def local_stem(stem: str) -> str:
    """A stem without the province and the city in front of it (赤峰元宝山 → 元宝山), where enough is left that calls the firm."""
    stem = PROVINCES.sub("", stem)
    match = _cities().match(stem)
    left = stem[match.end() :] if match else stem
    return left if len(left) >= _LEFT and left not in ("农村", "城市", "市") else stem


_RURAL_NAME = re.compile(
    f"(?P<stem>.{{4,}})(?P<form>农村商业银行|农商银行|农商行|村镇银行|农村合作银行)(?:{LEGAL_FORM})?"
)
"""The whole name of a rural bank."""


def shortened(name: str) -> str | None:
    """The name of a rural bank without the province and the city in front of it; None where there is none in front."""
    match = _RURAL_NAME.fullmatch(name)
    if match is None:
        return None
    left = local_stem(match["stem"])
    form = {"农村商业银行": "农商银行", "农商行": "农商银行"}.get(match["form"], match["form"])
    return left + form if left != match["stem"] else None


@cache
def forms() -> dict[str, Rule]:
    """Every word that ends a name, and the form it belongs to."""
    return {word: rule for rule in rules("forms").values() for word in rule.words}


@cache
def _forms() -> re.Pattern[str]:
    words = sorted(forms(), key=lambda word: (-len(word), word))
    return re.compile(f"(?P<core>{'|'.join(words)})(?P<tail>{_TAIL})")


@cache
def _head() -> re.Pattern[str]:
    words = "|".join(sorted(forms(), key=lambda word: (-len(word), word)))
    some = "[\u4e00-\u9fff]{0,6}某[\u4e00-\u9fff]{1,4}"
    return re.compile(f"(?:[^，。；：、“”]{{1,4}}[，：])?(?:[\u4e00-\u9fff]{{2,4}}|{some})(?:{words})")


def begins_with_name(text: str) -> bool:
    """Whether a sentence begins with what has the form of a name, be it known or not."""
    return _head().match(text) is not None


def _ending(name: str) -> re.Match[str] | None:
    """The form that a name ends with, behind a stem."""
    matches = (match for match in _forms().finditer(name) if match.start() >= _LEFT and match.end() == len(name))
    return next(matches, None)


def kind_of(name: str) -> FirmKind | None:
    """The kind of firm that a name belongs to by the form it ends with (禾川农商银行股份有限公司); None without one."""
    match = _ending(name)
    return forms()[match["core"]].gives["kind"] if match else None  # type: ignore[return-value]


def ending(name: str) -> str | None:
    """The usual word for the form that a name ends with (财险 of 禾丰财产保险); None without one."""
    match = _ending(name)
    return forms()[match["core"]].gives["short"] if match else None


@lru_cache(maxsize=4096)
def plain(name: str) -> str | None:
    """A name by the usual word for its form, without what is legal in it (禾丰小额贷款有限公司 → 禾丰小贷).

    None without a form, or where the form tells too little (科技, 投资): firms of one stem bear several such names.
    """
    bare = PLACE.sub("", name)
    match = _ending(bare)
    rule = forms()[match["core"]] if match else None
    if match is None or rule is None or rule.gives.get("weak") in _TELLS_LITTLE or not rule.gives["short"]:
        return None
    return bare[: match.start()] + rule.gives["short"]


@cache
def variants() -> Mapping[str, frozenset[str]]:
    """By the usual word for a form, how else a firm of that form may be called behind its stem (财险: 产险, 财产保险)."""
    return {rule.gives["short"]: frozenset(rule.words) for rule in rules("variants").values()}


def other_forms(name: str) -> frozenset[str]:
    """How else a firm of this name may be called, by another word for its form (禾丰产险 of 禾丰财产保险股份有限公司)."""
    bare = plain(name)
    match = _ending(bare) if bare else None
    if bare is None or match is None:
        return frozenset()
    words = variants().get(bare[match.start() :], frozenset())
    return frozenset(bare[: match.start()] + word for word in words) - {name}


def _goes_on(match: re.Match[str], start: int, end: int) -> bool:
    """Whether a known name goes on as the legal name of another firm: 禾丰保险 in 禾丰保险代理有限公司."""
    return start + 2 <= match.start() < end < match.end("core") and "有限" in match["tail"]


def _runs_on(match: re.Match[str], next_: re.Match[str]) -> bool:
    """Whether a name goes on to the form behind it: 禾丰保险经纪, 禾丰农信通融资担保有限公司."""
    between = next_.start() - match.end("core")
    return (between == 0 and not _deals(match, next_)) or (between == 1 and "有限" in next_["tail"])


def _deals(match: re.Match[str], next_: re.Match[str]) -> bool:
    """Whether a name ends here, and the form right behind it calls what the firm deals in: 禾丰银行贷前调查."""
    kind = forms()[match["core"]].gives["kind"]
    return kind in _DEALING and "有限" not in next_["tail"] and name_rule("goods").match(next_["core"]) is not None


def found(number: int, text: str, known: Sequence[tuple[int, int]]) -> Iterator[NameMatch]:
    """The forms of names in a passage that stand in no name already known (spans in order)."""
    at = 0
    last = 0
    matches = list(_forms().finditer(text))
    for index, match in enumerate(matches):
        start, end = match.span()
        if match["core"].endswith("管理") and name_rule("no-form").match(text, match.end("core") - 2):
            continue
        while at < len(known) and known[at][1] <= start:
            last = max(last, known[at][1])
            at += 1
        within = at < len(known) and known[at][0] < match.end("core")
        if within and not _goes_on(match, *known[at]):
            continue
        if index + 1 < len(matches) and _runs_on(match, matches[index + 1]):
            continue
        follows = text[end : end + _FOLLOWS]
        if within:
            yield NameMatch(number, start, end, text[known[at][0] : start], True, match["core"], match["tail"], follows)
            continue
        place = re.search(f"{_PLACE}$", text[max(last, start - _LONGEST) : start]) if "有限" in match["tail"] else None
        middle = place.group() if place else ""
        foot = begin = start - len(middle)
        while begin > max(last, foot - _LONGEST) and "\u4e00" <= text[begin - 1] <= "\u9fff":
            begin -= 1
        if middle and at and known[at - 1][1] == foot:
            before = text[known[at - 1][0] : foot]
            yield NameMatch(number, start, end, before, True, match["core"], match["tail"], follows, middle=middle, arm=True)
            last = end
            continue
        open_ = begin == last or not (text[begin - 1].isalnum() or "\u4e00" <= text[begin - 1] <= "\u9fff")
        quoted = text[begin - 1 : begin] in ("“", "「", "‘") and text[end : end + 1] in ("”", "」", "’")
        yield NameMatch(
            number, start, end, text[begin:foot], open_, match["core"], match["tail"], follows, begin == last > 0, quoted, middle
        )
        last = end if begin < start else last
