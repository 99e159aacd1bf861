"""In what role a sentence names a firm: as who acts, or as partner, parent, example, keeper of money, source of an opinion."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.clauses import Actor
from mapper.firms.mentions import Mention
from mapper.firms.registry import Registry

LEAD = 80
"""Characters before a name in which its role shows."""
_BACK = 10
"""Characters before a clause in which a list of clients may begin: 各行业的客户，包括甲、乙."""


def passed_over(
    text: str, start: int, mention: Mention, inside: list[Mention], current: Actor | None
) -> bool:
    """Whether a mention stands in a role that does not act."""
    opens = start > 0 and text[start - 1] in "；;"
    start = max(start, mention.start - LEAD)
    lead = text[start : mention.start].rstrip("“\"'「《（( ")
    if mention.kind in ("self", "back"):
        name = min((m.start for m in inside if m.kind == "name" and m.start > mention.end), default=None)
        between = text[mention.end : name] if name is not None else ""
        if between and (cues.LENT.match(between) or cues.LENT_SHARE.match(between)):
            return True
        return current is not None and cues.SPOKEN_TO.search(lead) is not None
    others = [m for m in inside if m is not mention and m.kind in ("name", "person", "self", "back")]
    if among_partners(text, start, mention, inside) or cues.MERE_OBJECT.search(text[max(0, start - _BACK) : mention.start]):
        return True
    other = current is not None and mention.firm not in current.firms
    if other and cues.TIED_GOODS.match(text, mention.end) and cues.TIED_OBJECT.search(text[start : mention.start]):
        return True
    if other and cues.THEIR_GOODS.match(text[mention.end : mention.end + LEAD]) and cues.COUNTER_SELLS.match(text[start : mention.start]):
        return True
    if mention.kind == "name" and wronged(text, start, mention):
        return True
    second = other or any(m.firm not in (None, mention.firm) and m.end <= mention.start for m in others)
    if second and mention.kind == "name" and _on_the_side(lead, text[mention.end : mention.end + 16]):
        return True
    if cues.SHARES.match(text[mention.end : mention.end + 16]):
        return True
    if any(m.start > mention.end and cues.PARENT.match(text[mention.end : m.start]) for m in others if m.kind == "name"):
        return True
    if mention.kind == "product":
        owner = mention.firm
        if current is not None and owner not in current.firms and current.sign != "carried":
            return True
        behind = lead.endswith(("、", "和", "及")) and any(m.end <= mention.start for m in inside)
        beside = behind or cues.LISTED_AFTER.match(text[mention.end : mention.end + 3])
        if any(m.firm != owner for m in others if m.firm) and (not beside or cues.PARTNER.search(lead)):
            return True
        return bool(current is not None and owner not in current.firms and lead and not lead.endswith(("其中", "如")))
    if lead and _used(lead, text[mention.end : mention.end + 16]):
        return True
    after = text[mention.end : mention.end + 8]
    kept = cues.CUSTODY.match(after) and not cues.ROBBED.search(text, mention.end)
    if kept or (lead.endswith(("除", "除了")) and cues.EXCEPT.match(after)):
        return True
    if lead.endswith("由"):
        return bool(cues.FOUNDED.match(text[mention.end :]))
    if not cues.PARTNER.search(lead):
        return False
    if lead.endswith(("对", "给予")) and cues.PUNISHED.match(text[mention.end :]):
        return False
    if cues.PLACE_OF_ACT.match(lead) and after[:1] in ("，", ","):
        return False
    open_ = current is None or current.sign == "carried" or (opens and lead.strip() == "在")
    if open_ and mention.kind == "name" and cues.SERVED.search(text[max(0, mention.start - LEAD) : mention.start]):
        return False
    most = opens and cues.AS_THE_MOST.search(lead) and not cues.TIED_GOODS.match(text, mention.end)
    if not others and (most or (open_ and cues.KEEPS_ROLE.search(lead))):
        return False
    if cues.AND_BEFORE.search(lead) and any(m.end <= mention.start for m in others):
        return False
    if not others and current is None and not cues.LEANS_ON.search(lead):
        return False
    return True


def among_partners(text: str, start: int, mention: Mention, inside: Sequence[Mention]) -> bool:
    """Whether a firm stands further down a list whose head is a partner: 通过甲征信、乙征信. ``inside``: the mentions around it,
    whose letters (泰和银行, 大同证券) are no words."""
    first = max(start, mention.start - LEAD)
    lead = text[first : mention.start]
    for one in inside:
        if one.kind == "name" and first <= one.start and one.end <= mention.start:
            lead = lead[: one.start - first] + "名" * (one.end - one.start) + lead[one.end - first :]
    return cues.PARTNER_LIST.search(lead) is not None


def by_agent(text: str, start: int, actor: Actor, main: Actor) -> bool:
    """Whether a clause from ``start`` tells by whom another firm, its subject ``main``, has something done: 系统由禾丰科技开发.

    Not where it opens with 由 and either tells of what that firm made or runs (由禾丰基金管理的产品), or its subject was
    only carried over.
    """
    if actor.mention is None or main.firms == actor.firms:
        return False
    lead, after = text[start : actor.mention.start], text[actor.mention.end :]
    return lead.endswith("由") and not (lead == "由" and (main.sign == "carried" or cues.OF_AGENT.match(after)))


def wronged(text: str, start: int, mention: Mention) -> bool:
    """Whether a firm named in a clause from ``start`` is cheated out of something, or somebody gives himself out for its man."""
    lead = text[max(start, mention.start - LEAD) : mention.start]
    if cues.POSED_AS.search(lead) or cues.DEFRAUDED.search(lead) or (cues.CALLS_HIMSELF.search(lead) and cues.FRAUD_TOLD.search(text)):
        return True
    return (lead.endswith(("从", "向")) and cues.DEFRAUDS.match(text[mention.end : mention.end + 16]) is not None) or cheated(text, mention)


def cheated(text: str, mention: Mention) -> bool:
    """Whether a firm is told to be cheated, as the subject of its clause."""
    return mention.firm is not None and cues.WAS_DEFRAUDED.match(text[mention.end : mention.end + LEAD]) is not None


def _on_the_side(lead: str, after: str) -> bool:
    """Whether a firm beside another one is only where somebody's money goes, who is to be asked, or whose paper the other went by."""
    if cues.PAID_INTO.search(lead) or cues.TO_BE_ASKED.search(lead):
        return True
    if cues.GAVE_PAPER.search(lead) and cues.PAPER_GIVEN.match(after):
        return True
    return lead.endswith(("给", "向")) and cues.PAID_BACK.match(after) is not None


def _used(lead: str, after: str) -> bool:
    """Whether a firm is only served, measured against, a way to something, or somebody's owner. The last letter says what to ask."""
    last = lead[-1]
    if last == "以":
        return cues.BY_WAY.match(after) is not None
    if last == "为" and cues.SUPPLIES.match(after) and cues.SUPPLIED.search(lead):
        return True
    if last in "是为系作属于成" and cues.OWNED_BY.match(after) and cues.OWNS_LEAD.search(lead):
        return True
    return last in "比起较于如美" and cues.COMPARED.search(lead) is not None


def views(mention: Mention, text: str, registry: Registry, whole: str | None) -> bool:
    """Whether a firm only says what it thinks of the market: through its analysts, or as a securities firm."""
    after = text[mention.end : mention.end + 30]
    if cues.EMPLOYER.match(after):
        return True
    firm = registry.firms[mention.firm] if mention.firm else None
    if firm is None or firm.kind != "securities" or whole == firm.id:
        return False
    return bool(cues.ANALYST.match(after)) and not cues.SPEAKS_OF_ITSELF.match(after)
