"""``readiness completion``: a script that lets a shell finish commands and options."""

from enum import StrEnum
from typing import Annotated

import typer

from readiness.cli.program import COMPLETE, NAME
from readiness.cli.streams import emit, say


class Shell(StrEnum):
    """A shell that can finish what is typed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


_INSTALL = {
    Shell.BASH: f"{NAME} completion bash > ~/.local/share/bash-completion/completions/{NAME}",
    Shell.ZSH: f"{NAME} completion zsh > ~/.zfunc/_{NAME} (a folder that is in your fpath)",
    Shell.FISH: f"{NAME} completion fish > ~/.config/fish/completions/{NAME}.fish",
    Shell.POWERSHELL: f"{NAME} completion powershell >> $PROFILE",
}


def completion(
    shell: Annotated[Shell, typer.Argument(help="The shell: bash, zsh, fish or powershell.", metavar="SHELL")],
) -> None:
    """Print a script that lets your shell finish commands and options with the Tab key."""
    from typer._completion_shared import get_completion_script

    emit(get_completion_script(prog_name=NAME, complete_var=COMPLETE, shell=shell))
    say(f"Save it, and open a new terminal. {_INSTALL[shell]}")
