"""Who acts at the start of a sentence that names nobody: whoever speaks, acted before, stands in the head, or whose document it is."""

from __future__ import annotations

from dataclasses import replace

from mapper.firms import cues
from mapper.firms.clauses import Actor, points_back, speaks_to_all
from mapper.firms.mentions import Mention
from mapper.firms.others import acts_again
from mapper.firms.scene import Scene
from mapper.firms.subjects import foreign
from mapper.model import Passage


def opening(scene: Scene, passage: Passage, mentions: tuple[Mention, ...]) -> Actor | None:
    """Who acts at the start of a sentence that names nobody yet."""
    text = passage.text
    employer = scene.people.staff(text) if scene.own is None else None
    if employer is not None:
        return Actor((employer,), "carried", employer)
    speaker = scene.people.speaks(passage) or scene.thread.turn or None
    if any(m.kind == "name" for m in mentions) and scene.last is None and speaker is None:
        return None
    strange = foreign(scene, text, mentions)
    below = scene.heads.alone not in (None, scene.own)
    held = scene.beside.last(scene.at) if (points_back(text) or below) and scene.beside.held(scene.at) else None
    if held is not None:
        return Actor((held,), "carried", held) if held else None
    last = scene.last if passage.paragraph == scene.last_paragraph else None
    if last is not None:
        strays = scene.whole is not None and last.firms != (scene.whole,) and not points_back(text)
        if not strays or scene.thread.holds(passage, last.firms):
            return None if strange else replace(last, sign=scene.fallen(last), mention=None)
    if speaker is not None:
        return Actor((speaker,), "speaker", passage.speaker or speaker)
    if strange or (scene.lesson and (scene.cases or not acts_again(text, ""))):
        return None
    if scene.own is not None:
        return scene.owner()
    if scene.whole is not None:
        return Actor((scene.whole,), "carried", scene.whole)
    if scene.heads.firm is not None and not speaks_to_all(text[:40]):
        return Actor((scene.heads.firm,), "carried", scene.heads.firm)
    if cues.INDUSTRY.search(text):
        return None
    told = scene.thread.told(passage)
    if told is not None:
        return told
    if scene.voice.joint:
        return Actor(scene.voice.joint, "carried", scene.voice.joint[0])
    if scene.topic is None:
        return None
    alone = scene.named <= {scene.topic}
    if alone or (cues.CONTINUES.match(text) and scene.last is not None and scene.last.firms == (scene.topic,)):
        return Actor((scene.topic,), "carried", scene.topic)
    return None
