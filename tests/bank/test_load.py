from pathlib import Path

import pytest
import yaml

from readiness.bank.document import MAX_BYTES, MAX_NODES
from readiness.bank.load import bank_files, find_bank, load_bank, read_bank
from readiness.errors import MOST_TOLD, InputError, Place
from readiness.resources import DEFAULT_BANK, QUESTIONS
from tests.small import small_bank, spelled_out

TWO = "[{id: a}, {id: b}]"


def split(folder: Path) -> tuple[Path, Path]:
    """Write the bank of two questions into ``folder``, the second question in a file of its own."""
    data = spelled_out(TWO)
    part = {"findings": data["findings"][1:], "questions": data["questions"][1:]}
    main = data | {"findings": data["findings"][:1], "questions": data["questions"][:1], "files": ["more.yaml"]}
    (folder / "bank.yaml").write_text(yaml.safe_dump(main, sort_keys=False), encoding="utf-8")
    (folder / "more.yaml").write_text(yaml.safe_dump(part, sort_keys=False), encoding="utf-8")
    return folder / "bank.yaml", folder / "more.yaml"


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as refused:
        load_bank(folder)
    return str(refused.value)


def test_a_bank_is_found_by_its_name_and_by_its_folder(tmp_path: Path) -> None:
    small_bank(tmp_path, TWO)
    assert find_bank(DEFAULT_BANK, QUESTIONS) == QUESTIONS / DEFAULT_BANK
    assert find_bank(str(tmp_path), QUESTIONS) == tmp_path


def test_a_name_in_the_questions_folder_comes_before_a_folder_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("here", "questions"):
        (tmp_path / place / "mine").mkdir(parents=True)
        (tmp_path / place / "mine" / "bank.yaml").touch()
    monkeypatch.chdir(tmp_path / "here")
    assert find_bank("mine", tmp_path / "questions") == tmp_path / "questions" / "mine"


def test_where_there_is_no_such_bank_those_there_are_are_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bank.yaml").touch()
    with pytest.raises(InputError) as refused:
        find_bank("three", tmp_path)
    todo = "Name one of these: one, two. Or name a folder that holds a bank.yaml."
    assert str(refused.value) == f'There is no question bank "three". {todo}'


def test_a_bank_split_into_files_is_the_bank_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "split").mkdir()
    whole = small_bank(tmp_path / "whole", TWO)
    split(tmp_path / "split")
    assert load_bank(tmp_path / "split") == whole


def test_the_files_of_a_bank_are_its_parts_and_its_languages(tmp_path: Path) -> None:
    split(tmp_path)
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "cy.yaml").touch()
    (tmp_path / "notes.txt").touch()
    names = ("bank.yaml", "more.yaml", "languages/cy.yaml")
    assert bank_files(tmp_path) == {name: tmp_path / name for name in names}


def test_the_files_of_a_bank_that_cannot_be_read_are_refused_as_the_bank_is(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text("- 1", encoding="utf-8")
    with pytest.raises(InputError, match="A bank has named fields"):
        bank_files(tmp_path)


def test_a_part_may_be_all_there_is_of_a_list(tmp_path: Path) -> None:
    bank, part = split(tmp_path)
    data = spelled_out(TWO)
    lists = {key: data.pop(key) for key in ("findings", "questions")}
    bank.write_text(yaml.safe_dump(data | {"files": "more.yaml"}), encoding="utf-8")
    part.write_text(yaml.safe_dump(lists), encoding="utf-8")
    assert [question.id for question in load_bank(tmp_path).questions] == ["a", "b"]


def test_what_stands_in_a_part_is_placed_there(tmp_path: Path) -> None:
    bank, part = split(tmp_path)
    document = read_bank(tmp_path)
    line = part.read_text(encoding="utf-8").splitlines().index("  text: Question b") + 1
    assert document.place(("questions", 1, "text")) == Place(str(part), line, 3)
    assert document.place(("questions", 0, "text")).file == str(bank)
    part.write_text(part.read_text(encoding="utf-8").replace("  text: Question b", "  text: 5"), encoding="utf-8")
    assert refusal(tmp_path).startswith(f"{part}:{line}:3: questions[2].text must be text.")


def test_problems_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    for path in split(tmp_path):
        path.write_text(path.read_text(encoding="utf-8").replace("domain: d\n", "domain: gone\n"), encoding="utf-8")
    assert refusal(tmp_path).count('There is no domain "gone"') == 4


@pytest.mark.parametrize(
    ("bank", "message"),
    [
        ("- 1", '/bank.yaml:1:1: A bank has named fields. Begin with "schema: 1".'),
        ("", '/bank.yaml:1:1: A bank has named fields. Begin with "schema: 1".'),
        ("files: [../more.yaml]", "/bank.yaml:1:9: ../more.yaml is not the name of a .yaml file beside this one."),
        ("files: [more.json]", "/bank.yaml:1:9: more.json is not the name of a .yaml file beside this one. Fix it."),
        (f"files: [{'x' * 99}]", f"/bank.yaml:1:9: {'x' * 79}… is not the name of a .yaml file beside this one."),
        ("files: 3", "/bank.yaml:1:1: 3 is not the name of a .yaml file beside this one. Fix it."),
        ("files: [more.yaml, gone.yaml]", "/bank.yaml:1:20: There is no file gone.yaml beside this one. Check the n"),
        ("files: [more.yaml]\nquestions: 3", "/bank.yaml:2:1: questions must be a list. Start each entry with"),
    ],
)
def test_files_that_are_not_there_or_not_beside_the_bank_are_refused(tmp_path: Path, bank: str, message: str) -> None:
    (tmp_path / "bank.yaml").write_text(bank, encoding="utf-8")
    (tmp_path / "more.yaml").write_text("questions: []", encoding="utf-8")
    assert refusal(tmp_path).startswith(f"{tmp_path}{message}")


def test_a_part_that_is_named_again_is_refused_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("questions: []", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("more.yaml")
    (tmp_path / "bank.yaml").write_text("files:\n- more.yaml\n- more.yaml\n- link.yaml\n", encoding="utf-8")
    assert refusal(tmp_path).splitlines() == [
        f"{tmp_path}/bank.yaml:3:3: more.yaml is here a second time. Name each file once.",
        f"{tmp_path}/bank.yaml:4:3: link.yaml is the same file as more.yaml. Name each file once.",
    ]
    (tmp_path / "bank.yaml").write_text("files: [./more.yaml]", encoding="utf-8")
    assert "./more.yaml is not the name of a .yaml file" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["more.yaml", "gone.yaml"])
def test_of_thousands_of_names_that_are_wrong_the_first_are_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "more.yaml").write_text("questions: []", encoding="utf-8")
    (tmp_path / "bank.yaml").write_text(f"files: [{', '.join([name] * 3_000)}]", encoding="utf-8")
    assert len(refusal(tmp_path).splitlines()) == MOST_TOLD


