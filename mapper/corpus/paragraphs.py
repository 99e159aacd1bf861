"""Blocks → paragraphs with a part in the document: heading, caption, question, body; and who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap, joined
from mapper.model import Role

_GAP = re.compile(r"\s{2,}|\s*\{IMG:\d+\}\s*")
_BREAK = re.compile(r"(?<=[。！？!?”])\s+(?=[\w“「《（(【])|(?<=[。！？][）)])\s+(?=\S)|(?<=[）)])\s+(?=[^\s，。；、：,;:!?！？（(]{4,40}\s)")
_SENTENCE_ENDS = re.compile(r"[。！？!?]")
_UNFINISHED = re.compile(r"[，,、；;至和与及或的是为在对将把从到]$")
_LEAD = re.compile(r"([^，,。；;！？!?\s]{1,45})\s+(?=[\w“「《（(【])")
_NO_LEAD = re.compile(r"[的了和与及在对为是将被由从于把向]$|^(?:这|其|该|但|而|并|且|因|如果)")
_HEADING_ENDS = re.compile(r"[。！？!?；;，,、…：:]$")
_LIST_ITEM = re.compile(r"(?:[-*•●◆■▪·]|\d{1,2}[.．、)）]|[（(]\d{1,2}[)）]|【\d+】)\s*\S")
_CAPTION = re.compile(
    r"(?:图片来源|图源|图片说明|资料图|配图|供图|摄影|图为|图表?\s?\d{1,3}|表\s?\d{1,3}|注)\s*[:：丨|].{0,80}|.{0,40}(?:摄|供图|/摄|（资料图）|\(资料图\))"
    r"|图为.{2,60}|(?:资料来源|数据来源|来源)[:：].{1,60}|(?:图|表)\s?\d{1,3}[.、:：\s].{1,60}"
)
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,5}\s\S{2,24}(?:官|长|裁|理|书记|秘书|主任|总监|主席|合伙人|院士|教授|研究员|分析师|创始人|代表|负责人)")
_LABEL = re.compile(r"([\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9· ]{0,14}?)\s?[:：]\s?(?=\S)")
_ASKS = re.compile(r"问|Q\d{0,2}|提问|主持人|(?:本[刊报网社]|《.+》|.{0,8})记者|.{2,8}(?:网|报|周刊|日报|晚报|财经|新闻|杂志|早报|时报)", re.I)
_ANSWERS = re.compile(r"答|A\d{0,2}|回答", re.I)
_NOT_A_SPEAKER = re.compile(
    r".*(?:来源|作者|编辑|时间|日期|关键词|标签|声明|提示|注|图|表|电话|地址|邮编|链接|原标题|标题|网址|摘要|导读|编者按|数据|例如|其中|截至|近日|事项|观点|评级|记者)$"
)
_SHORT = 40


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the document, repaired and mapped to the decoded original."""

    words: TextMap
    role: Role = "body"
    page: int | None = None
    linked: float = 0.0
    speaker: str | None = None

    @property
    def text(self) -> str:
        """The repaired text."""
        return self.words.text


def paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """Split blocks that hold several paragraphs run together, and say what each is."""
    found: list[Paragraph] = []
    lone: list[bool] = []
    for block in blocks:
        pieces = [block.words.strip()] if block.kind == "row" else unfold(block.words)
        for words in pieces:
            if words.text:
                found.append(Paragraph(words, _role(words.text, block), block.page, block.linked))
                lone.append(block.kind in ("heading", "title"))
    return _not_lists(found, lone)


def unfold(words: TextMap) -> list[TextMap]:
    """The paragraphs of a text whose line ends were replaced by spaces.

    Two spaces or more always stood for one. A single space does after the end of a sentence, in a block where that is neither rare nor
    the rule; a short phrase between such a space and the next is a heading.
    """
    pieces: list[TextMap] = []
    for piece in _split(words, _GAP):
        if pieces and _UNFINISHED.search(pieces[-1].text):
            pieces[-1] = joined([pieces[-1], piece])
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in (_leads(piece) if _is_flat(piece.text) else [piece])]


