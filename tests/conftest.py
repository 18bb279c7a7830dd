"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# Machines are noisy: a property that takes long once is no failure. CI's own profile, which repeats its examples, stays.
settings.register_profile("noisy", deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("noisy")
