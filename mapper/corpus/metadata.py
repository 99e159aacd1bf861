"""Title, publisher, author and date of a document, from its own fields and words, each with how it is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mapper.corpus.dates import document_date
from mapper.corpus.paragraphs import Paragraph
from mapper.model import DateBasis, Document
from mapper.rules import rules

_HEAD = 12
"""Paragraphs at the beginning in which head lines are looked for …"""
_TAIL = 8
"""… and at the end."""
_HEAD_LENGTH = 120
_TITLE = 5
"""Paragraphs at the beginning among which the title stands."""
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
_NO_PERSON = frozenset({
    "administrator", "author", "unknown", "none", "null", "test", "root", "editor", "python-docx", "openpyxl", "lenovo",
    "dell", "hp", "pc", "anonymous", "(anonymous)", "(anonymous", "anonymous)", "untitled", "佚名", "未知", "匿名", "用户",
    "管理员", "作者", "编辑", "本站", "原创", "不详", "无", "微软用户",
})
_PROGRAM = re.compile(r"admin\w*|user\w*|(?:windows|microsoft|wps).*|\d+")
"""What programs write where a name should stand."""
_PAGE = re.compile(r"(?<=[\u3400-\u9fff])\d{1,3}$")
_READING = re.compile(r"下载([\u3400-\u9fff]{2,8}(?:新闻|网|报|财经))")
_TITLE_TAIL = re.compile(r"(?:(?<!\s)\s+)?(?<![-_|—–])[-_|—–]++\s*([^-_|—–]{2,24})$")
_PUBLISHER_WORD = re.compile(
    r"网|报|社|新闻|财经|银行|公司|金融|周刊|杂志|日报|门户|频道|资讯|官网|集团|保险|基金|证券"
)


def facts(
    document: Document, stated: Mapping[str, str], found: Sequence[Paragraph], article: Sequence[Paragraph]
) -> Document:
    """The document with its title, publisher, author, date and address, and how each is known.

    The format's own fields come first, then head and tail lines; for the date see :func:`document_date`. ``found`` are all
    paragraphs, since a page says in its furniture when it was published; ``article`` those without.
    """
    page_title, site = _page_title(stated.get("page_title", ""))
    heading = _heading(article)
    title, title_basis = _first(
        (stated.get("title"), "stated"),
        (page_title, "stated"),
        (stated.get("file_title"), "inferred"),
        (heading, "stated"),
        (_prefixed(found), "stated"),
    )
    edges = [text for lines in _ends(found) for text in lines]
    named = next(
        (match.group(1) for text in edges for match in [_SOURCE.search(text) or _CREDIT.search(text)] if match), None
    )
    guessed = next(
        (match.group(1) for text in edges for match in [_BY.search(text) or _READING.search(text)] if match), None
    )
    publisher, publisher_basis = _first(
        (stated.get("publisher"), "stated"), (named, "stated"), (site, "inferred"), (guessed, "inferred")
    )
    date, date_basis = document_date(
        stated.get("date", ""), stated.get("file_date", ""), title or "", document.path, *_ends(found), (p.text for p in found)
    )
    author, author_basis = _first(
        (_person(stated.get("author", "")), "stated"),
        (next((name for text in edges if (name := _author(text))), None), "stated"),
        (_person(stated.get("file_author", "")), "inferred"),
    )
    return document.model_copy(update={
        "title": title, "title_basis": title_basis, "publisher": publisher, "publisher_basis": publisher_basis,
        "author": author, "author_basis": author_basis, "date": date, "date_basis": date_basis, "url": stated.get("url"),
    })


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


def _heading(article: Sequence[Paragraph]) -> str | None:
    """The first heading at the top that is no byline and no number; with the next one, where a cover parts them."""
    rule = rules("titles")
    headings: list[str] = []
    for paragraph in article[:_TITLE]:
        text = paragraph.text.strip()
        if any(rule[one].pattern.search(text) for one in ("byline", "numbering")):
            continue
        if paragraph.role != "heading":
            break
        headings.append(text)
    if not headings or len(headings[0]) < 4:
        return None
    if len(headings) > 1 and rule["firm-alone"].pattern.search(headings[0]) and rule["report-alone"].pattern.search(headings[1]):
        return headings[0] + _PAGE.sub("", "".join(headings[1].split()))
    return headings[0]


def _prefixed(found: Sequence[Paragraph]) -> str | None:
    match = next((m for p in found[:6] if (m := re.match(r"(?:原标题|标题)\s*[:：]\s*(.{6,60})$", p.text))), None)
    return match.group(1) if match else None


def _ends(found: Sequence[Paragraph]) -> tuple[list[str], list[str]]:
    """Short paragraphs at both ends: where head lines, credits, signatures and imprints stand."""
    near = found[:_HEAD], found[max(_HEAD, len(found) - _TAIL) :]
    head, tail = ([p.text for p in part if len(p.text) <= _HEAD_LENGTH] for part in near)
    return head, tail


def _author(text: str) -> str | None:
    """Whom a head line or an imprint names: «作者：张三», «记者 张三», «(某某网 张三/文)»."""
    for pattern in _AUTHORS:
        if match := pattern.search(text):
            return _person(match.group(1))
    return None


def _person(text: str) -> str | None:
    """A name, unless a program put its own or its user's account there."""
    name = " ".join(text.split()).strip("·、，,:：|丨/／ ")
    made = name.lower() in _NO_PERSON or _PROGRAM.fullmatch(name.lower())
    return name if 2 <= len(name) <= 30 and not made else None
