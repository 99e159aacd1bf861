"""A command line that cannot be read, said in words of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from typer.exceptions import TyperException

from mapper.messages import say, sheet

_EXTRA = re.compile(r"\A[^(]*unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)


class UnknownCommandError(TyperException):
    """A word stands where a command should, and there is no such command."""

    def __init__(self, word: str, known: Iterable[str], ctx: Any) -> None:
        super().__init__(say("cli.wrong-command", what=word) + _near(word, known))
        self.ctx = ctx


def explained(error: TyperException) -> str:
    """What is wrong with the command line, and where help is to be had. Two lines."""
    ctx: Any = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "mapper"
    return f"{_reason(error, ctx)}\n{say('cli.see-help', command=path)}"


def _reason(error: Any, ctx: Any) -> str:
    """The kinds of error are told apart by name: typer publishes only their common base."""
    parameter = getattr(error, "param", None)
    match type(error).__name__:
        case "UnknownCommandError":
            return str(error.message)
        case "NoSuchOption":
            known = (word for p in ctx.command.params for word in p.opts)
            return say("cli.wrong-option", what=error.option_name) + _near(error.option_name, known)
        case "BadOptionUsage":
            return say("cli.wrong-bare", what=error.option_name)
        case "MissingParameter" if parameter is not None:
            return say("cli.wrong-missing", what=parameter.metavar or parameter.opts[0])
        case "BadParameter" if parameter is not None:
            key = f"value-{parameter.name}"
            return say(f"cli.{key}") if key in sheet("cli") else say("cli.wrong-value", what=parameter.opts[0])
    extra = _EXTRA.search(error.message)
    return say("cli.wrong-extra", what=extra[1]) if extra else say("cli.wrong-usage", why=error.message)


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" ({say('cli.near', what=near[0])})" if near else ""
