"""HTML: the article's text without navigation, scripts and hidden parts, each character mapped to the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from mapper.corpus.readers.sheets import whole
from mapper.corpus.readers.tags import Token, tokens
from mapper.corpus.readers.walk import PIECE, article
from mapper.corpus.reading import Block, Missing, Reading, counted

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)|<\?xml[^>]{0,200}>\s*<(?:!doctype\s+html|html)", re.I)
_ANY_TAG = re.compile(r"</(?:p|div|span|a|td|li|h[1-6]|ul|table|section|article|body|font)\s*>", re.I)
_MARKUP = re.compile(r"<[^<>]*>")
_FULL_STOP = "。"
"""What a headline lacks, as which pictures are mostly described."""
_META = {
    "og:title": "title",
    "article:title": "title",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "source": "publisher",
    "contentsource": "publisher",
    "mediaid": "publisher",
    "pubdate": "date",
    "publishdate": "date",
    "publish_date": "date",
    "date": "date",
    "dc.date": "date",
    "article:published_time": "date",
    "og:published_time": "date",
    "weibo:article:create_at": "date",
    "datepublished": "date",
    "og:url": "url",
    "articletitle": "title",
    "sitename": "publisher",
    "author": "author",
}
"""Meta tags, by name or property, and what they state."""


class HtmlReader:
    """Claims a text that begins as a page does, or that begins with a tag and holds several closing ones."""

    def claims(self, text: str) -> bool:
        """Whether this is a page or a piece of one, rather than a text with a tag or two in it."""
        head = text[:200_000]
        return _is_page(head) or (head.lstrip().startswith("<") and len(_ANY_TAG.findall(head)) >= 3)

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, heading, list item, caption or table row; meta tags become ``stated``."""
        found = list(tokens(text))
        blocks, dropped = article(text, found)
        blocks, heads = whole(text, blocks)
        missing = tuple(_unread(found, blocks))
        return Reading(text, tuple(blocks), "html", encoding, _stated(text, found), dropped + heads, missing=missing)


def html_blocks(piece: str, offset: int) -> tuple[list[Block], int]:
    """The blocks of a piece of HTML that stands at ``offset`` in a text, and how many characters were dropped."""
    return article(piece, list(tokens(piece)), offset, PIECE)


def _is_page(text: str) -> bool:
    """Whether the text begins with the tags of a page, comments aside."""
    start = len(text) - len(text.lstrip())
    while text.startswith("<!--", start):
        end = text.find("-->", start)
        if end < 0:
            return False
        start = end + 3
        while text[start : start + 1].isspace():
            start += 1
    return bool(_PAGE.match(text, start))


def _unread(found: Iterable[Token], blocks: Iterable[Block]) -> Iterator[Missing]:
    """What a page shows besides its own text: pages set into it, sentences that describe its pictures.

    A picture whose words the page says too is not told. Headers, footers and navigation are counted in ``Reading.dropped``.
    """
    frames = [_bare(_MARKUP.sub("", html.unescape(one.attributes.get("srcdoc", "")))) for one in found if one.name == "iframe"]
    said = {_bare(one.attributes.get("alt", "")) for one in found if one.name == "img"}
    sentences = {one for one in said if _FULL_STOP in one}
    read = _bare("".join(block.words.text for block in blocks)) if sentences else ""
    return counted({"frames-unread": sum(map(bool, frames)), "alts-unread": sum(one not in read for one in sentences)})


def _bare(words: str) -> str:
    return "".join(html.unescape(words).split())


def _stated(source: str, found: Iterable[Token]) -> dict[str, str]:
    """What meta tags, the canonical link and the page's title say."""
    stated: dict[str, str] = {}
    in_title = False
    for token in found:
        if token.name == "meta":
            key = (
                token.attributes.get("property")
                or token.attributes.get("name")
                or token.attributes.get("itemprop")
                or ""
            )
            field = _META.get(key.lower())
            content = html.unescape(token.attributes.get("content", "")).strip()
            if field and content:
                stated.setdefault(field, content)
        elif token.name == "link" and token.attributes.get("rel", "").lower() == "canonical":
            stated.setdefault("url", token.attributes.get("href", ""))
        elif token.name in ("title", "/title"):
            in_title = token.name == "title"
        elif in_title and not token.name and "page_title" not in stated:
            stated["page_title"] = " ".join(html.unescape(source[token.start : token.end]).split())
        elif token.name == "body":
            break
    return {key: value for key, value in stated.items() if value}
