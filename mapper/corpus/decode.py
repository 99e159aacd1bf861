"""Bytes → text, or an honest refusal: a wrong guess of the encoding is worse than none.

In this order: byte order mark, what the file declares, UTF-8, then GB18030, Big5 and UTF-16 by evidence. Whatever is
not Unicode by its own mark has to look like Chinese prose to a degree that bytes in another encoding do not reach.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARABLE = frozenset({"utf-8", "utf-8-sig", "gb18030", "hz", "big5", "big5hkscs", "cp950"})
"""Encodings of Chinese in bytes; what a page says else is heeded no more than if it said nothing."""
_SWITCHING = ((b"~{", "hz"), (b"\x1b$", "iso2022_jp_2"))
_HEAD = 4096
_SAMPLE = 60_000
HAN = re.compile("[\u3400-\u9fff]+")
_BROKEN = re.compile("\ufffd+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FAMILIAR = frozenset("".join(files(__package__).joinpath("familiar.txt").read_text(encoding="utf-8").split()))
"""Characters that are frequent in Chinese texts, those of finance and traditional ones among them."""
_MARKS = frozenset("\u3000、。·“”‘’「」『』《》〈〉【】〔〕—…○●◎■□▲△◆◇★☆※→丨āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding it was in."""

    text: str
    encoding: str


def decode(raw: bytes) -> Decoded | None:
    """The text of these bytes, or None where no encoding is beyond doubt (or the bytes are no text at all)."""
    for bom, codec, name in _BOMS:
        if raw.startswith(bom):
            return _strict(raw, codec, name)
    found = _declared(raw) or _switched(raw) or _strict(raw, "utf-8", "utf-8")
    if found and not _is_binary(found.text):
        return found
    return _by_evidence(raw)


def _strict(raw: bytes, codec: str, name: str) -> Decoded | None:
    try:
        return Decoded(raw.decode(codec), name)
    except UnicodeDecodeError as error:
        cut_off = codec == "utf-8" and error.reason == "unexpected end of data" and error.start > 60
        return Decoded(raw[: error.start].decode(codec) + "\ufffd", name) if cut_off else None


def _declared(raw: bytes) -> Decoded | None:
    """What a web page or an XML file says of itself, if the bytes bear it out."""
    if b"<" not in raw[:_HEAD]:
        return None
    match = _DECLARED.search(raw[:_HEAD])
    if not match:
        return None
    name = match.group(1).decode("ascii").lower()
    try:
        codec = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else codecs.lookup(name).name
    except LookupError:
        return None
    if codec not in _DECLARABLE:
        return None
    found = _strict(raw, codec, codec) or _tolerant(raw, codec)
    if found and (codec == "utf-8" or _plausible(found.text, codec)):
        return found
    return None


def _switched(raw: bytes) -> Decoded | None:
    """Chinese in bytes of seven bits, between marks that switch to it and back; read as they stand they are prose of no language."""
    for mark, codec in _SWITCHING:
        if mark in raw and raw.isascii() and (found := _strict(raw, codec, codec)) and _plausible(found.text, codec):
            return found
    return None


def _by_evidence(raw: bytes) -> Decoded | None:
    best: tuple[float, Decoded] | None = None
    for codec in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        if codec.startswith("utf-16") and len(raw) % 2:
            continue
        found = _strict(raw, codec, codec) or (None if codec.startswith("utf-16") else _tolerant(raw, codec))
        if not found or _is_binary(found.text) or not _plausible(found.text, codec):
            continue
        score = familiar(found.text)
        if best is None or score > best[0]:
            best = (score, found)
    if best:
        return best[1]
    found = _tolerant(raw, "utf-8")
    return found if found and not _is_binary(found.text) else None


def _tolerant(raw: bytes, codec: str) -> Decoded | None:
    """Decode with a few broken places, each marked U+FFFD, and none in short texts.

    UTF-8 may have one in 100 characters, for the rest proves what it is; other encodings one in 500.
    """
    text = raw.decode(codec, errors="replace")
    broken = len(_BROKEN.findall(text))
    others = sum(1 for char in text[:_SAMPLE] if char > "\x7f" and char != "\ufffd")
    return Decoded(text, codec) if others >= 100 and broken * (100 if codec == "utf-8" else 500) <= len(text) else None


def _is_binary(text: str) -> bool:
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    return controls > max(2, len(text[:_SAMPLE]) // 500)


def familiar(text: str) -> float:
    """Share of very common characters among the Han characters of a text."""
    han = "".join(HAN.findall(text[:_SAMPLE]))
    return sum(map(_FAMILIAR.__contains__, han)) / len(han) if han else 0.0


def _plausible(text: str, codec: str) -> bool:
    """Whether a text decoded as ``codec`` reads like the language that is written in it.

    Bytes read in the wrong encoding give characters from all over the table; in a real text nearly all of them are
    from its first level, and a good part from the few hundred that make up most of any Chinese prose.
    """
    foreign = [char for char in text[:_SAMPLE] if char > "\x7f" and char != "\ufffd"]
    if not foreign:
        return False
    share = sum(usual(char, codec) for char in foreign) / len(foreign)
    han = sum("\u3400" <= char <= "\u9fff" for char in foreign)
    if han < 4:
        return False
    return share >= 0.9 and familiar(text) >= (0.18 if han >= 40 else 0.25)


@cache
def usual(char: str, codec: str) -> bool:
    """Whether a character is one of those that nearly all Chinese writing makes do with."""
    if char in _MARKS or "\uff01" <= char <= "\uff5e":
        return True
    if not "\u3400" <= char <= "\u9fff":
        return False
    if codec != "big5hkscs":
        try:
            if 0xB0 <= char.encode("gb2312")[0] <= 0xD7:
                return True
        except UnicodeEncodeError:
            pass
    try:
        return 0xA4 <= char.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False
