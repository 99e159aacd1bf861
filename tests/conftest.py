"""What holds for all tests.

A law is not broken by a slow machine, so no property test has a deadline. Ctrl-C is heard even where the tests were
started in the background, which a shell makes deaf to it. The lists of firms that ship are parsed once, and what they come
to is shared by all runs that have no firms of their own, as a run shares it among its documents.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings

from mapper import explain, inputs
from mapper.firms import lists
from mapper.firms.registry import Registry
from mapper.problems import Problem

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

signal.signal(signal.SIGINT, signal.default_int_handler)


@cache
def _parsed(source: bytes, loader: Any) -> Any:
    return yaml.load(source, Loader=loader)


@cache
def _shipped() -> Registry | None:
    return lists.load_registry()[0]


def _loaded(corpus_file: Path | None = None) -> tuple[Registry | None, list[Problem]]:
    return lists.load_registry(corpus_file) if corpus_file is not None else (_shipped(), [])


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (inputs, explain):
            patch.setattr(module, "load_registry", _loaded)
        patch.setattr(lists, "yaml", SimpleNamespace(load=lambda source, Loader: _parsed(source, Loader)))  # noqa: N803
        yield
