"""How a command ends, and where it writes and reads unless told otherwise."""

from __future__ import annotations

from pathlib import Path

DONE = 0
LEFT_OUT = NOT_HELD = 1
"""Done, but documents, requirements, decisions or answers were left out, which are named; or quotes no longer hold."""
WRONG = 2
"""The input is wrong, and nothing is written."""
BELOW = WORSE = 3
"""Less is evidenced than --fail-under asks for; or a cell got worse."""
INTERRUPTED, TERMINATED = 128 + 2, 128 + 15
"""As a shell gives them to what SIGINT and SIGTERM end."""
OUT = Path("out")