def _is_flat(text: str) -> bool:
    breaks = len(_BREAK.findall(text))
    ends = len(_SENTENCE_ENDS.findall(text))
    chained = len(_LEAD.findall(text[:120])) >= 3
    return (len(text) >= 150 and 2 <= breaks and not (breaks >= 6 and breaks > 0.9 * ends)) or chained


def _leads(piece: TextMap) -> list[TextMap]:
    """Split a flattened piece at its breaks, and put the headings before a paragraph apart from it."""
    parts = []
    for part in _split(piece, _BREAK):
        begin = 0
        phrases: list[int] = []
        while match := _LEAD.match(part.text, begin):
            phrases.append(match.end())
            begin = match.end()
            if len(phrases) > 12:
                break
        while phrases and not _is_lead(part.text, phrases):
            phrases.pop()
        cut = 0
        for end in phrases:
            parts.append(part[cut:end].strip())
            cut = end
        parts.append(part[cut:].strip())
    return [part for part in parts if part.text]


def _is_lead(text: str, phrases: Sequence[int]) -> bool:
    phrase = text[phrases[-2] if len(phrases) > 1 else 0 : phrases[-1]].strip()
    return not _NO_LEAD.search(phrase) and (len(phrase) >= 4 or len(phrases) > 1)


def _split(words: TextMap, at: re.Pattern[str]) -> list[TextMap]:
    parts = []
    start = 0
    for match in at.finditer(words.text):
        parts.append(words[start : match.start()].strip())
        start = match.end()
    parts.append(words[start:].strip())
    return [part for part in parts if part.text]


def _role(text: str, block: Block) -> Role:
    if block.kind in ("heading", "title") and len(text) <= 120:
        return "heading"
    if block.kind == "caption" or (len(text) <= 90 and (_CAPTION.fullmatch(text) or _PERSON.fullmatch(text))):
        return "caption"
    if block.kind in ("item", "row") or len(text) > _SHORT or _HEADING_ENDS.search(text) or _LIST_ITEM.match(text):
        return "body"
    return "heading" if "。" not in text and re.search(r"[\u3400-\u9fffA-Za-z]{2}", text) else "body"


def _not_lists(found: list[Paragraph], lone: Sequence[bool]) -> list[Paragraph]:
    """Short lines in a run of four or more are a list, not headings; so is one that ends the document."""
    result = list(found)
    start = 0
    while start < len(result):
        end = start
        while end < len(result) and result[end].role == "heading" and not lone[end]:
            end += 1
        last = end == len(result)
        if (end - start >= 4 and start > 0) or (last and start > 0):
            for i in range(start, end if last else end - 1):
                result[i] = replace(result[i], role="body")
        start = max(end, start + 1)
    return result


def speakers(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Who speaks in an interview: a label such as «王立鹏:» holds until the next; the questions of whoever asks become questions.

    A label counts when it opens at least two paragraphs, and at least two different labels do.
    """
    labels = [_label(paragraph) for paragraph in found]
    counts = Counter(label for label in labels if label)
    known = {label for label, number in counts.items() if number >= 2}
    if len(known) < 2:
        return list(found)
    asking = {label for label in known if _asks(label, [p.text for p, own in zip(found, labels, strict=True) if own == label])}
    result = []
    speaker: str | None = None
    question = False
    for paragraph, label in zip(found, labels, strict=True):
        if label in known:
            question = label in asking
            speaker = None if question or _ANSWERS.fullmatch(label or "") else label
        role: Role = "question" if question and paragraph.role == "body" else paragraph.role
        result.append(replace(paragraph, role=role, speaker=speaker))
    return result


def _label(paragraph: Paragraph) -> str | None:
    match = _LABEL.match(paragraph.text)
    if not match or paragraph.role == "heading" or _NOT_A_SPEAKER.fullmatch(match.group(1)) and not _ASKS.fullmatch(match.group(1)):
        return None
    return match.group(1)


def _asks(label: str, texts: Sequence[str]) -> bool:
    if _ASKS.fullmatch(label):
        return True
    return not _ANSWERS.fullmatch(label) and sum("？" in text[-3:] or "?" in text[-3:] for text in texts) > 0.5 * len(texts)
