"""A template or a block of one's own that overrides nothing is named, with the nearest name there is."""

from pathlib import Path
from time import process_time

import pytest
from jinja2 import Environment, nodes

from readiness.document.own_templates import MOST_CHARACTERS, MOST_FILES, MOST_NAMED, unused


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
    assert 'has no block "x0"' in told[0]
    assert told[-1] == f"{tmp_path}: {300 - MOST_NAMED} more templates and blocks are not used."


def test_of_very_many_files_only_some_are_looked_at(tmp_path: Path) -> None:
    for at in range(MOST_FILES + 5):
        (tmp_path / f"{at}.html.j2").touch()
    told = [*unused(tmp_path)]
    assert len(told) == MOST_NAMED + 1
    assert told[-1] == f"{tmp_path}: {MOST_FILES - MOST_NAMED} more templates and blocks are not used."


def test_of_very_many_blocks_with_long_names_some_are_told_and_all_are_counted(tmp_path: Path) -> None:
    names = [f"{'ab' * 95}{at}" for at in range(850)]
    blocks = "".join(f"{{% block {name} %}}{{% endblock %}}" for name in names)
    began = process_time()
    told = written(
        tmp_path, base2_html_j2=blocks, document_html_j2='{% extends "base2.html.j2" %}' + blocks.replace("ab", "ba")
    )
    assert process_time() - began < 10  # minutes, compared letter by letter
    assert len(told) == MOST_NAMED + 1
    assert all(len(each) < 1_500 for each in told)
    assert told[-1].endswith(f"{850 - MOST_NAMED} more templates and blocks are not used.")


def test_each_template_is_walked_once_however_many_extend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[nodes.Node] = []
    find_all = nodes.Template.find_all

    def counted(template: nodes.Template, kinds: type[nodes.Node]) -> object:
        walked.append(template)
        return find_all(template, kinds)

    monkeypatch.setattr(nodes.Template, "find_all", counted)
    files = {f"f{at}_html_j2": '{% extends "p.html.j2" %}' for at in range(50)}
    including = "".join(f'{{% include "f{at}.html.j2" %}}' for at in range(50))
    assert written(tmp_path, document_html_j2=including, p_html_j2='{% extends "p.html.j2" %}', **files) == []
    assert len(walked) == 3 * 52
