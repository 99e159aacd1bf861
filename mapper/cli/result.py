"""The result of a run as every command opens it: what a run that was killed left unmoved is moved first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mapper.cli.terminal import tell, tell_all
from mapper.messages import say

if TYPE_CHECKING:
    from mapper.model import Alignment


def opened(path: Path, missing: str = "cli.no-alignment") -> Alignment | None:
    """Read an alignment.json; None, and the message ``missing``, where there is none. Raises InputError where it is no alignment."""
    from mapper.files import settle
    from mapper.results import read_alignment

    tell_all(settle(path.parent))
    if not path.exists():
        tell(say(missing, path=path))
        return None
    return read_alignment(path)
