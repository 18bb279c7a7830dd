"""What the repair costs, as one line of JSON: loading, size of the data, and words per second of all checks.

    python -m benchmarks.drivers.repair_cost LANGUAGE FOLDER

FOLDER has pages in the language; all checks run on them in one process, without a source.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import resources
from pathlib import Path

from knooppunt.checking import Options, check_files, gather_files, load_language
from knooppunt.lexicons import available, load_lexicon


def main() -> None:
    """Measure and print."""
    language, folder = sys.argv[1:3]
    start = time.process_time()
    load_lexicon(language)
    load = time.process_time() - start
    known = load_language(None, language)
    files = list(gather_files(["."], Path(folder)))
    words = sum(len(path.read_text(encoding="utf-8").split()) for path, _ in files)
    start = time.process_time()
    with check_files(files, language=known, options=Options(jobs=1)) as checking:
        found = sum(len(result.found) for result in checking.results())
    cpu = time.process_time() - start
    data = Path(str(resources.files("knooppunt.lexicons") / "data"))
    sizes = {name: sum(path.stat().st_size for path in data.glob(f"{name}.*")) for name in available()}
    print(json.dumps({"load": load, "words": words, "cpu": cpu, "findings": found, "sizes": sizes}))


if __name__ == "__main__":
    main()
