"""No process or thread can be started any more, as in a container with a limit of them: a sentence says so."""

import threading
from pathlib import Path

import pytest

from readiness.batch.workers import Workers
from readiness.document.pdf import Renderer
from readiness.errors import InputError
from tests.themes import default_theme


def refused(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_what_needs_one_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Thread, "start", refused)
    for make in (lambda: Renderer(default_theme()), lambda: Workers(2)):
        with pytest.raises(InputError, match="No more threads or processes can be started here"):
            make()


def double(number: int) -> int:
    return 2 * number


def test_a_worker_works_without_the_one_that_looks_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import threading\n"
        "def refused(_):\n"
        '    raise RuntimeError("can\'t start new thread")\n'
        "threading.Thread.start = refused\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=":")
    with Workers(1) as workers:
        assert workers.submit(double, 2).result() == 4
