"""Letters that were read in the wrong encoding are read right, and right ones are left alone."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.mojibake import MAC, WESTERN, encoding_of
from readiness.intake.table_files import read_table
from readiness.xlsx_reader import cell_text
from tests.intake.written import collect, problems

WORDS = "Zoë’s “café” – naïve… £5 über Äpfel, Ñandú €3"


def misread(text: str, encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())


def cells(path: Path) -> list[str]:
    return [cell_text(cell) for row in read_table(path).rows for cell in row.cells]


@pytest.mark.parametrize("encoding", [WESTERN, MAC])
@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".jsonl"])
def test_utf_8_that_was_taken_for_another_encoding_is_read_right(tmp_path: Path, encoding: str, ending: str) -> None:
    path, text = tmp_path / f"a{ending}", misread(WORDS, encoding)
    if ending == ".xlsx":
        book = Workbook()
        book.active.append(["note"])
        book.active.append([text])
        book.save(path)
    elif ending == ".csv":
        path.write_text(f'note\n"{text}"\n', "utf-8")
    else:
        path.write_text(f'{{"note": "{text}"}}\n', "utf-8")
    assert cells(path)[-1] == WORDS
    assert "its letters had been saved wrong" in read_table(path).notices[-1]


@pytest.mark.parametrize("text", [WORDS, "Strauß’ Büro", "“CAFÉ” “MAÇÃ” É”", "Â£ 5 Â", "≈ 5 √", "Ça va, São Paulo"])
def test_right_letters_are_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(f'note\n"{text}"\n', "utf-8")
    assert cells(tmp_path / "a.csv")[-1] == text
    assert read_table(tmp_path / "a.csv").notices == ()


@pytest.mark.parametrize(
    "text",
    ["Peer Workers’ views", "We don’t “really” know", "Straße nach Köln", "café, Zoë", "Seán’s – “yes”", "à l’hôpital"],
)
def test_text_of_a_mac_is_told_from_that_of_windows(tmp_path: Path, text: str) -> None:
    for encoding in (MAC, WESTERN):
        assert encoding_of(text.encode(encoding)) == encoding
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(f'team,note\nA,"{text}"\n'.encode(encoding))
        assert cells(path)[-1] == text
    assert "Mac Roman" in read_table(tmp_path / f"{MAC}.csv").told
    assert "It was read as text of a Mac" in read_table(tmp_path / f"{MAC}.csv").notices[0]


def test_what_is_no_text_is_never_taken_for_that_of_a_mac(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"WorkersZ\x8e\x8f\x01\x02 caf\x8e")
    with pytest.raises(InputError, match="This is no table that we can read"):
        read_table(tmp_path / "a.csv")


def escaped_book(path: Path, *rows: list[str]) -> Path:
    """Write a workbook with these texts as they stand in its XML."""
    made = Workbook()
    for row in rows:
        made.active.append([cell.replace("_x", "@x") for cell in row])
    made.save(path.with_suffix(".made"))
    with ZipFile(path.with_suffix(".made")) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"@x", b"_x"))
    return path


def test_characters_that_xml_has_no_place_for_are_read_as_typed(tmp_path: Path, bank: Bank) -> None:
    text = bank.question_by_id["language"].text
    path = escaped_book(
        tmp_path / "a.xlsx",
        ["team", "date", f"{text}_x000D_\n", "Comments"],
        ["A", "2026-11-22", "0", "First line_x000D_\nSecond line_x000d_Third, _x005F_x000D_ as typed"],
    )
    found = collect(bank, path)
    assert problems(bank, found) == []
    note = found.gathered[0].assessment.responses["language"].note
    assert note == "First line\nSecond line\nThird, _x000D_ as typed"


@pytest.mark.parametrize("error", ["#NAME?", "#N/A", "#REF!", "#DIV/0!", "Err:508", "#ERROR!"])
def test_an_error_of_the_spreadsheet_is_no_note(tmp_path: Path, bank: Bank, error: str) -> None:
    (tmp_path / "a.csv").write_text(f"team,date,language,Comments\nA,2026-11-22,2,{error}\nA,2026-11-22,2,#1 thing\n")
    [said] = problems(bank, collect(bank, tmp_path / "a.csv"))
    assert said.startswith(f"{tmp_path / 'a.csv'}:2:4: This cell shows {error}, an error of the spreadsheet")
