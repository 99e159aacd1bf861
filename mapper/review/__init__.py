"""What humans rule about the machine's marks: read and written as YAML, applied to an alignment, carried over.

The way: decisions.yaml → :func:`load_decisions` → :class:`Decisions` → :func:`apply` → ``Alignment.review``, with
``Evidence.review`` and ``Cell.review`` beside what the machine said.
"""

from mapper.review.apply import apply, warnings
from mapper.review.decisions import NOTHING_DECIDED, Decisions, decision_id, requirement_digest
from mapper.review.files import default_path, dump_decisions, load_decisions, overlooked

__all__ = [
    "NOTHING_DECIDED",
    "Decisions",
    "apply",
    "decision_id",
    "default_path",
    "dump_decisions",
    "load_decisions",
    "overlooked",
    "requirement_digest",
    "warnings",
]
