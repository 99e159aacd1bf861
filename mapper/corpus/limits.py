"""What one document may cost: whatever exceeds a limit is left out and named, and the rest of the corpus is read.

Bytes, characters and rows hold everywhere, seconds too. Memory is limited by the system where it can (Linux); elsewhere
the other limits bound it.
"""

from __future__ import annotations

SIZE_LIMIT = 200_000_000
"""Bytes of a file."""
CHARACTERS_LIMIT = 10_000_000
"""Characters of a decoded text: some hundred annual reports."""
ROWS_LIMIT = 200_000
"""Rows of a sheet; those below are not read."""
SENTENCE_LIMIT = 600
"""Characters of a sentence; a longer one is divided. The learned reader looks at no more of one."""
ROW_LIMIT = 4_000
"""Characters of a row whose cells belong together, or of a heading; a longer one is divided."""
PAGES_LIMIT = 5_000
"""Pages of a PDF; those after are not read."""
SECONDS_LIMIT = 300.0
"""Seconds that a document may take that is read by a process of its own; on a busy machine seconds are short."""
MEMORY_LIMIT = 2_000_000_000
"""Bytes that this process may take."""
HEAVY = 32_000
"""Bytes from which a packed format (PDF, Office) is read by a process of its own: it may hold a thousand times as much …"""
LARGE = 3_000_000
"""… and bytes from which anything is. Smaller texts take a second or two at most, whatever they hold."""
