"""`python -m knooppunt` is the command `knooppunt`."""

import sys

from knooppunt.cli import main

if __name__ == "__main__":
    sys.exit(main())
