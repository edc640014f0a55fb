"""`swm`, and `python -m swm`."""

from __future__ import annotations

import gc

gc.set_threshold(100_000, 50, 50)
# Before anything is loaded: a command is short, and looking for cycles among the modules that it
# loads costs more than it frees.

import os  # noqa: E402
import sys  # noqa: E402
from typing import NoReturn  # noqa: E402

from swm.cli.locale import in_utf8  # noqa: E402
from swm.cli.main import run  # noqa: E402


def main() -> NoReturn:
    """The program: restarts itself in UTF-8 where it has to, runs one command, exits."""
    in_utf8()
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # its reader has gone
    except OSError:
        code = code or 4  # what could not be written is not there; there is nowhere to say so
    # Nothing is left to be done: everything recorded is on disk. Taking the modules apart one by
    # one would take a tenth of a short command's time.
    os._exit(code)


if __name__ == "__main__":
    main()
