"""Which options can be set in ``readiness.toml`` and in ``READINESS_…`` variables, and by which names."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.errors import InputError, Problem
from readiness.text import closest

if TYPE_CHECKING:
    from readiness.bank.document import ParsedDocument

Context = Any
Program = Any
Option = Any
Formatter = Any
"""Typer's click is its own, and private: so its types have no names that can be imported."""
SETTINGS_FILE = "readiness.toml"
PREFIX = "READINESS_"
_APART = (("bank", "check", "language"),)
"""Options that ask for something else than those of the same name: they take only what is set for that command."""
_FOR_ALL = ("min-group",)
"""Options set for all commands alike: what two of them show with two sizes can together show one person."""
_TYPED = ("force", "clean", "dask")
"""Options that overwrite, delete or send answers elsewhere: a file that lies about must not do it for somebody."""


def working_folder() -> Path:
    """Return the folder that one is in. Raises InputError if it was deleted meanwhile."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise InputError(Problem("The folder that you are in is no longer there", "Go to another one (cd).")) from error


def find_settings(folder: Path) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the nearest ``readiness.toml``, in the folder or one above, and those nearer that another user owns.

    None if there is none. The files of other users are not for use: a folder above can be open to everybody.
    """
    strange: list[Path] = []
    for each in (folder, *folder.parents):
        if (file := each / SETTINGS_FILE).is_file():
            if _is_ours(file):
                return file, tuple(strange)
            strange.append(file)
    return None, tuple(strange)


def _is_ours(file: Path) -> bool:
    """Return whether the file, and a link to it, are the user's or root's; always on Windows."""
    return not hasattr(os, "geteuid") or {file.stat().st_uid, file.lstat().st_uid} <= {os.geteuid(), 0}


def not_used(file: Path) -> str:
    """Return what to say of a file that another user owns."""
    return f"{file} belongs to another user, so its settings are not used. To use them, save a copy of your own."


def read_settings(file: Path, root: Program) -> "ParsedDocument":
    """Return what is set in the file. Raises InputError with every key that no command of ``root`` has."""
    from readiness.bank.validation import in_order
    from readiness.theme.toml_document import read_toml

    document = read_toml(file)
    if problems := in_order(_unknown(document, document.data, root)):
        raise InputError(problems)
    return document


def variables_of(root: Program) -> tuple[list[str], list[str]]:
    """Return the names of the variables that begin like ours: those that the program reads, and the others.

    Two of those it reads are no options.
    """
    from readiness.document.engine import ENGINE
    from readiness.document.layout_memory.memory import SWITCH

    known = {ENGINE, SWITCH} | {
        variable((*words[:level], option))
        for words, command in commands_of(root)
        for option in options_of(command)
        for level in levels_of(words, option)
    }
    ours = sorted(name for name in os.environ if name.startswith(PREFIX))
    return [name for name in ours if name in known], [name for name in ours if name not in known]


def variable(words: Sequence[str]) -> str:
    """Return the variable for an option, whose name is the last of ``words``, of the command that the others name."""
    return PREFIX + "_".join(words).replace("-", "_").upper()


def _unknown(document: "ParsedDocument", data: object, root: Program, path: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Yield what is wrong with each key of the table at ``path``, for the commands that begin with it."""
    here = _below(root, path)
    groups = dict(getattr(here, "commands", {}))
    options: dict[str, list[tuple[str, ...]]] = {}
    for words, each in commands_of(here, path):
        for name in options_of(each):
            options.setdefault(name, []).append(words)
    for key, value in data.items() if isinstance(data, dict) else ():
        place = document.place((*path, key))
        if isinstance(value, dict) and key in groups:
            yield from _unknown(document, value, root, (*path, key))
        elif key not in options or isinstance(value, dict):
            close = closest(key, {*groups, *options})
            meant = f'Did you mean "{close}"?' if close else "Each is named like an option, without the dashes."
            yield Problem(f'{" ".join(path) or "readiness"} has no option "{key}"', meant, place)
        elif key in _TYPED:
            what = f'"{key}" can’t be set in a file'
            yield Problem(what, f"Take this line out, and type --{key} when you need it.", place)
        elif key in _FOR_ALL and path:
            yield Problem(f'"{key}" is for all commands alike', "Write it at the top of the file.", place)
        elif not is_one(root, path, key):
            tables = " or ".join(f"[{'.'.join(words)}]" for words in options[key])
            what = f'"{key}" is not the same in every command'
            yield Problem(what, f"Write it under the command it is for: {tables}.", place)


def _below(root: Program, words: Sequence[str]) -> Program:
    for word in words:
        root = root.commands[word]
    return root


def is_one(root: Program, words: Sequence[str], name: str) -> bool:
    """Return whether the option means the same in each command below ``words`` that has it."""
    each = ((path, options_of(command)) for path, command in commands_of(_below(root, words), tuple(words)))
    helps = {options[name].help for path, options in each if name in options and _is_for(path, len(words), name)}
    return len(helps) == 1


def levels_of(words: Sequence[str], name: str) -> Iterator[int]:
    """Yield how many words of a command can name it where its option is set, most first."""
    return (level for level in range(len(words), -1, -1) if _is_for(words, level, name))


def _is_for(words: Sequence[str], level: int, name: str) -> bool:
    if name in _FOR_ALL:
        return level == 0
    return level == len(words) or (*words, name) not in _APART


def commands_of(command: Program, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Program]]:
    """Yield the words of each single command that ``command`` is or holds, and the command."""
    if (inside := getattr(command, "commands", None)) is None:
        yield before, command
        return
    for name, each in inside.items():
        yield from commands_of(each, (*before, name))


def options_of(command: Program) -> dict[str, Option]:
    """Return the options of a command, by their names without dashes. What only tells of the program is none."""
    return {
        param.opts[0].removeprefix("--"): param
        for param in command.params
        if param.param_type_name == "option" and not param.is_eager and param.opts[0].startswith("--")
    }
