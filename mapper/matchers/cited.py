"""Clauses that a sentence says were broken, by their numbers: 违反《…管理办法》第二十三条, of a policy or of another law.

No run of characters tells which duty a number stands for; the policy does, and ``cited_as`` of its requirements for other laws.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from mapper.catalog.load import Catalog
from mapper.letters import numeral
from mapper.matchers.interface import Claim, MatcherOutput, Stretch
from mapper.model import InputFile
from mapper.rules import rules

SOURCE = "cited"
_DIGITS = "零一二三四五六七八九十百0-9"
_ARTICLES = rf"第[{_DIGITS}]+(?:条|、)(?:[第款项之、和及与条（）()]|[{_DIGITS}])*"
"""第二十三条, 第十八条第一款, 第二十三、二十四条, 第九条和第十条第（三）项."""
_ARTICLE = re.compile(rf"(?:第|[、和及与])([{_DIGITS}]+)(?=[条、和及与])")
_CLAUSE = re.compile(rf"《?([^《》]+)》?({_ARTICLES})")


class CitationMatcher:
    """Proposes the requirements whose clauses are said to be broken."""

    inputs: Iterable[InputFile] = ()

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """One claim for each requirement whose clause the words name; a clause that several requirements make up names none."""
        if "违反" not in stretch.text or "条" not in stretch.text or self._broken is None:
            return MatcherOutput()
        claims = []
        for match in self._broken.finditer(stretch.text, stretch.start, stretch.end):
            known, words = self.clauses[match["title"]], (match.span(),)
            found = (known.get(number, ()) for number in _numbers(match["articles"]))
            for one in (ids[0] for ids in found if len(ids) == 1):
                if wanted is None or one in wanted:
                    claims.append(Claim(one, SOURCE, words, {"breach": 1.0, SOURCE: 1.0}, breach=True))
        return MatcherOutput(tuple(claims))

    @cached_property
    def clauses(self) -> Mapping[str, Mapping[int, tuple[str, ...]]]:
        """By the title of a law and the number of an article, the ids of the requirements that it asks, in order."""
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for policy in self._catalog.policies:
            for requirement in policy.requirements:
                for title in {policy.title, policy.short_title} - {None}:
                    for number in _numbers(requirement.clause):
                        found[str(title)][number].add(requirement.id)
                for cited in requirement.cited_as:
                    if (match := _CLAUSE.fullmatch(cited)) is not None:
                        for number in _numbers(match[2]):
                            found[match[1]][number].add(requirement.id)
        return {title: {number: tuple(sorted(ids)) for number, ids in numbers.items()} for title, numbers in found.items()}

    @cached_property
    def _broken(self) -> re.Pattern[str] | None:
        titles = sorted(self.clauses, key=lambda title: (-len(title), title))
        if not titles:
            return None
        named = "|".join(map(re.escape, titles))
        return re.compile(f"{rules('adverse')['breaks-law'].pattern.pattern}(?P<title>{named})[》”]?(?P<articles>{_ARTICLES})")


def _numbers(articles: str) -> Iterator[int]:
    """The numbers of the articles in these words, none for those that are no articles (（十二）)."""
    return filter(None, map(numeral, _ARTICLE.findall(articles)))
