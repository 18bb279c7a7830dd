"""The figures of the translation memory as one line of JSON: `python -m benchmarks.drivers.remembering`."""

from __future__ import annotations

import json

from benchmarks.memory import gates, rows

measured = rows()
print(json.dumps({"rows": measured, "gates": gates(measured)}))
