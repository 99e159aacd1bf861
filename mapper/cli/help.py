"""Help texts: Chinese first with English beside, from messages/cli.yaml, and the same at every width of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from mapper.cli.usage import UnknownCommandError
from mapper.letters import width
from mapper.messages import Language, say, text

_INDENT = "  "
_COLUMNS = 100


class BilingualCommand(TyperCommand):
    """A command whose help is made of messages: ``name`` and ``name-more``, and the ``help`` key of each parameter.

    Where another command has the same name, its own ``help`` says what stands for the name.
    """

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The whole help text, without a line break at its end."""
        return "\n".join(_lines(self, ctx))


class BilingualGroup(TyperGroup):
    """The program itself; its help lists the commands."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The whole help text, without a line break at its end."""
        return "\n".join([*_lines(self, ctx), "", *_commands(self)])

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """The command that the first word names. Raises UnknownCommandError."""
        if args[0] not in self.commands:
            raise UnknownCommandError(args[0], self.commands, ctx)
        return super().resolve_command(ctx, args)


def _lines(command: Any, ctx: typer.Context) -> Iterator[str]:
    name = command.help or command.name
    parameters = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    words = [p.metavar if p.required else f"[{p.metavar}]" for p in parameters if p.param_type_name == "argument"]
    pieces = [ctx.command_path, *words]
    pieces += ["COMMAND …"] if isinstance(command, TyperGroup) else ["[OPTIONS]"]
    yield f"{say('cli.usage')}: {' '.join(pieces)}"
    for language in get_args(Language):
        yield from ("", text(f"cli.{name}", language), text(f"cli.{name}-more", language))
    arguments = [(p.metavar, _meant(p.help)) for p in parameters if p.param_type_name == "argument"]
    if arguments:
        yield from ("", f"{say('cli.arguments')}:", *_table(arguments))
    options = [_option(p) for p in parameters if p.param_type_name == "option"]
    yield from ("", f"{say('cli.options')}:", *_table([*options, ("--help", _meant("option-help"))]))


def _commands(group: TyperGroup) -> Iterator[str]:
    yield f"{say('cli.commands')}:"
    yield from _table([(name, _meant(one.help or name)) for name, one in group.commands.items()])


def _option(parameter: Any) -> tuple[str, tuple[str, str]]:
    word = " ".join([*parameter.opts, *([parameter.metavar] if parameter.metavar else [])])
    chinese, english = _meant(parameter.help)
    if parameter.show_default is True and parameter.default not in (None, False):
        value = parameter.default
        chinese, english = (
            f"{chinese}（{text('cli.default', 'zh', value=value)}）",
            f"{english} ({text('cli.default', 'en', value=value)})",
        )
    return word, (chinese, english)


def _meant(key: str) -> tuple[str, str]:
    return text(f"cli.{key}", "zh"), text(f"cli.{key}", "en")


def _table(rows: list[tuple[str, tuple[str, str]]]) -> Iterator[str]:
    """Each word with its meaning, flush: both languages on one line where they fit, else on two. Words are ASCII."""
    gap = max(len(word) for word, _ in rows) + 4
    for word, (chinese, english) in rows:
        head, line = f"{_INDENT}{word}".ljust(gap), f"{chinese} / {english}"
        if gap + width(line) <= _COLUMNS:
            yield head + line
        else:
            yield from (head + chinese, " " * gap + english)
