"""What an author works with: the catalog as taught so far, her corpus, and what the one makes of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mapper.align.candidates import candidates
from mapper.align.trial import direction, trial
from mapper.align.weighing import Weighing
from mapper.catalog.load import FEWEST, Catalog
from mapper.firms.attribution import Attribution, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.matchers.grams import folded, masked
from mapper.matchers.shelf import Shelf, retaught, shelf
from mapper.model import DocumentText, Grade, Lesson, Requirement
from mapper.suggest.letters import blanked
from mapper.suggest.ranking import Ranking

MOST = 800
"""Sentences of the corpus that are read anew after each change; of a larger one, the likeliest documents are."""
DOUBT = 0.12
"""Distance from the line within which a mark may be on the wrong side of it."""
_TELLING = 10
"""Characters of a sentence of the corpus that is worth offering, at least: a greeting or a heading in a paragraph has fewer."""


@dataclass(frozen=True)
class FirmSentence:
    """A sentence of the corpus in which a firm acts. ``plain``: in lower case, names of firms blanked; ``masked``: as it
    teaches, with △ for every name, since who acts is not what is done.
    """

    document: str
    text: str
    plain: str
    masked: str
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """What the corpus yields for a requirement: a sentence with its best score (0–1) and its grade.

    ``least``: the score from which its grade is shown; ``like_miss``: more like a near miss than like an example;
    ``others``: further requirements that it is shown for, the best first.
    """

    sentence: FirmSentence
    score: float
    grade: Grade
    least: float
    like_miss: bool
    others: tuple[str, ...]

    @property
    def shown(self) -> bool:
        """Whether it is listed as evidence."""
        return self.score >= self.least

    @property
    def near_line(self) -> bool:
        """Whether it is so close to the line that it may be on the wrong side."""
        return abs(self.score - self.least) < DOUBT

    @property
    def doubtful(self) -> bool:
        """Whether the author should look at it."""
        return self.near_line or (self.shown and self.like_miss)


@dataclass(frozen=True)
class Tried:
    """A sentence that teaches, as the reader takes it now. ``odd``: the others would not have told it."""

    lesson: Lesson
    score: float
    shown: bool
    odd: bool


def telling(text: str) -> bool:
    """Whether a sentence says enough to teach: one that leads to what follows, or greets, does not."""
    return len(text) >= _TELLING and not text.rstrip().endswith(("：", ":"))


class Desk:
    """A catalog, a corpus and a reader that learns anew with each sentence."""

    def __init__(
        self,
        catalog: Catalog,
        registry: Registry,
        documents: Sequence[DocumentText],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> None:
        self.catalog = catalog
        self._registry = registry
        self.shelf: Shelf = shelf(catalog)
        self._taught = catalog.lessons
        """What the shelf was last taught by."""
        self._weighing = Weighing.of(self.shelf.weighing)
        self._read: list[tuple[DocumentText, list[Attribution], Registry]] = []
        self.sentences: list[FirmSentence] = []
        for number, document in enumerate(documents):
            if progress is not None:
                progress(number, len(documents), document.document.path)
            local = local_registry(document, registry)
            readings = attribute(document, local)
            self._read.append((document, readings, local))
            for passage, reading in zip(document.passages, readings, strict=True):
                firms = tuple(dict.fromkeys(local.firms[one.firm].name for one in reading.attributed))
                if firms and passage.role == "body" and not passage.damaged:
                    plain = blanked(lowered(passage.text), reading.names)
                    named = masked(passage.text, reading.names)
                    self.sentences.append(FirmSentence(document.document.id, passage.text, plain, named, firms))

    def least(self, grade: Grade) -> float:
        """The score from which evidence of this grade is shown: faults have a line of their own."""
        return self._weighing.least(self._weighing.line, grade)

    def requirement(self, id: str) -> Requirement:
        """A requirement by its id."""
        return next(one for one in self.catalog.requirements if one.id == id)

    def lessons(self, requirement: str) -> list[Lesson]:
        """The sentences that teach a requirement, and its near misses."""
        return [
            one
            for one in self.catalog.lessons
            if requirement in one.evidences or (one.near_miss and one.written_for == requirement)
        ]

    def counts(self, requirement: str) -> tuple[int, int]:
        """How many sentences teach it, and how many near misses it has."""
        own = Counter(requirement in one.evidences for one in self.lessons(requirement))
        return own[True], own[False]

    def missing(self, requirement: str) -> int:
        """How many sentences it needs before it is read at all."""
        known = requirement in self.shelf.model.requirements or bool(self.requirement(requirement).signals)
        return 0 if known else max(0, FEWEST - self.counts(requirement)[0])

    def restate(self, requirement: Requirement) -> None:
        """Take another wording of a requirement."""
        policies = [
            policy.model_copy(
                update={"requirements": tuple(requirement if one.id == requirement.id else one for one in policy.requirements)}
            )
            for policy in self.catalog.policies
        ]
        self.catalog = replace(self.catalog, policies=tuple(policies))

    def forget(self, lessons: Sequence[Lesson]) -> None:
        """Take these out of what teaches."""
        self.catalog = replace(self.catalog, lessons=tuple(one for one in self.catalog.lessons if one not in lessons))

    def learn(self, lessons: Iterable[Lesson], requirement: str) -> None:
        """Take these sentences for all that the catalog is taught by, and teach anew a requirement and all those that
        sentences which came or went are about."""
        self.catalog = replace(self.catalog, lessons=tuple(lessons))
        before, after = Counter(self._taught), Counter(self.catalog.lessons)
        self._taught = self.catalog.lessons
        changed = (*(before - after), *(after - before))
        touched = {requirement, *(id for one in changed for id in (*one.evidences, one.written_for))}
        for id in filter(touched.__contains__, self.catalog.order):
            self.shelf = retaught(self.shelf, self.catalog, id)

    # ---- what to choose from ---------------------------------------------------------------------------------

    def likely(self, requirement: str, most: int) -> list[tuple[FirmSentence, float]]:
        """Sentences of the corpus that are not taught yet, the likeliest first, each with what it is ranked by.

        By the reader where it has been taught (log odds), else by the words shared with what is asked.
        """
        taught = {one.text for one in self.lessons(requirement)}
        fresh = {
            one.text: one for one in reversed(self.sentences)
            if one.text not in taught and one.masked not in taught and telling(one.masked)
        }
        found = [fresh[text] for text in sorted(fresh)]
        return self._ranked(requirement, found)[:most]

    def _ranked(self, requirement: str, found: Sequence[FirmSentence]) -> list[tuple[FirmSentence, float]]:
        if requirement in self.shelf.learned.requirements:
            scores = [self._odds(requirement, one.masked) for one in found]
        else:
            scores = Ranking(self.catalog, self.requirement(requirement)).scores([one.plain for one in found])
        return sorted(zip(found, scores, strict=True), key=lambda one: (-one[1], one[0].document, one[0].text))

    def _odds(self, requirement: str, text: str) -> float:
        return self.shelf.learned.odds(text).get(requirement, 0.0)

    # ---- what it comes to ------------------------------------------------------------------------------------

    def as_taught(self, text: str) -> str:
        """A sentence with △ for every firm of the registry that it names."""
        found = [(start, end) for start, end, _ in self._registry.matches(lowered(text))]
        return masked(text, found) if len(lowered(text)) == len(text) else text

    def verdicts(self, text: str) -> list[tuple[str, float, Grade]]:
        """What one sentence by itself is shown for: requirement, score, grade."""
        found = trial(text, self.catalog, self.shelf, taught=True)
        return [(one.requirement, one.score, one.grade) for one in found if one.score >= self.least(one.grade)]

    def direction(self, text: str) -> Grade:
        """The grade that the words of a sentence speak for, before anything is taught by it."""
        return direction(text, self.shelf)

    def tried(self, requirement: str) -> list[Tried]:
        """Its own sentences as the reader takes them, in their order."""
        few = self.shelf.learned.few
        odd = set(few.odd.get(requirement, ())) if few is not None else set()
        made = []
        for one in self.lessons(requirement):
            found = {v.requirement: v for v in trial(one.text, self.catalog, self.shelf, taught=True, wanted={requirement})}
            own = found.get(requirement)
            shown = own is not None and own.score >= self.least(own.grade)
            made.append(Tried(one, own.score if own else 0.0, shown, one.text in odd and requirement in one.evidences))
        return made

    def yields(self, requirement: str) -> tuple[list[Hit], int]:
        """What the corpus yields for it, the best first and each sentence once; and how many sentences were read."""
        best: dict[str, Hit] = {}
        seen = 0
        for document, readings, local in self._chosen(requirement):
            seen += len(document.passages)
            for hit in self._hits(requirement, document, readings, local):
                if hit.sentence.text not in best or hit.score > best[hit.sentence.text].score:
                    best[hit.sentence.text] = hit
        return sorted(best.values(), key=lambda one: (-one.score, one.sentence.document, one.sentence.text)), seen

    def _chosen(self, requirement: str) -> list[tuple[DocumentText, list[Attribution], Registry]]:
        """All documents, or of a large corpus those with the likeliest sentences."""
        if sum(len(document.passages) for document, _, _ in self._read) <= MOST:
            return self._read
        order = list(dict.fromkeys(one.document for one, _ in self._ranked(requirement, self.sentences)))
        by_id = {document.document.id: (document, readings, local) for document, readings, local in self._read}
        chosen, room = [], MOST
        for id in order:
            if room <= 0:
                break
            chosen.append(by_id[id])
            room -= len(by_id[id][0].passages)
        return chosen

    def _hits(
        self, requirement: str, document: DocumentText, readings: Sequence[Attribution], local: Registry
    ) -> Iterable[Hit]:
        scores: dict[int, dict[str, float]] = {}
        own: dict[int, tuple[float, Grade, str]] = {}
        for one in candidates(document, readings, self.catalog, local, self.shelf):
            score = 0.0 if self._weighing.torn(one.going) else self._weighing.scored(one.features, self._weighing.graded(one.going))
            known = scores.setdefault(one.passage, {})
            known[one.requirement.id] = max(score, known.get(one.requirement.id, 0.0))
            if one.requirement.id == requirement and score >= own.get(one.passage, (0.0,))[0]:
                own[one.passage] = score, self._weighing.graded(one.going), local.firms[one.attributed.firm].name
        for number, (score, grade, firm) in own.items():
            least = self.least(grade)
            if score < least - DOUBT:
                continue
            passage = document.passages[number]
            named = masked(passage.text, readings[number].names)
            sentence = FirmSentence(document.document.id, passage.text, "", named, (firm,))
            others = sorted((-s, id) for id, s in scores[number].items() if id != requirement and s >= least)
            text = folded(named)
            yield Hit(
                sentence,
                score,
                grade,
                least=least,
                like_miss=self.shelf.likeness.doubt(text, requirement) > 0.0,
                others=tuple(id for _, id in others),
            )
