"""An alignment against gold labels: figures, reliability of the scores, and every error with its passage."""

from mapper.evaluate.figures import (
    Balance,
    Bin,
    Evaluation,
    FalseMark,
    Figures,
    GroupFigures,
    Lost,
    Miss,
    Outside,
    Share,
)
from mapper.evaluate.judge import evaluate
from mapper.evaluate.labels import Label, path_digest, read_labels
from mapper.evaluate.table import render
from mapper.evaluate.text import normalise, overlaps

__all__ = [
    "Balance",
    "Bin",
    "Evaluation",
    "FalseMark",
    "Figures",
    "GroupFigures",
    "Label",
    "Lost",
    "Miss",
    "Outside",
    "Share",
    "evaluate",
    "normalise",
    "overlaps",
    "path_digest",
    "read_labels",
    "render",
]
