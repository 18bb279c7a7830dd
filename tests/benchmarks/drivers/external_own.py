"""Verdicts on the addresses of a JSON file, as JSON: `python -m benchmarks.drivers.external_own URLS`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from knooppunt.links.external import External, check_urls
from knooppunt.links.external_model import Limits

urls = json.loads(Path(sys.argv[1]).read_text("utf-8"))
external = External(limits=Limits(timeout=10.0), allow=("127.0.0.0/8",))
found, _ = check_urls(urls, external, now=datetime.now(UTC))
print(json.dumps({url: checked.verdict.value for url, checked in found.items()}))
