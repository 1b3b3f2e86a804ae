"""Licences of all that is installed with the program: each is on a list of those that ask for nothing but a notice."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.program import ROOT

PERMISSIVE = frozenset(
    (
        *("MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ISC"),
        *("MIT License", "BSD License", "ISC License", "ISC License (ISCL)", "Apache Software License"),
    )
)
"""By their short names, and as older packages say it."""
BY_HAND = {
    "resvg-py": "MIT",  # in its repository; its own data name none
    "pyphen": "MPL-1.1",  # one of three to choose from; used as it is, and its own file
    "brotlicffi": "MIT",  # PyPy alone
    "colorama": "BSD-3-Clause",  # Windows alone
}
"""Looked up, as no data of theirs say it here."""
SHIPPED = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)


def licences(package: str) -> set[str]:
    """Return each licence that has to be accepted; of several to choose from, those."""
    said = metadata(package).json
    expression, old = str(said.get("license_expression", "")), str(said.get("license", ""))
    if expression:
        return {*re.split(r" (?:OR|AND) ", expression)}
    found = {line.rpartition(" :: ")[2] for line in said.get("classifier", ()) if line.startswith("License")}
    return found or {old.partition("\n")[0]}


@pytest.mark.parametrize("package", SHIPPED)
def test_each_package_that_is_shipped_has_a_licence_on_the_list(package: str) -> None:
    if package in BY_HAND:
        assert BY_HAND[package] in PERMISSIVE | {"MPL-1.1"}
        return
    try:
        found = licences(package)
    except PackageNotFoundError:
        pytest.fail(f"{package} is in the lock, and neither installed nor looked up by hand")
    assert found
    assert found <= PERMISSIVE


def test_what_was_looked_up_by_hand_is_still_shipped() -> None:
    assert {*BY_HAND} <= {*SHIPPED}


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name)
def test_each_package_in_a_lock_has_its_hashes(lock: object) -> None:
    text = re.sub(r"\\\n", " ", (ROOT / str(lock)).read_text("utf-8"))
    lines = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if "--hash=sha256:" not in line] == []
