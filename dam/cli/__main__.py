"""``python -m dam.cli`` is ``dam``."""

import sys

from dam.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
