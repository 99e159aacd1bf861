"""Clauses with a subject of their own that is no firm known: an authority, a person, a company of another trade."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.clauses import Actor, is_overseer
from mapper.firms.mentions import Mention
from mapper.firms.others import (
    NEAR,
    company,
    covers_area,
    holds_for_all,
    means_another,
    others,
    some,
    some_firms,
    unnamed_actor,
)
from mapper.firms.scene import Scene
from mapper.firms.states import tells_state

_COMPANY_WORDS = frozenset({"公司", "该公司", "该企业", "这家公司", "集团", "该集团"})


def apart(scene: Scene, clause: str, start: int, inside: list[Mention], current: Actor | None) -> bool:
    """Whether a clause has a subject of its own that is no firm known: a swindler or a firm whose name is kept back, whoever acted
    before; anybody else where no firm named acted yet, and in other documents than a firm's own only in a sentence that names none."""
    if _unnamed(scene, clause, start, inside):
        return True
    if not (current is None or current.sign in ("carried", "owner")):
        return False
    told = scene.document.passages[scene.at].text
    if inside and _is_customer(scene, inside[0], start):
        return True
    if scene.own is None:
        named = any(one.firm for one in scene.mentions[scene.at])
        return not named and not scene.complains and (stranger(clause, told) or covers_area(clause))
    if inside and means_another(inside[0]) and (current is None or current.firms == (scene.own,)):
        return scene.another(inside[0]) == ""
    return stranger(clause, told) or company(clause, start, inside) is not None


def left_over(scene: Scene, clause: str, start: int, inside: list[Mention]) -> list[Mention]:
    """The mentions of such a clause that may still act: none that its subject holds, means, works for or harms."""
    if _unnamed(scene, clause, start, inside):
        return []
    if inside and _is_customer(scene, inside[0], start):
        inside = inside[1:]
    end = company(clause, start, inside) or start
    text = scene.document.passages[scene.at].text
    named = [m for m in inside if m.start >= end and not means_another(m)]
    return [m for m in named if end == start or text[m.start - 1] not in "为向对给"]


def foreign(scene: Scene, text: str, mentions: tuple[Mention, ...], start: int = 0) -> bool:
    """Whether a sentence, from ``start`` on, has a subject of its own that is no firm, who does not only find out."""
    if _unnamed(scene, text, start, mentions):
        return True
    if scene.own is not None and (stranger(text, text) or company(text, 0, mentions) is not None):
        return True
    strange = is_overseer(text) if scene.whole else bool(cues.OTHER_SUBJECT.match(text)) and not mentions
    found = cues.FINDS.match(text) if strange else None
    return strange if found is None else foreign(scene, text[found.end() :], mentions, start + found.end())


def told_of_others(before: str, clause: str, rest: str) -> bool:
    """Whether behind a clause with which a firm warns or tells of something, the next has some of its kind or of its people, or a
    trick by itself, as subject, or all the ``rest`` tells how things stand with customers. What a firm only says of some of its
    people may be an admission."""
    if cues.WARNS.search(before):
        return some(clause)
    return cues.SPEECH.search(before) is not None and (some_firms(clause) or tells_state(rest))


def _is_customer(scene: Scene, mention: Mention, start: int) -> bool:
    """Whether «the company» at the head of a clause is one of another trade: a bank that somebody else writes of is no company, and
    the sentence before, or this one so far, ends with a company that no list knows."""
    if scene.own is not None or mention.firm or mention.word not in _COMPANY_WORDS or scene.last_named is None:
        return False
    if scene.registry.firms[scene.last_named].kind != "bank":
        return False
    passages, at = scene.document.passages, scene.at
    before = [one.text for one in passages[max(0, at - NEAR) : at]]
    return any(cues.UNKNOWN_COMPANY.search(one) for one in (*before, passages[at].text[: mention.start]))


def _unnamed(scene: Scene, clause: str, start: int, inside: Sequence[Mention]) -> bool:
    """Whether somebody unnamed acts; in a document that is all one firm's, only swindlers do."""
    return unnamed_actor(clause, start, inside, masked=scene.own is None and scene.whole is None)


def stranger(clause: str, text: str) -> bool:
    """Whether a clause tells of nobody's deed, or somebody who is no firm acts in it, who neither only finds out about the firm
    nor does something to it."""
    return holds_for_all(clause) or (others(clause) and not cues.FINDS.match(clause) and not cues.BLAMED.search(text))
