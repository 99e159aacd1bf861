"""The one message catalogue: every text a user sees, Chinese first with English beside it.

The sheets ``*.yaml`` beside this file hold ``key: {zh: …, en: …}``; a key is addressed as ``sheet.key``, where the
sheet ``problems.yaml`` is addressed as ``problem`` (``problem.file-missing``) and every other by its own name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from mapper.yamlloader import LOADER

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def sheet(name: str) -> dict[str, dict[Language, str]]:
    """All messages of one sheet, ``{key: {"zh": …, "en": …}}``. Raises FileNotFoundError for an unknown sheet."""
    source = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    messages: dict[str, dict[Language, str]] = yaml.load(source, Loader=LOADER)
    return messages


def text(key: str, language: Language, /, **params: object) -> str:
    """The message ``sheet.key`` in one language, its ``{name}`` fields filled. Raises KeyError for an unknown key."""
    name, _, rest = key.partition(".")
    return sheet("problems" if name == "problem" else name)[rest][language].format(**params)


def say(key: str, /, **params: object) -> str:
    """The message in both languages: ``中文 / English``."""
    chinese, english = text(key, "zh", **params), text(key, "en", **params)
    return chinese if chinese == english else f"{chinese} / {english}"
