"""Numbers of an Excel file as a reader of the sheet sees them: 0.972 under «0.0%» is 97.2%, 12345.6 under «#,##0» is 12,346."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from mapper.archive import Archive, local

_PART = "xl/styles.xml"
_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "37": "#,##0_);(#,##0)",
    "38": "#,##0_);(#,##0)", "39": "#,##0.00_);(#,##0.00)", "40": "#,##0.00_);(#,##0.00)", "41": "#,##0", "42": "#,##0",
    "43": "#,##0.00", "44": "#,##0.00",
}
"""Forms that a file refers to by number alone."""
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,20})?(?:E[+-]?\d{1,2})?", re.IGNORECASE)
_SMALLEST, _LARGEST = Decimal("1e-9"), Decimal("1e15")
_DIGITS = 15
"""Digits of a number that a program shows; what follows them is how it is stored."""
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[(?:\$([^\]\-]{0,16}+)[^\]]{0,16}|[A-Za-z]{1,16}+\d{0,4}|[\u4e00-\u9fff]{1,8}+\d{0,4})\]'
    r'|([#0?.,]+)|([^"\\\[\]@/A-Za-z_*;])'
)
"""Words in quotes, a letter behind a stroke, room left free, a currency or a colour, the digits, a letter that stands for itself."""
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
"""What holds for numbers above 0, below it and for 0 itself."""
_MOST_PLACES = 8
_MARKS = re.compile(r"[\[][<>=hHmMsSdD]")
"""A form that asks how large the number is, or that shows a time: none of ours."""


def number_forms(archive: Archive) -> tuple[str, ...]:
    """The number form of each format of cells of a workbook, in its order; "" where it says nothing."""
    own: dict[str, str] = {}
    forms: list[str] = []
    inside = False
    for event, element in archive.aside(_PART):
        name = local(element.tag)
        if name == "cellXfs":
            inside = event == "start"
        elif event == "end" and name == "numFmt":
            own[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif event == "end" and name == "xf" and inside:
            number = element.get("numFmtId", "")
            forms.append(own.get(number) or _BUILT_IN.get(number, ""))
    return tuple(forms)


def shown(text: str, form: str) -> str:
    """A stored number under a form; as it is stored where the form is none of figures, such as that of a day."""
    if not _NUMBER.fullmatch(text):
        return text
    value = Context(prec=_DIGITS, rounding=ROUND_HALF_UP).create_decimal(text)
    if value and not _SMALLEST <= abs(value) <= _LARGEST:
        return text
    sections = _SECTION.findall(form)
    if value == 0 and len(sections) > 2 and "0" not in sections[2]:
        return "-" if "-" in sections[2] else text
    negative = value < 0
    section = sections[1] if negative and len(sections) > 1 and sections[1].strip() else sections[0]
    said = _said(abs(value), section)
    if said is None:
        return f"{value.normalize():f}" if len(text) > _DIGITS + 1 else text
    return f"-{said}" if negative and not said.startswith(("-", "(", "（")) else said


def _said(value: Decimal, section: str) -> str | None:
    """A number, not below 0, in one section of a form; None where that is no form of figures."""
    parts: list[str] = []
    hundredfold = 0
    digits = ""
    at = 0
    while at < len(section):
        token = _TOKEN.match(section, at)
        if token is None or _MARKS.match(section, at) or (token.group(4) and digits):
            return None
        words, letter, currency, run, plain = token.groups()
        digits = digits or run or ""
        hundredfold += plain == "%"
        parts.append("\0" if run else words or letter or currency or (plain or ""))
        at = token.end()
    whole, _, places = digits.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) if not places else len(places) - len(places.rstrip(","))
    if not re.search("[0#]", digits) or "." in places or len(places) > _MOST_PLACES:
        return None
    value = value.scaleb(2 * hundredfold - 3 * scale)
    places = places.rstrip(",")
    text = f"{value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP):{',' if ',' in whole.rstrip(',') else ''}f}"
    spare = len(places) - len(places.rstrip("#?"))
    head, _, tail = text.partition(".")
    kept = tail[: len(tail) - spare] + tail[len(tail) - spare :].rstrip("0") if spare else tail
    number = head.zfill(whole.count("0")) + (f".{kept}" if kept else "")
    return "".join(parts).replace("\0", number).strip()
