"""What holds for all tests.

A law is not broken by a slow machine, so no property test has a deadline. Ctrl-C is heard even where the tests were
started in the background, which a shell makes deaf to it. The lists of firms that ship are parsed once, not with each of
the many runs: which firms they come to is made of them anew every time.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, settings

from mapper.firms import lists

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

signal.signal(signal.SIGINT, signal.default_int_handler)


@cache
def _parsed(source: bytes, loader: Any) -> Any:
    return yaml.load(source, Loader=loader)


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "yaml", SimpleNamespace(load=lambda source, Loader: _parsed(source, Loader)))  # noqa: N803
        yield
