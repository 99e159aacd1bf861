"""Texts in both languages at once, as the page shows them."""

from __future__ import annotations

from typing import NamedTuple

from mapper.messages import Language, sheet, text


class Both(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    @property
    def said(self) -> str:
        """Chinese first with English beside it, once where they are the same."""
        return self.zh if self.zh == self.en else f"{self.zh} / {self.en}"

    @classmethod
    def same(cls, words: str) -> Both:
        """A text that is the same in both languages (a name, a number)."""
        return cls(words, words)

    @classmethod
    def of(cls, chinese: str, english: str | None) -> Both:
        """A Chinese text with its English form, or itself where there is none."""
        return cls(chinese, english or chinese)


def both(key: str, **params: object) -> Both:
    """The message ``sheet.key`` in both languages; a param may itself be a :class:`Both`."""

    def say(language: Language) -> str:
        filled = {
            name: getattr(value, language) if isinstance(value, Both) else value for name, value in params.items()
        }
        return text(key, language, **filled)

    return Both(say("zh"), say("en"))


def counted(key: str, **params: object) -> Both:
    """Like :func:`both`, in the form for the number 1 where ``number`` is 1 and the sheet has that form."""
    name, _, label = key.partition(".")
    singular = str(params.get("number")) == "1" and f"{label}-one" in sheet(name)
    return both(f"{key}-one" if singular else key, **params)


def known(key: str, fallback: str, **params: object) -> Both:
    """Like :func:`both`, but a code that no sheet knows (or that lacks a param) is shown as it stands."""
    try:
        return both(key, **params)
    except (KeyError, IndexError, ValueError, FileNotFoundError):
        return Both.same(fallback)


def spot(place: str) -> Both:
    """«sheet 2 row 12» in both languages; a place of an unknown form stands as it is."""
    words = place.split()
    try:
        said = [
            both(f"corpus.place-{name}", number=number) for name, number in zip(words[::2], words[1::2], strict=True)
        ]
    except (KeyError, ValueError):
        return Both.same(place)
    return Both("".join(one.zh for one in said), ", ".join(one.en for one in said))
