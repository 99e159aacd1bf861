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
    missing: set[str] = set()

    def find(closing: str, start: int) -> int:
        """Like str.find; remembers what does not occur any more, so that no file makes every search run to its end."""
        if closing in missing:
            return -1
        found = source.find(closing, start)
        if found < 0:
            missing.add(closing)
        return found

    lowered = source.lower() if len(source.lower()) == len(source) else source
    unclosed: set[str] = set()
    broken = 0
    text_start = place = 0
    while True:
        place = source.find("<", place)
        if place < 0:
            break
        end = -1
        token: Token | None = None
        if source.startswith("<!--", place):
            end = find("-->", place + 4)
            end = end + 3 if end >= 0 else place + 4
        elif source.startswith("<![CDATA[", place):
            end = place + 9
        elif source.startswith(("<!", "<?"), place):
            end = find(">", place)
            end = end + 1 if 0 <= end - place < 4000 else place + 2
        else:
            match = _TAG.match(source, place, place + _TAG_LENGTH) if broken < _MOST_BROKEN else None
            if not match:
                broken += 1
                match = _DATA_TAG.match(source, place) or _LOOSE_TAG.match(source, place)
            if match:
                slash, name, rest = match.groups()
                name = name.lower()
                end = match.end()
                token = Token(place, end, slash + name, {} if slash else attributes(rest))
        if end < 0:
            place += 1
            continue
        if text_start < place:
            yield Token(text_start, place)
        if token:
            yield token
            if token.name in _RAW and token.name not in unclosed:
                closing = lowered.find(f"</{token.name}", end)
                if closing < 0:
                    unclosed.add(token.name)
                else:
                    end = closing
        text_start = place = end
    if text_start < len(source):
        yield Token(text_start, len(source))


def attributes(rest: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of two with one name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(rest):
        found.setdefault(name.lower(), double or single or bare)
    return found
