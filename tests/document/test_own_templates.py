"""A template or a block of one's own that overrides nothing is named, with the nearest name there is."""

from pathlib import Path

import pytest

from readiness.document.own_templates import unused


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
