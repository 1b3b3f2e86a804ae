"""Options for how a page looks, and in which language it is."""

from pathlib import Path
from typing import Annotated

import typer

from readiness.document.write import PAGES

DEFAULT_THEME = "sober"
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme", metavar="THEME", help="How it looks and whose it is: a shipped theme, or a folder with a theme.toml."
    ),
]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="FOLDER",
        help="A folder with templates of your own: each goes before ours of the same name.",
    ),
]
BriefOption = Annotated[
    bool,
    typer.Option("--brief", help=f"Two pages: the result, and what to do first ({', '.join(PAGES)})."),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", metavar="LANGUAGE", help="The language to write in: en-GB, or one there is a translation for."
    ),
]
