"""The templates of what is written as HTML: one way to fill them, and where they are kept once compiled."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from mapper.report.phrases import Both, counted
from mapper.shipped import folder


@cache
def template(name: str) -> jinja2.Template:
    """A template by the name of its file. What is put into it is escaped, and a name that nobody gave it is an error."""
    return _environment().get_template(name)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates"), encoding="utf-8"),
        bytecode_cache=_TemplateCache(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"say": counted, "both": Both.of, "b": _words, "t": _told}
    made.filters["n"] = lambda number: f"{number:,}"
    made.filters["value"] = lambda name: name.replace("%", "%25").replace(",", "%2C")
    made.filters["clip"] = lambda words: words if len(words) <= 120 else words[:119] + "…"
    return made


@lru_cache(maxsize=4096)
def _words(words: Both) -> Markup:
    """Both languages, of which the page shows one; what is the same in both stands once. Written ten thousand times a page."""
    chinese, english = escape(words.zh), escape(words.en)
    if chinese == english:
        return chinese
    return Markup(f'<span class="zh">{chinese}</span><span class="en" lang="en">{english}</span>')


def _told(key: str, **params: object) -> Markup:
    """A message of the sheet of the page."""
    return _words(counted(f"page.{key}", **params))


class _TemplateCache(jinja2.FileSystemBytecodeCache):
    """Keeps templates as code where Python keeps that of this module; where nothing can be kept they are compiled each time."""

    def __init__(self) -> None:
        maker = sha256(Path(__file__).read_bytes() + jinja2.__version__.encode()).hexdigest()[:16]
        super().__init__(str(Path(cache_from_source(__file__)).parent), f"page-{maker}-%s.cache")

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take what is kept of a template; what is damaged is none."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # a file cut short raises what it likes
            bucket.reset()

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a template, unless Python is told to keep none."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)
