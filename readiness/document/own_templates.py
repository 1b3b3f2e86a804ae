"""Files and blocks in a folder of somebody's own templates that change nothing, as ours have no place for them."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes

from readiness.bank.document import decode, read_bytes
from readiness.document.templates import html_environment
from readiness.errors import InputError, Place
from readiness.resources import REPORT_TEMPLATES
from readiness.theme.theme import Part

_SHEETS = ("style.css", "print.css", "browser.css", "screen.css", "dark.css", "own.css")
_LIKE = 0.7
"""How much a name must be like one of ours to be taken for a slip."""


def unused(folder: Path) -> Iterator[str]:
    """Yield a sentence on each template and Jinja block that overrides nothing, with its place and the nearest name.

    What can't be read is left out: rendering names it.
    """
    known = {*_ours(), *_sections(), *_SHEETS}
    environment = html_environment(folder.resolve())
    parsed = dict(_parsed(folder, environment))
    included = {name for tree in parsed.values() for name in _referenced(tree)}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        near = get_close_matches(name, sorted(known), n=1, cutoff=_LIKE)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        if name in parsed:
            yield from _blocks(Place(str(path)), parsed[name], environment)
        if name not in known | included and (path.suffix in {".j2", ".css"} or (near and path.suffix == ".html")):
            yield f"{path}: This takes the place of no template of ours, so it is not used.{meant}"


def _ours() -> Iterator[str]:
    for path in REPORT_TEMPLATES.rglob("*.html.j2"):
        yield path.relative_to(REPORT_TEMPLATES).as_posix()


def _sections() -> Iterator[str]:
    """Yield the names that a section's own template can have: "domain" is that of each part."""
    yield from (f"sections/{'domain' if part is Part.DOMAINS else part.value}.html.j2" for part in Part)


def _parsed(folder: Path, environment: Environment) -> Iterator[tuple[str, nodes.Template]]:
    for path in folder.rglob("*.j2"):
        try:
            yield path.relative_to(folder).as_posix(), environment.parse(decode(read_bytes(path), str(path)))
        except (TemplateError, InputError):
            continue


def _referenced(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of the templates that a template includes, imports or extends, as far as they are written out."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield from (text.value for text in node.find_all(nodes.Const) if isinstance(text.value, str))


def _blocks(place: Place, tree: nodes.Template, environment: Environment) -> Iterator[str]:
    """Yield a sentence on each block that no template has that this one extends. Its own lie within others."""
    there = _blocks_above(tree, environment)
    if there is None:
        return
    within = {inner.name for block in tree.find_all(nodes.Block) for inner in block.find_all(nodes.Block)}
    for block in tree.find_all(nodes.Block):
        if block.name not in there and block.name not in within:
            near = get_close_matches(block.name, sorted(there), n=1)
            known = ", ".join(sorted(there)) or "none"
            todo = f'Did you mean "{near[0]}"?' if near else f"Its blocks are: {known}."
            yield (
                f"{Place(place.file, block.lineno)}: The template that this one extends has no block "
                f'"{block.name}", so it is not used. {todo}'
            )


def _blocks_above(
    tree: nodes.Template, environment: Environment, seen: frozenset[str] = frozenset()
) -> set[str] | None:
    """Return the names of the blocks of all templates that this one extends; None if it extends none that is known."""
    above = next((node.template for node in tree.find_all(nodes.Extends)), None)
    if not isinstance(above, nodes.Const) or environment.loader is None or above.value in seen:
        return None
    try:
        source, _file, _unchanged = environment.loader.get_source(environment, above.value)
        parent = environment.parse(source)
    except TemplateError:
        return None
    names = {block.name for block in parent.find_all(nodes.Block)}
    return names | (_blocks_above(parent, environment, seen | {above.value}) or set())
