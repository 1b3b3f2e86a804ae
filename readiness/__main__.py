"""Where the program starts, by its name or as ``python -m readiness``: Ctrl-C is heard before the rest is imported."""

import atexit
import gc
import os
from typing import NoReturn

from readiness.signals import stop_at_once


def main() -> NoReturn:
    """Run the program and exit with one of the codes in ``readiness.errors.ExitCode``."""
    stop_at_once()
    # A command is short, and ends before there is anything to collect: no look for it, neither now nor at the end.
    gc.disable()
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some takes 10 ms
    from readiness.cli.main import main as started  # noqa: PLC0415 — takes a while, in which Ctrl-C is heard

    started()


if __name__ == "__main__":
    main()
