"""`python -m knooppunt.words`: renews the shipped catalogs from those of this repository."""

from __future__ import annotations

import sys
from pathlib import Path

from knooppunt.catalogs import parse_po
from knooppunt.files import read_text, write_atomic
from knooppunt.words import shipped_text


def main() -> int:
    """Write a catalog for each locale of the repository that the package stands in."""
    folder = Path(__file__).parent
    for path in sorted(folder.parents[2].glob("locales/*/LC_MESSAGES/site.po")):
        code = path.parents[1].name
        catalog = parse_po(read_text(path), str(path))
        write_atomic(folder / f"{code}.po", shipped_text(catalog, code))
    return 0


if __name__ == "__main__":
    sys.exit(main())
