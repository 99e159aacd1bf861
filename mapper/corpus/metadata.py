"""Title, publisher, author and date of a document, from its own fields and words, each with how it is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mapper.corpus.paragraphs import Paragraph
from mapper.model import DateBasis

_HEAD = 12
"""Paragraphs at the beginning in which head lines are looked for …"""
_TAIL = 8
"""… and at the end."""
_HEAD_LENGTH = 120
_Y, _M, _D = r"((?:19|20)\d{2})", r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
_DAY = re.compile(rf"(?<!\d){_Y}\s*(?:年\s*{_M}\s*月\s*{_D}|([-/.])\s?{_M}\s?\4\s?{_D})(?!\d)")
_PUBLISHED = re.compile(rf"(?:发布|发表|发稿|刊发|上传|更新|成文)?(?:时间|日期|于)\s*[:：]?\s*(?={_Y})")
_MENTIONED = re.compile(
    rf"(?<!\d){_Y}\s*年\s*(?:(?:(?:1[0-2]|0?[1-9])\s*(?:月(?:份)?)?\s*[-—~～至到]\s*)?{_M}\s*月(?:\s*{_D}\s*日)?"
    r"|(?P<quarter>[一二三四1-4]\s*季度|第[一二三四]季度)|(?P<half>上半年|半年报)|(?P<end>[全年]?年?[末底]|全年|年报))"
)
_PLANNED = re.compile(r"(?:预计|争取|力争|计划|拟|将于|目标|展望|自|从|起|(?<!达)到)\s*(?:到|于)?$")
_PLANNED_AFTER = re.compile(r"\s*(?:以前|之前|前(?!后)|实现|建成|起(?!步))")
_SOURCE = re.compile(
    r"(?<!图片)(?<!数据)(?<!资料)(?:文章|稿件|信息|新闻)?来源\s*[:：丨|]\s*([^\s:：丨|]{2,30}?)(?=作者|编辑|责任|发布|时间|$|\s|[）)])"
)
_CREDIT = re.compile(
    r"[（(]\s*([\u3400-\u9fff]{2,14}(?:网|报|社|财经|新闻|周刊|在线))[\s　]*[\u3400-\u9fff·、 ]{1,16}/\s*文\s*[）)]"
)
_BY = re.compile(r"文\s*[|丨/／]\s*([\w\u3400-\u9fff]{2,20})")
_AUTHORS = (
    re.compile(r"作\s*者\s*[:：丨|]\s*([^\s:：丨|/／()（）]{2,20}?)(?=来源|编辑|责任|发布|时间|日期|\d|$|\s|[/／()（）])"),
    re.compile(r"[（(]\s*[\u3400-\u9fff]{2,14}(?:网|报|社|财经|新闻|周刊|在线)[\s　]*([\u3400-\u9fff·、 ]{2,16})/\s*文\s*[）)]"),
    re.compile(r"^文\s*[|丨/／]\s*([\w\u3400-\u9fff·]{2,20})"),
    re.compile(r"^(?:本[报刊网]|[\u3400-\u9fff]{2,8}(?:网|报|社|财经|新闻))?记者\s*[:：]?\s*([\u3400-\u9fff·]{2,4})(?=$|\s)"),
)
_NO_PERSON = re.compile(
    r"(?:admin\w*|administrator|user\w*|author|unknown|none|null|test|root|editor|windows.*|microsoft.*|python-docx|openpyxl"
    r"|wps.*|lenovo|dell|hp|pc|anonymous|untitled|佚名|未知|匿名|用户|管理员|作者|编辑|本站|原创|不详|无|微软用户|\(?anonymous\)?|\d+)",
    re.I,
)
"""What programs write where a name should stand."""
_COARSE = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_READING = re.compile(r"下载([\u3400-\u9fff]{2,8}(?:新闻|网|报|财经))")
_TITLE_TAIL = re.compile(r"\s*(?:[-_|—–]+|\s_\s)\s*([^-_|—–]{2,24})$")
_PUBLISHER_WORD = re.compile(
    r"网|报|社|新闻|财经|银行|公司|金融|周刊|杂志|日报|门户|频道|资讯|官网|集团|保险|基金|证券"
)


@dataclass(frozen=True)
class Facts:
    """What is known of a document; a basis is ``unknown`` where there is no value."""

    title: str | None = None
    title_basis: DateBasis = "unknown"
    publisher: str | None = None
    publisher_basis: DateBasis = "unknown"
    author: str | None = None
    author_basis: DateBasis = "unknown"
    date: str | None = None
    date_basis: DateBasis = "unknown"
    url: str | None = None


def facts(stated: Mapping[str, str], found: Sequence[Paragraph], article: Sequence[Paragraph]) -> Facts:
    """Read the format's own fields first, then head and tail lines, then (for the date) the latest date spoken of.

    ``found`` are all paragraphs, since a page says in its furniture when it was published; ``article`` those without.
    """
    page_title, site = _page_title(stated.get("page_title", ""))
    heading = article[0].text if article and article[0].role == "heading" and len(article[0].text) >= 4 else None
    title, title_basis = _first(
        (stated.get("title"), "stated"),
        (page_title, "stated"),
        (stated.get("file_title"), "inferred"),
        (heading, "stated"),
        (_prefixed(found), "stated"),
    )
    edges = _edges(found)
    named = next(
        (match.group(1) for text in edges for match in [_SOURCE.search(text) or _CREDIT.search(text)] if match), None
    )
    guessed = next(
        (match.group(1) for text in edges for match in [_BY.search(text) or _READING.search(text)] if match), None
    )
    publisher, publisher_basis = _first(
        (stated.get("publisher"), "stated"), (named, "stated"), (site, "inferred"), (guessed, "inferred")
    )
    date, date_basis = _first(
        (_stated_date(stated.get("date", "")), "stated"),
        (_head_date(edges), "stated"),
        (_latest_mention(found), "inferred"),
        (stated.get("file_date"), "inferred"),
    )
    author, author_basis = _first(
        (_person(stated.get("author", "")), "stated"),
        (next((name for text in edges if (name := _author(text))), None), "stated"),
        (_person(stated.get("file_author", "")), "inferred"),
    )
    return Facts(
        title, title_basis, publisher, publisher_basis, author, author_basis, date, date_basis, stated.get("url")
    )


def _first(*choices: tuple[str | None, DateBasis]) -> tuple[str | None, DateBasis]:
    return next(((value.strip(), basis) for value, basis in choices if value and value.strip()), (None, "unknown"))


def _page_title(title: str) -> tuple[str | None, str | None]:
    """«标题_栏目_某某网» → the title and the site."""
    site = None
    title = title[:300]
    while match := _TITLE_TAIL.search(title):
        if not _PUBLISHER_WORD.search(match.group(1)) or len(title) - len(match.group()) < 2:
            break
        site = site or match.group(1).strip()
        title = title[: match.start()]
    return title.strip() or None, site


def _prefixed(found: Sequence[Paragraph]) -> str | None:
    match = next((m for p in found[:6] if (m := re.match(r"(?:原标题|标题)\s*[:：]\s*(.{6,60})$", p.text))), None)
    return match.group(1) if match else None


def _edges(found: Sequence[Paragraph]) -> list[str]:
    """Short paragraphs at both ends: where head lines, credits and imprints stand."""
    near = [*found[:_HEAD], *found[max(_HEAD, len(found) - _TAIL) :]]
    return [p.text for p in near if len(p.text) <= _HEAD_LENGTH]


def _stated_date(text: str) -> str | None:
    """A date in a field of its own, which may be as coarse as a year."""
    return _day(text) or (text if _COARSE.fullmatch(text) else None)


def _author(text: str) -> str | None:
    """Whom a head line or an imprint names: «作者：张三», «记者 张三», «(某某网 张三/文)»."""
    for pattern in _AUTHORS:
        if match := pattern.search(text):
            return _person(match.group(1))
    return None


def _person(text: str) -> str | None:
    """A name, unless a program put its own or its user's account there."""
    name = " ".join(text.split()).strip("·、，,:：|丨/／ ")
    return name if 2 <= len(name) <= 30 and not _NO_PERSON.fullmatch(name) else None


