"""`swm`, and `python -m swm`."""

from __future__ import annotations

import gc
import sys

from swm.cli.locale import in_utf8
from swm.cli.main import run


def main() -> None:
    """The program: restarts itself in UTF-8 where it has to, runs one command, exits."""
    in_utf8()
    gc.set_threshold(
        100_000, 50, 50
    )  # a command is short: looking for cycles costs more than it frees
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
