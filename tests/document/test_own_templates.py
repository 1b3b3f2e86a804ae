"""A template or a block of one's own that overrides nothing is named, with the nearest name there is."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from readiness.document.own_templates import MOST_CHARACTERS, MOST_FILES, unused


def written(folder: Path, **files: str) -> list[str]:
    """Return what is said of a folder with these files; ``__`` in a name stands for a folder."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [told.removeprefix(f"{folder}/") for told in unused(folder)]


def test_what_takes_the_place_of_ours_or_is_used_by_it_is_not_told(tmp_path: Path) -> None:
    assert (
        written(
            tmp_path,
            sections__plan_html_j2='{% extends "shipped/section.html.j2" %}{% block before %}'
            '{% block mine %}{% include "ours/line.html.j2" %}{% endblock %}{% endblock %}',
            sections__domain_html_j2="<p>A part</p>{% block anything %}{% endblock %}",
            ours__line_html_j2="<p>A line</p>",
            own_css="h2 { color: red }",
            logo_svg="<svg/>",
        )
        == []
    )


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("sections__plans_html_j2", "sections/plan.html.j2"),
        ("sections__plan_html", "sections/plan.html.j2"),
        ("blocks__tables_html_j2", "blocks/table.html.j2"),
        ("owns_css", "own.css"),
    ],
)
def test_a_name_that_nothing_asks_for_is_told_with_the_nearest(tmp_path: Path, name: str, nearest: str) -> None:
    [told] = written(tmp_path, **{name: "<p>A line</p>"})
    assert told.endswith(f'This takes the place of no template of ours, so it is not used. Did you mean "{nearest}"?')


def test_a_block_that_ours_does_not_have_is_told_with_its_line(tmp_path: Path) -> None:
    told = written(
        tmp_path,
        sections__plan_html_j2='{% extends "shipped/section.html.j2" %}\n{% block befor %}x{% endblock %}\n'
        "{% block zzz %}y{% endblock %}",
    )
    assert told == [
        (
            'sections/plan.html.j2:2: The template that this one extends has no block "befor", so it is not used. '
            'Did you mean "before"?'
        ),
        (
            'sections/plan.html.j2:3: The template that this one extends has no block "zzz", so it is not used. '
            "Its blocks are: after, before, content, title."
        ),
    ]


def test_what_can_not_be_read_is_left_to_rendering(tmp_path: Path) -> None:
    (tmp_path / "section.html.j2").write_bytes(b"\xff")
    extending = {
        "document_html_j2": "{% block %}",
        "sections__open_html_j2": '{% extends "nowhere.html.j2" %}{% block x %}{% endblock %}',
    }
    assert written(tmp_path, **extending) == []


def test_a_template_that_extends_itself_ends(tmp_path: Path) -> None:
    itself = '{% extends "sections/plan.html.j2" %}{% block x %}{% endblock %}'
    assert written(tmp_path, sections__plan_html_j2=itself) == []


@pytest.mark.parametrize("name", ["unused_html_j2", "sections__plan_html_j2"])
@pytest.mark.parametrize(
    "template",
    [
        f"{{{{ {'(' * 3_000}1{')' * 3_000} }}}}",
        "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000,
        f"{{{{ {'1+' * 5_000}1 }}}}",
        f"{{{{ {'9' * 5_000} }}}}",
    ],
    ids=["brackets", "choices", "sum", "number"],
)
def test_what_is_nested_too_deep_is_left_to_rendering(tmp_path: Path, name: str, template: str) -> None:
    told = written(tmp_path, **{name: template})
    assert told == ([] if "plan" in name else [f"unused.html.j2: {NOT_USED}"])


NOT_USED = "This takes the place of no template of ours, so it is not used."


def test_only_templates_that_are_used_are_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = Environment.parse

    def counted(environment: Environment, source: str) -> nodes.Template:
        read.append(source)
        return parse(environment, source)

    monkeypatch.setattr(Environment, "parse", counted)
    told = written(
        tmp_path,
        sections__plan_html_j2='{% include "ours/a.html.j2" %}',
        ours__a_html_j2='{% include "ours/b.html.j2" %}{% include "ours/a.html.j2" %}',
        ours__b_html_j2="{{ b }}",
        ours__c_html_j2="{{ c }}",
    )
    assert [each.partition(" Did")[0] for each in told] == [f"ours/c.html.j2: {NOT_USED}"]
    assert len(read) == 3
    assert "{{ c }}" not in read


def test_no_more_is_looked_through_than_templates_can_sensibly_hold(tmp_path: Path) -> None:
    unknown = '{% extends "shipped/section.html.j2" %}{% block befor %}x{% endblock %}'
    assert len(written(tmp_path, sections__plan_html_j2=unknown, ours__a_html_j2="x")) == 2
    assert written(tmp_path, sections__plan_html_j2=unknown + " " * MOST_CHARACTERS) == []


def test_templates_that_extend_one_another_without_end_end(tmp_path: Path) -> None:
    extending = '{{% extends "ours/{}.html.j2" %}}{{% block x{} %}}x{{% endblock %}}'
    files = {f"ours__{at}_html_j2": extending.format(at + 1, at) for at in range(300)}
    told = written(tmp_path, sections__plan_html_j2=extending.format(0, "y"), **files)
    assert any('has no block "xy"' in each for each in told)


def test_of_very_many_files_only_some_are_looked_at(tmp_path: Path) -> None:
    for at in range(MOST_FILES + 5):
        (tmp_path / f"{at}.html.j2").touch()
    assert len([*unused(tmp_path)]) == MOST_FILES
