"""File names made from names that people typed (hazard: ``../../``, twins, names that Windows keeps)."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.assessment.filenames import MAX_BYTES, file_slug

RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))}


@given(st.text(max_size=400))
def test_a_name_of_a_file_stays_in_its_folder_and_is_plain(name: str) -> None:
    slug = file_slug(name)
    path = (Path("/folder") / f"{slug}.json").resolve()
    assert path.parent == Path("/folder")
    assert 0 < len(slug.encode()) <= MAX_BYTES
    assert slug == unicodedata.normalize("NFKC", slug).casefold()
    assert all(character == "-" or unicodedata.category(character)[0] in "LMN" for character in slug)
    assert slug.partition(".")[0] not in RESERVED


@given(st.text(max_size=100), st.text(max_size=100))
def test_two_names_never_share_a_file(one: str, other: str) -> None:
    assert (file_slug(one) == file_slug(other)) == (one == other)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Northside CMHT", "northside-cmht-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("C:\\teams\\one", "c-teams-one-"),
        ("CON", "con-"),
        ("Straße", "strasse-"),
        ("\uff26\uff55\uff4c\uff4c width", "full-width-"),
        ("مركز الدعم", "مركز-الدعم-"),
        ("a\x00b\u202ec", "a-b-c-"),
    ],
)
def test_a_name_stays_readable(name: str, start: str) -> None:
    slug = file_slug(name)
    assert slug.startswith(start)
    assert len(slug) == len(start) + 8


def test_a_name_without_letters_is_its_hash() -> None:
    assert len(file_slug("!!!")) == 8
    assert file_slug("!!!") != file_slug("???")


def test_a_long_name_is_cut_between_characters() -> None:
    slug = file_slug("é" * 300)
    assert len(slug.encode()) <= MAX_BYTES
    assert slug.startswith("é" * 30)


def test_composed_and_decomposed_names_are_two_teams_in_two_files() -> None:
    composed = "Café"
    assert file_slug(composed) != file_slug(unicodedata.normalize("NFD", composed))


def test_a_key_tells_apart_what_bears_one_name() -> None:
    assert file_slug("Northside", "1") != file_slug("Northside", "2")
    assert file_slug("Northside", "1").startswith("northside-")
