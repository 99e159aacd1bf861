"""Write the help of every command into docs/commands.md and the program's own into README.md: ``python docs/commands.py``."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path

from mapper.cli import main as mapper
from mapper.cli.app import command

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "commands.md"
README = ROOT / "README.md"
HEAD = """# 命令 · Commands

标准输出是数据，标准错误是说明。退出码：0 完成，1 完成但有文档未读、有要求因没有转述或例句不够而未参加对照、
有裁定或回答没有收，或引文不再成立，2 输入有误，3 有格变差或不足 --fail-under。
stdout is data, stderr is talk. Exit codes: 0 done, 1 done with documents left out, requirements left out for want of a text or of
sentences, decisions or answers not taken, or quotes that no longer hold, 2 wrong input, 3 a cell got worse or --fail-under was
not reached.
"""


def block(*arguments: str) -> str:
    """The console block that shows the help of a command."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        mapper([*arguments, "--help"])
    return f"```console\n$ {' '.join(['mapper', *arguments, '--help'])}\n{said.getvalue()}```\n"


def commands() -> list[tuple[str, ...]]:
    """Every command, and every command of a command, as it is typed."""
    typed: list[tuple[str, ...]] = []
    for name, one in command().commands.items():
        typed.append((name,))
        typed += [(name, inner) for inner in getattr(one, "commands", ())]
    return typed


def page() -> str:
    """The page of all commands."""
    return HEAD + "".join(f"\n## {' '.join(typed)}\n\n{block(*typed)}" for typed in commands())


def readme(old: str) -> str:
    """The README with the program's own help in place of its console block."""
    before, _, rest = old.partition("```console\n")
    _, _, after = rest.partition("```\n")
    return before + block() + after


def main() -> int:
    """Write both files."""
    PAGE.write_text(page(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
