"""``readiness theme``: whose report it is, and how it looks."""

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.files import as_typed, new_folder
from readiness.cli.help import CommandGroup, OneCommand
from readiness.cli.options import DEFAULT_THEME
from readiness.cli.program import command
from readiness.cli.streams import emit, say

app = typer.Typer(
    cls=CommandGroup,
    help="Make a theme of your own: your name, logo, colours and fonts.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command("new", cls=OneCommand)
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make for it.", metavar="DIR")],
    like: Annotated[str, typer.Option("--like", metavar="THEME", help="The theme to begin with.")] = DEFAULT_THEME,
) -> None:
    """Write a theme.toml to change, with what each line means."""
    from shutil import copytree

    from readiness.theme.theme_file import THEME_FILE, find_theme

    source = find_theme(like)
    new_folder(folder)
    copytree(source, folder, dirs_exist_ok=True)
    say(f"Change {folder / THEME_FILE}. Then: {command(f'theme check {as_typed(folder)}')}")


@app.command("check", cls=OneCommand)
def check(
    name: Annotated[str, typer.Argument(help="A shipped theme's name, or a folder.", metavar="THEME")],
) -> None:
    """Prove that a theme can be read and used; list all that is wrong, each with its place."""
    from readiness.theme.theme_file import find_theme, read_theme

    theme = read_theme(find_theme(name))
    fonts = dict.fromkeys((theme.font.name, theme.heading_font.name))
    logo = f"a logo of {theme.logo.width} by {theme.logo.height} pixels" if theme.logo else "no logo"
    emit(
        f"{name}: sound. {theme.name or 'No name'}, {logo}, {' and '.join(fonts)}, {theme.text_size:g} points, "
        f"{theme.page}. Parts: {', '.join(theme.parts)}."
    )
