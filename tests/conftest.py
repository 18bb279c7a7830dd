"""What holds for all tests: no example of a property has a time limit, since machines pause."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", settings(settings(), deadline=None))
settings.load_profile("untimed")
