"""What holds for all tests.

A law is not broken by a slow machine, so no property test has a deadline. Ctrl-C is heard even where the tests were
started in the background, which a shell makes deaf to it.
"""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

signal.signal(signal.SIGINT, signal.default_int_handler)
