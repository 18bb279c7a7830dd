"""The figures of the review page as one line of JSON: `python -m benchmarks.drivers.reviewing`."""

from __future__ import annotations

import json

from benchmarks.review import gates, rows

measured = rows()
print(json.dumps({"rows": measured, "gates": gates(measured)}))
