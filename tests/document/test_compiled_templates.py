from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, nodes

from readiness.document.compiled_templates import CompiledTemplates
from readiness.document.templates import html_environment


class Counting(Environment):
    """Counts how often it compiles a template."""

    compiled = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        Counting.compiled += 1
        return super()._parse(source, name, filename)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that says how templates are made, whose compiled form lies beside it."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)
    Counting.compiled = 0
    (tmp_path / "__pycache__").mkdir()
    module = tmp_path / "made.py"
    module.write_text("trim = True")
    return module


def filled(module: Path, template: str = "Two {{ words }}.") -> str:
    """Return what the template says, in an environment made anew, as each process makes one."""
    made = Counting(loader=DictLoader({"a": template}), bytecode_cache=CompiledTemplates(module), autoescape=True)
    return made.get_template("a").render(words="<words>")


def kept(module: Path) -> list[Path]:
    return [*(module.parent / "__pycache__").iterdir()]


def test_a_template_is_compiled_once(module: Path) -> None:
    assert filled(module) == filled(module) == "Two &lt;words&gt;."
    assert Counting.compiled == 1
    assert len(kept(module)) == 1


def test_another_template_is_compiled_again(module: Path) -> None:
    filled(module)
    assert filled(module, "Three {{ words }}.") == "Three &lt;words&gt;."
    assert Counting.compiled == 2


def test_what_is_made_in_another_way_is_compiled_again(module: Path) -> None:
    filled(module)
    module.write_text("trim = False")
    filled(module)
    assert Counting.compiled == 2


def damaged(data: bytes) -> Iterator[bytes]:
    yield b""
    yield from (data[: len(data) * part // 8] for part in range(1, 8))
    yield bytes(byte ^ 0xFF for byte in data)
    yield data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


def test_what_is_cut_short_or_damaged_is_compiled_again(module: Path) -> None:
    filled(module)
    [file] = kept(module)
    for data in damaged(file.read_bytes()):
        file.write_bytes(data)
        Counting.compiled = 0
        assert filled(module) == "Two &lt;words&gt;."
        assert Counting.compiled == 1


def test_nothing_is_kept_if_python_keeps_nothing(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert filled(module) == "Two &lt;words&gt;."
    assert kept(module) == []


def test_a_folder_that_is_not_there_is_no_obstacle(module: Path) -> None:
    (module.parent / "__pycache__").rmdir()
    assert filled(module) == "Two &lt;words&gt;."


def test_templates_of_ones_own_are_not_kept(tmp_path: Path) -> None:
    assert html_environment(tmp_path).bytecode_cache is None
    assert html_environment().bytecode_cache is not None