def _day(text: str) -> str | None:
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day, _, other_month, other_day = match.groups()
    return f"{year}-{int(month or other_month):02}-{int(day or other_day):02}"


def _head_date(edges: Sequence[str]) -> str | None:
    """The date of a head line: one that is named as such, or that stands in a line with little else."""
    for text in edges:
        if _PUBLISHED.search(text) and (day := _day(text)):
            return day
    for text in edges:
        match = _DAY.search(text)
        if (
            match
            and not re.search(r"[。；，]", text)
            and len(text) <= 60
            and not re.search(r"截[至止]|执证|法|规", text)
        ):
            return _day(text)
    return None


def _latest_mention(found: Sequence[Paragraph]) -> str | None:
    """The latest date that the text speaks of as past, in the precision it has: the document cannot be older."""
    latest: str | None = None
    for paragraph in found:
        text = paragraph.text
        for match in _MENTIONED.finditer(text):
            if _PLANNED.search(text[max(0, match.start() - 4) : match.start()]) or _PLANNED_AFTER.match(
                text, match.end()
            ):
                continue
            date = _precise(match)
            if latest is None or date > latest:
                latest = date
    return latest


def _precise(match: re.Match[str]) -> str:
    year, month, day = match.group(1), match.group(2), match.group(3)
    if month:
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if match.group("quarter"):
        number = "一二三四".find(re.sub(r"[第季度\s]", "", match.group("quarter"))) + 1 or int(
            re.sub(r"\D", "", match.group("quarter")) or 1
        )
        return f"{year}-{3 * number:02}"
    if match.group("half"):
        return f"{year}-06"
    return f"{year}-12"
