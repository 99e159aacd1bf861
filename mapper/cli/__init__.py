"""The command line: parse, call, print. Each command returns its exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mapper.cli.terminal import tell, use_utf8
from mapper.messages import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 done with documents left out, 2 wrong input.

    Whatever a command did not foresee ends in one line and 2 as well: a script must not take it for a result.
    """
    from typer.exceptions import TyperException

    from mapper.cli.app import command
    from mapper.cli.usage import explained
    from mapper.problems import InputError

    use_utf8()
    try:
        code = command().main(args=arguments, prog_name="mapper", standalone_mode=False)
    except InputError as error:
        tell(error)
        return 2
    except TyperException as error:
        tell(explained(error))
        return 2
    except Exception as error:
        tell(say("cli.broken", why=f"{type(error).__name__}: {error}"))
        return 2
    if code == 130:
        tell(say("cli.interrupted"))
    return code if isinstance(code, int) else 0


if __name__ == "__main__":
    sys.exit(main())
