"""Files that were changed at random, and what fuzzing found: each is read, or refused in words, in seconds."""

import subprocess
import sys
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.errors import InputError
from tests.attack.fuzz import FOUND
from tests.attack.mutations import mutated
from tests.attack.readers import READERS, seeds, sound, try_input
from tests.program import ROOT, environment

_SLOW = 10
_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@pytest.mark.parametrize("name", READERS)
def test_a_sound_file_is_read(name: str) -> None:
    if name in {"page", "answers-json"}:  # these begin from a file that is refused
        with pytest.raises(InputError):
            READERS[name].read(sound(name))
    else:
        READERS[name].read(sound(name))


@pytest.mark.parametrize("name", [name for name, reader in READERS.items() if reader.more is not tuple])
def test_what_else_fuzzing_begins_from_is_read_or_refused_in_words(name: str) -> None:
    _, *more = seeds(name)
    assert len({*more}) == len(more) > 0
    for seed in more:
        try_input(name, seed)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=15, deadline=None, suppress_health_check=_CHECKS)
@given(data=st.data())
def test_a_changed_file_is_read_or_refused_in_words(name: str, data: st.DataObject) -> None:
    began = perf_counter()
    try_input(name, data.draw(mutated(name)))
    assert perf_counter() - began < _SLOW


@pytest.mark.long
@pytest.mark.parametrize("name", READERS)
@settings(max_examples=1_000, deadline=None, suppress_health_check=_CHECKS)
@given(data=st.data())
def test_changed_files_in_thousands(name: str, data: st.DataObject) -> None:
    began = perf_counter()
    try_input(name, data.draw(mutated(name)))
    assert perf_counter() - began < _SLOW


def test_what_fuzzing_found_is_read_or_refused_in_words() -> None:
    for file in sorted(FOUND.glob("*-*")):
        try_input(file.name.rpartition("-")[0], file.read_bytes())


def test_nothing_of_ours_is_imported_before_it_is_instrumented() -> None:
    command = [sys.executable, "-m", "tests.attack.fuzz", "json", "--seconds", "1", "--inside"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=False, capture_output=True, text=True)
    assert "Done " in done.stdout + done.stderr
    assert done.returncode == 0
