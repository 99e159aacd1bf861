"""For authors of catalogs: passages that look like evidence and are not matched, and words that could find more.

Nothing here is part of a build: what is suggested becomes a mark only when somebody writes it into the catalog.
"""

from mapper.suggest.semantic import SentenceEncoder, load_encoder
from mapper.suggest.suggestions import Suggestion, Suggestions, suggest
from mapper.suggest.text import render

__all__ = ["SentenceEncoder", "Suggestion", "Suggestions", "load_encoder", "render", "suggest"]
