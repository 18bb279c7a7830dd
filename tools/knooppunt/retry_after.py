"""How long a host asks to be left alone."""

from __future__ import annotations

import email.utils
import re
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, as seconds or as a date (RFC 9110, 10.2.3); None where it is neither."""
    if text is None:
        return None
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,6})?", text, re.ASCII):
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text[:100])
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        return max((when - now).total_seconds(), 0.0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
