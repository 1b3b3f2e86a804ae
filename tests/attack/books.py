"""Workbooks of a few kilobytes that keep a reader busy for minutes, or fill memory: one for each part that can."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.spreadsheets import row_xml, spreadsheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
HEADINGS = "<row>{}</row>".format(
    "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("Team", "Role", "Date"))
)


def sheet(rows: str, after: str = "") -> str:
    """Return a sheet with these rows, and elements ``after`` them."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{HEADINGS}{rows}</sheetData>{after}</worksheet>'


def book(
    path: Path, parts: Mapping[str, str] | None = None, *, sheets: int = 1, names: str = "", texts: str = _TEXTS
) -> Path:
    """Write a workbook whose sheets are one and the same part, with ``parts`` in the place of its own."""
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_LINK}/{kind}" Target="/{target}"/>'
        for at, (kind, target) in enumerate([("worksheet", _SHEET), ("styles", _STYLES), ("sharedStrings", texts)])
    )
    listed = "".join(f'<sheet name="S{at}" sheetId="{at + 1}" r:id="r0"/>' for at in range(sheets))
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("xl/workbook.xml", "sheet.main"),
            (_SHEET, "worksheet"),
            (_STYLES, "styles"),
            (texts, "sharedStrings"),
        )
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        _STYLES: styles(""),
        texts: _sst(""),
        _SHEET: sheet('<row><c t="inlineStr"><is><t>Northside</t></is></c></row>'),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in whole.items():
            package.writestr(name, text)
    return path


def styles(formats: str, fonts: str = "", after: str = "") -> str:
    """Return the part with styles, with more ``formats`` of cells and ``fonts``, and elements ``after`` them."""
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts><font/>{fonts}</fonts><fills><fill><patternFill/></fill></fills>'
        "<borders><border/></borders>"
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/>{formats}</cellXfs>{after}</styleSheet>"
    )


def _sst(texts: str) -> str:
    return f'<sst xmlns="{_MAIN}">{texts}</sst>'


def _texts(texts: str) -> dict[str, str]:
    return {_TEXTS: _sst(texts)}


def _wide_ods(path: Path) -> Path:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="490">'
        "<text:p>x</text:p></table:table-cell>"
    )
    return spreadsheet(path, {"S": [["Team", "Role"], row_xml([cell], repeated=12_000)]})


def _deep_ods(path: Path) -> Path:
    deep = f"{'<text:span>' * 200_000}x{'</text:span>' * 200_000}"
    cell = f'<table:table-cell office:value-type="string"><text:p>{deep}</text:p></table:table-cell>'
    return spreadsheet(path, {"S": [["Team", "Role"], [cell]]})


def _spaces_ods(path: Path) -> Path:
    spaces = '<text:s text:c="1000"></text:s>' * 1_500_000
    cell = f'<table:table-cell office:value-type="string"><text:p>{spaces}</text:p></table:table-cell>'
    return spreadsheet(path, {"S": [["Team", "Role"], [cell]]})


_MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
_STYLE = '<cellStyle name="n{}" xfId="0"/>'
_ATTRIBUTE = 'a{}="1"'
_PHONETIC = '<si><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></si>'
_CELL = '<c t="s"><v>0</v></c>'

ROW = {"Team": "Northside", "Role": "team-member", "Date": "2026-11-22", "Language": "1"}
"""A row of answers, by its headings."""


def _many_rows(count: int) -> str:
    row = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ROW.values())
    headings = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ROW)
    rows = f"<row>{headings}</row>{f'<row>{row}</row>' * count}"
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


BOOKS: Mapping[str, Callable[[Path], Path]] = {
    "formats.xlsx": lambda path: book(path, {_STYLES: styles("<xf/>" * 290_000)}),
    "named styles.xlsx": lambda path: book(
        path, {_STYLES: styles("", after=f"<cellStyles>{''.join(map(_STYLE.format, range(140_000)))}</cellStyles>")}
    ),
    "fonts.xlsx": lambda path: book(path, {_STYLES: styles("", '<font><b/><i/><sz val="9"/></font>' * 58_000)}),
    "texts of another name.xlsx": lambda path: book(path, {"xl/texts": _sst("<si/>" * 4_500_000)}, texts="xl/texts"),
    "texts.xlsx": lambda path: book(path, _texts("<si><t>a</t></si>" * 490_000)),
    "rich.xlsx": lambda path: book(path, _texts(f"<si>{'<r><t>a</t></r>' * 490_000}</si>")),
    "phonetic.xlsx": lambda path: book(path, _texts(_PHONETIC * 240_000)),
    "long text.xlsx": lambda path: book(
        path, {**_texts(f"<si><t>{'a' * 90_000_000}</t></si>"), _SHEET: sheet(f"<row>{_CELL}</row>" * 100_000)}
    ),
    "escaped text.xlsx": lambda path: book(
        path,
        {
            **_texts("".join(f"<si><t>{at}{'_x000D_' * 4_000}</t></si>" for at in range(2_000))),
            _SHEET: sheet("".join(f'<row><c t="s"><v>{at % 2_000}</v></c></row>' for at in range(199_000))),
        },
    ),
    "inline rich.xlsx": lambda path: book(
        path, {_SHEET: sheet(f'<row><c t="inlineStr"><is>{"<r><t>a</t></r>" * 900_000}</is></c></row>')}
    ),
    "wide.xlsx": lambda path: book(path, {_SHEET: sheet(f"<row>{'<c><v>1</v></c>' * 490}</row>" * 2_000)}),
    "cells without end tags.xlsx": lambda path: book(path, {_SHEET: sheet(f"<row>{'<c></c>' * 490}</row>" * 4_000)}),
    "far columns.xlsx": lambda path: book(
        path, {_SHEET: sheet("".join(f'<row><c r="SF{at}"><v>1</v></c></row>' for at in range(2, 200_000)))}
    ),
    "deep.xlsx": lambda path: book(
        path, {_SHEET: sheet(f"<row><c><v>1</v>{'<x>' * 900_000}{'</x>' * 900_000}</c></row>")}
    ),
    "many sheets.xlsx": lambda path: book(path, {_SHEET: sheet("<row><c><v>1</v></c></row>" * 5_000)}, sheets=100_000),
    "merged cells.xlsx": lambda path: book(path, {_SHEET: sheet("", _MERGED * 900_000)}),
    "names.xlsx": lambda path: book(
        path,
        names="".join(f'<definedName name="n{at}">S0!$A$1:$XFD$1048576</definedName>' for at in range(900_000)),
    ),
    "print titles.xlsx": lambda path: book(
        path,
        names='<definedName name="_xlnm.Print_Titles" localSheetId="0">S0!$A:$XFD,S0!$1:$9</definedName>' * 900_000,
    ),
    "attributes.xlsx": lambda path: book(
        path, {_SHEET: sheet(f"<row {' '.join(map(_ATTRIBUTE.format, range(3_000_000)))}></row>")}
    ),
    "wide.ods": _wide_ods,
    "deep.ods": _deep_ods,
    "spaces.ods": _spaces_ods,
    "repeated.ods": lambda path: spreadsheet(path, {"S": [[*ROW], row_xml([*ROW.values()], repeated=190_000)]}),
    "rows.xlsx": lambda path: book(path, {_SHEET: _many_rows(60_000)}),
    "text in many cells.xlsx": lambda path: book(
        path, {**_texts(f"<si><t>{'a' * 90_000}</t></si>"), _SHEET: sheet(f"<row>{_CELL * 400}</row>")}
    ),
}
"""Each workbook by its name, and what writes it."""