def test_of_parts_that_are_all_wrong_the_first_are_told(tmp_path: Path) -> None:
    names = [f"{at}.yaml" for at in range(MOST_TOLD + 5)]
    for name in names:
        (tmp_path / name).write_text("questions: 3", encoding="utf-8")
    (tmp_path / "bank.yaml").write_text(f"files: [{', '.join(names)}]", encoding="utf-8")
    assert len(refusal(tmp_path).splitlines()) == MOST_TOLD


def test_the_files_of_a_bank_may_together_hold_as_much_as_one(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text("files: [a.yaml, b.yaml]", encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("questions: []" + " " * (MAX_BYTES // 2), encoding="utf-8")
    assert refusal(tmp_path) == (
        f"{tmp_path}/bank.yaml:1:17: The files of this bank together are larger than 8 MB. "
        "Take out what it does not need."
    )
    for name in ("a.yaml", "b.yaml"):
        entries = ", ".join(["1"] * (MAX_NODES // 2))
        (tmp_path / name).write_text(f"questions: [{entries}]", encoding="utf-8")
    assert refusal(tmp_path) == (
        f"{tmp_path}/b.yaml:1:1: The files of this bank together hold more than 200,000 parts. "
        "Take out what it does not need."
    )


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("", ":1:1: This file does not fit into a bank. Only findings and questions may stand in a file of their own."),
        ("bands: []", ":1:1: This file does not fit into a bank."),
        ("questions: 3", ':1:1: questions must be a list. Start each entry with "- ".'),
        ("questions: ]", ":1:12: This is not YAML"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_at_its_place(tmp_path: Path, part: str, message: str) -> None:
    _, path = split(tmp_path)
    path.write_text(part, encoding="utf-8")
    assert refusal(tmp_path).startswith(f"{path}{message}")


def test_an_empty_folder_says_which_file_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path / 'bank.yaml'}: There is no such file. Check the name."


def test_a_bank_of_the_wrong_form_is_refused_before_what_does_not_fit_together(tmp_path: Path) -> None:
    data = spelled_out(TWO)
    data["questions"][0]["domain"] = "gone"
    data["title"] = 1
    (tmp_path / "bank.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    assert "title must be text" in refusal(tmp_path)
    assert "gone" not in refusal(tmp_path)


def test_what_has_the_wrong_form_hides_nothing_else(tmp_path: Path) -> None:
    main, part = split(tmp_path)
    text = main.read_text("utf-8").replace("text: Question a", "text: 5")
    main.write_text(f"{text}vershion: 1\n", "utf-8")
    part.write_text(part.read_text("utf-8").replace("value: 2", "value: 1"), "utf-8")
    told = refusal(tmp_path)
    assert "questions[1].text must be text" in told
    assert f"{part}:" in told
    assert "A level must be worth more than the one before it" in told
    assert "No question stands on" not in told


def test_where_too_little_has_the_right_form_only_that_is_told(tmp_path: Path) -> None:
    small_bank(tmp_path, TWO)
    text = (tmp_path / "bank.yaml").read_text("utf-8")
    (tmp_path / "bank.yaml").write_text(text.replace("text: Question", "txt: Question"), "utf-8")
    assert "A level must be worth more" not in refusal(tmp_path)
    assert refusal(tmp_path).count("text is missing") == 2


def test_every_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    main, part = split(tmp_path)
    main.write_text(main.read_text("utf-8").replace("- more.yaml", "- more.yaml\n- gone.yaml"), "utf-8")
    part.write_text("questions: ]", "utf-8")
    told = refusal(tmp_path)
    assert "There is no file gone.yaml" in told
    assert "This is not YAML" in told
