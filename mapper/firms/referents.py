"""Which firm a word means that is no name: 我行, 该行, 公司, 平台, 母行."""

from __future__ import annotations

from mapper.firms.clauses import Actor
from mapper.firms.mentions import Mention
from mapper.firms.others import means_another
from mapper.firms.scene import Scene
from mapper.model import Passage

_NEAR = 2
"""Passages over which 该行 or 公司 still means the firm named last."""
_NEAR_PLATFORM = 4
"""The same of 平台, of which an article on one has many sentences."""
_HOUSE_WORDS = {"公司", "集团", "该集团"}


def referent(scene: Scene, mention: Mention, passage: Passage, current: Actor | None) -> str | None:
    """The firm that a mention means: its own, or whoever speaks, acts or was named before; None where nobody knows."""
    if mention.firm:
        return mention.firm
    if mention.kind == "self":
        own = scene.quoted or scene.people.speaks(passage) or scene.thread.turn or scene.speaker or scene.people.works_for(mention)
        if own or scene.thread.turn == "":
            return own or None
    elif scene.whole is not None and mention.word in _HOUSE_WORDS:
        if current is not None and current.mention is not None and current.sign == "named":
            return current.firms[0]
        return (scene.heads.alone or _held(scene, passage) if mention.word == "公司" else None) or scene.whole
    if scene.own is not None and means_another(mention) and (current is None or current.firms == (scene.own,)):
        another = scene.another(mention)
        if another:
            return another
    reach = _NEAR_PLATFORM if mention.word == "平台" else _NEAR
    near = scene.last_named is not None and scene.at - scene.last_named_at <= reach
    acting = current.firms[0] if current is not None and len(current.firms) == 1 else None
    before = (one for one in (acting, scene.last_named if near else scene.topic) if one is not None)
    bank = mention.word.endswith("银行")
    return next((one for one in before if not bank or scene.registry.firms[one].kind == "bank"), None)


def _held(scene: Scene, passage: Passage) -> str | None:
    """The firm that is no bank of which a paragraph of a bank just told: «the company» is that one where the bank says 本行."""
    firm = scene.last.firms[0] if scene.last is not None and passage.paragraph == scene.last_paragraph else None
    if firm is None or scene.own is None or scene.registry.firms[scene.own].kind != "bank" or not scene.says_our:
        return None
    return firm if scene.registry.firms[firm].kind != "bank" else None
