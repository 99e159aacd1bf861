"""Title, publisher, author and date of a document, from its own fields and words, each with how it is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from mapper.corpus.dates import document_date
from mapper.corpus.paragraphs import Paragraph
from mapper.model import DateBasis, Document
from mapper.rules import pattern, rules

_HEAD = 12
"""Paragraphs at the beginning in which head lines are looked for …"""
_TAIL = 8
"""… and at the end."""
_HEAD_LENGTH = 120
_TITLE = 5
"""Paragraphs at the beginning among which the title stands."""
_PAGE = re.compile(r"(?<=[\u3400-\u9fff])\d{1,3}$")
_TITLE_TAIL = re.compile(r"(?:(?<!\s)\s+)?(?<![-_|—–])[-_|—–]++\s*([^-_|—–]{2,24})$")


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
    publisher, publisher_basis = _first(
        (stated.get("publisher"), "stated"),
        (_said(edges, "publisher", "source", "credit"), "stated"),
        (site, "inferred"),
        (_said(edges, "publisher", "copyright", "copyright-behind"), "inferred"),
        (_said(edges, "publisher", "wrote", "read-on"), "inferred"),
    )
    date, date_basis = document_date(
        stated.get("date", ""),
        stated.get("file_date", ""),
        title or "",
        document.path,
        *_ends(found),
        (p.text for p in found),
        stated.get("url", ""),
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


def _said(lines: Iterable[str], what: str, *ids: str) -> str | None:
    """What the first line says in which one of these rules finds a publisher, an author or a title."""
    found = rules("credits")
    return next((match.group(what) for text in lines for id in ids if (match := found[id].pattern.search(text))), None)


def _first(*choices: tuple[str | None, DateBasis]) -> tuple[str | None, DateBasis]:
    return next(((value.strip(), basis) for value, basis in choices if value and value.strip()), (None, "unknown"))


def _page_title(title: str) -> tuple[str | None, str | None]:
    """«标题_栏目_某某网» → the title and the site."""
    site = None
    title = title[:300]
    word = pattern("credits", "publisher-word")
    while match := _TITLE_TAIL.search(title):
        if not word.search(match.group(1)) or len(title) - len(match.group()) < 2:
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
        if any(rule[one].pattern.search(text) for one in ("byline", "numbering", "chrome")):
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
    return _said((paragraph.text for paragraph in found[:6]), "title", "title")


def _ends(found: Sequence[Paragraph]) -> tuple[list[str], list[str]]:
    """Short paragraphs at both ends: where head lines, credits, signatures and imprints stand."""
    near = found[:_HEAD], found[max(_HEAD, len(found) - _TAIL) :]
    head, tail = ([p.text for p in part if len(p.text) <= _HEAD_LENGTH] for part in near)
    return head, tail


def _author(text: str) -> str | None:
    """Whom a head line or an imprint names: «作者：张三», «记者 张三», «(某某网 张三/文)»."""
    name = _said([text], "author", "author", "credit", "byline", "reporter")
    return None if name is None else _person(name)


def _person(text: str) -> str | None:
    """A name, unless a program put its own or its user's account there."""
    name = " ".join(text.split()).strip("·、，,:：|丨/／ ")
    made = any(pattern("credits", id).search(name) for id in ("nobody", "program"))
    return name if 2 <= len(name) <= 30 and not made else None
