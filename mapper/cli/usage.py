"""A command line that cannot be read, said in words of ours."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from typer.exceptions import TyperException

from mapper.messages import say


def explained(error: TyperException) -> str:
    """What is wrong with the command line, and where help is to be had. Two lines."""
    ctx: Any = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "mapper"
    return f"{_reason(error, ctx)}\n{say('cli.see-help', command=path)}"


def _reason(error: Any, ctx: Any) -> str:
    parameter = getattr(error, "param", None)
    what = getattr(error, "param_hint", None) or (parameter.metavar or parameter.opts[0] if parameter else "")
    match type(error).__name__:
        case "NoSuchOption":
            near = _near(error.option_name, [word for p in ctx.command.params for word in p.opts])
            return say("cli.wrong-option", what=error.option_name) + near
        case "MissingParameter":
            return say("cli.wrong-missing", what=what)
        case "BadParameter":
            return f"{say('cli.wrong-value', what=parameter.opts[0] if parameter else what)} ({error.message})"
    attempted = (getattr(ctx, "args", None) or getattr(ctx, "_protected_args", None) or [""])[0] if ctx else ""
    commands = list(getattr(getattr(ctx, "command", None), "commands", {}))
    if commands and attempted and attempted not in commands:
        return say("cli.wrong-command", what=attempted) + _near(attempted, commands)
    return say("cli.wrong-usage", why=error.format_message())


def _near(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f" ({say('cli.near', what=near[0])})" if near else ""
