"""Where the program starts, by its name or as ``python -m readiness``: Ctrl-C is heard before the rest is imported."""

from typing import NoReturn

from readiness.signals import stop_at_once


def main() -> NoReturn:
    """Run the program and exit with one of the codes in ``readiness.errors.ExitCode``."""
    stop_at_once()
    from readiness.cli.main import main as started  # noqa: PLC0415 — takes a while, in which Ctrl-C is heard

    started()


if __name__ == "__main__":
    main()
