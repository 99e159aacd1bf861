"""HTML source → tokens with their places. Linear in the length of the source, whatever the source holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9:_-]{0,40})((?:[^<>"']|"[^"]{0,10000}"|'[^']{0,10000}')*+)>""",
)
_LOOSE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_-]{0,40})\b([^<>]{0,2000})>")
_DATA_TAG = re.compile(r"""<(/?)([A-Za-z]{1,12})\b([^<>]{0,2000}?\bdata:)[^<>]*+>""")
"""A tag with a picture inside of it: its attributes may be of any length."""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")
_TAG_LENGTH = 20_000
_MOST_BROKEN = 1000
"""Tags with stray quotes, after which quotes are not heeded any more: each may cost a look at all that follows."""
_RAW = {"script", "style", "textarea", "xmp", "iframe", "noembed", "noframes"}


@dataclass(frozen=True)
class Token:
    """``start``/``end`` are places in the source; ``name`` is empty for text, and begins with / for a closing tag."""

    start: int
    end: int
    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(source: str) -> Iterator[Token]:
    """Tags and the text between them; comments, declarations, and scripts with their content are passed over."""
    look = _Lookahead(source)
    text_start = place = 0
    while (place := source.find("<", place)) >= 0:
        end = look.past(place)
        token = look.tag(place) if end is None else None
        if token is not None:
            end = look.behind(token)
        if end is None:
            place += 1
            continue
        if text_start < place:
            yield Token(text_start, place)
        if token is not None:
            yield token
        text_start = place = end
    if text_start < len(source):
        yield Token(text_start, len(source))


class _Lookahead:
    """What stands at a place of a source, and what is known not to occur in the rest of it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._lowered = source.lower() if len(source.lower()) == len(source) else source
        self._missing: set[str] = set()
        self._unclosed: set[str] = set()
        self._broken = 0

    def past(self, start: int) -> int | None:
        """Where the comment, the declaration or the mark of raw text ends that begins here; None where none does."""
        if self.source.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return end + 3 if end >= 0 else start + 4
        if self.source.startswith("<![CDATA[", start):
            return start + 9
        if self.source.startswith(("<!", "<?"), start):
            end = self._find(">", start)
            return end + 1 if 0 <= end - start < 4000 else start + 2
        return None

    def tag(self, start: int) -> Token | None:
        """The tag that begins here."""
        match = _TAG.match(self.source, start, start + _TAG_LENGTH) if self._broken < _MOST_BROKEN else None
        if not match:
            self._broken += 1
            match = _DATA_TAG.match(self.source, start) or _LOOSE_TAG.match(self.source, start)
        if not match:
            return None
        slash, name, rest = match.groups()
        return Token(start, match.end(), slash + name.lower(), {} if slash else attributes(rest))

    def behind(self, token: Token) -> int:
        """Where to go on behind a tag: its own end, or that of its content where this is no text of the page."""
        if token.name in _RAW and token.name not in self._unclosed:
            closing = self._lowered.find(f"</{token.name}", token.end)
            if closing >= 0:
                return closing
            self._unclosed.add(token.name)
        return token.end

    def _find(self, closing: str, start: int) -> int:
        """Like str.find; remembers what does not occur any more, so that no file makes every search run to its end."""
        if closing in self._missing:
            return -1
        found = self.source.find(closing, start)
        if found < 0:
            self._missing.add(closing)
        return found


def attributes(rest: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of two with one name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), double or single or bare)
    return found
