"""Whether a customer speaks in a document, and of which firm he complains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.complaints import acting
from mapper.firms.framing import head_lines
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from mapper.model import DocumentText

_DENSE = 10.0
"""A customer writes who says «I» this often in a thousand characters."""
_SHORT = 600
"""A letter that ends with what its writer demands needs no other sign if it is no longer."""
_STORY = 3_000
"""A customer's story that begins with «I» is no longer than this."""


def complains(document: DocumentText) -> bool:
    """Whether a customer speaks: by what the head says, or by who says «I» of bills, calls and counters."""
    text = "".join(passage.text for passage in document.passages)[:20_000]
    if cues.OUR_SIDE.search(text):
        return False
    if any(cues.COMPLAINT_HEAD.search(head) or cues.ACCUSED.search(head) for head in head_lines(document)):
        return True
    said = re.sub(r"“[^”]{0,400}”", "", text)
    first = len(cues.CUSTOMER.findall(said))
    served = len(cues.SERVICE.findall(said))
    if not first or not served:
        return False
    if len(said) < _SHORT and cues.DEMAND.search(said) and not cues.REPORTED.search(said):
        return True
    dense = first >= 3 and 1000 * first / len(said) >= _DENSE
    own = len(said) < _SHORT or (len(said) < _STORY and cues.CUSTOMER.match(said.lstrip()) is not None)
    return dense or (own and served >= 3 and not cues.REPORTED.search(said))


def accused(
    document: DocumentText,
    registry: Registry,
    heads: Sequence[str],
    counts: Counter[str],
    mentions: Sequence[tuple[Mention, ...]],
) -> str | None:
    """The firm complained of: named as such, in the head, or most often; cards and accounts of a bank do not count."""
    for passage, found in zip(document.passages, mentions, strict=True):
        match = cues.ACCUSED.search(passage.text)
        if match:
            for one in found:
                if one.firm and one.start >= match.end() and one.start <= match.end() + 6:
                    return one.firm
    for head in heads[:-1]:
        firms = {one.firm for one in find_mentions(head, registry) if one.firm}
        if len(firms) == 1:
            return firms.pop()
    weights: Counter[str] = Counter()
    order: list[str] = []
    for passage, found in zip(document.passages, mentions, strict=True):
        for one in acting(passage, found, registry):
            weights[one.firm or ""] += 1
            order.append(one.firm or "")
    if not weights:
        return counts.most_common(1)[0][0] if len(counts) == 1 else None
    most = max(weights.values())
    return next(firm for firm in order if weights[firm] == most)
