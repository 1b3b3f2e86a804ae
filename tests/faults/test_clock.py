"""A clock or a zone that is set wrong: a sentence, or a result, and never a traceback."""

import time
from pathlib import Path

import pytest

from readiness.document.office_file import saved
from readiness.errors import InputError
from tests.program import EXAMPLES, run


@pytest.mark.parametrize("zone", ["UTC+24", "UTC-24", "UTC+24:59:59", "Nowhere/At-All", ":", ""])
def test_any_zone_has_a_day(tmp_path: Path, zone: str) -> None:
    (tmp_path / "a.yaml").write_bytes((EXAMPLES / "northside-cmht.yaml").read_bytes())
    run("plan", "a.yaml", cwd=tmp_path, env={"TZ": zone, "PYTHONHASHSEED": "1"}, code=0)


class _Package:
    def save(self, out: object) -> None:
        raise AssertionError(out)


def test_a_package_of_a_time_that_it_can_not_hold_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", lambda: time.gmtime(0))
    with pytest.raises(InputError, match="The clock of this computer stands in 1970"):
        saved(_Package())
