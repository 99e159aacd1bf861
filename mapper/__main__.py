"""``python -m mapper`` is the command ``mapper``."""

from mapper.cli import process

process()
