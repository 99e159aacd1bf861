"""Clauses with a subject of their own that is no firm known: an authority, a person, a company of another trade."""

from __future__ import annotations

from mapper.firms import cues
from mapper.firms.clauses import Actor, is_overseer
from mapper.firms.mentions import Mention
from mapper.firms.others import company, means_another, others, unnamed_actor
from mapper.firms.scene import Scene


def apart(scene: Scene, clause: str, start: int, inside: list[Mention], current: Actor | None) -> bool:
    """Whether a clause has a subject of its own that is no firm known, where no firm acted yet. In other documents than a
    firm's own such a clause must stand in a sentence that names no firm; but a stranger is one whatever firm he harms."""
    if unnamed_actor(clause, start, [one for one in inside if one.firm]):
        return True
    if not (current is None or current.sign in ("carried", "owner")):
        return False
    if scene.own is None:
        named = any(one.firm for one in scene.mentions[scene.at])
        return not named and not scene.complains and stranger(clause, scene.document.passages[scene.at].text)
    if inside and means_another(inside[0]) and (current is None or current.firms == (scene.own,)):
        return scene.another(inside[0]) == ""
    told = scene.document.passages[scene.at].text
    return stranger(clause, told) or company(clause, start, inside) is not None


def left_over(clause: str, start: int, text: str, inside: list[Mention]) -> list[Mention]:
    """The mentions of such a clause that may still act: none that its subject holds, means or works for."""
    if unnamed_actor(clause):
        return []
    end = company(clause, start, inside) or start
    named = [m for m in inside if m.start >= end and not means_another(m)]
    return [m for m in named if end == start or text[m.start - 1] not in "为向对给"]


def foreign(scene: Scene, text: str, mentions: tuple[Mention, ...]) -> bool:
    """Whether a sentence has a subject of its own that is no firm, who does not only find out."""
    if unnamed_actor(text):
        return True
    if scene.own is not None and (stranger(text, text) or company(text, 0, mentions) is not None):
        return True
    strange = is_overseer(text) if scene.whole else bool(cues.OTHER_SUBJECT.match(text)) and not mentions
    found = cues.FINDS.match(text) if strange else None
    return strange if found is None else foreign(scene, text[found.end() :], mentions)


def stranger(clause: str, text: str) -> bool:
    """Whether somebody who is no firm acts in a clause, who neither only finds out about the firm nor does something to it."""
    return others(clause) and not cues.FINDS.match(clause) and not cues.BLAMED.search(text)
