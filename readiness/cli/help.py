"""Help in plain words, and options that need not be typed: the classes of every command and group of commands."""

import re
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from readiness.cli.program import NAME

if TYPE_CHECKING:  # help reads no settings
    from readiness.cli.settings_names import Context, Formatter, Option, Program

_SENTENCE = 500
"""Characters: more than the first sentence of any command's help, so that none is cut."""


class OneCommand(TyperCommand):
    """A command whose options are also read from readiness.toml and from the environment."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Read the arguments. What is set elsewhere stands for options that are not typed."""
        from readiness.cli.settings import applied

        # The doctor says itself what is wrong with the settings.
        helping = bool({*ctx.help_option_names} & {*args}) or ctx.resilient_parsing or ctx.info_name == "doctor"
        with applied(ctx, helping=helping):
            return super().parse_args(ctx, args)

    def format_usage(self, ctx: "Context", formatter: "Formatter") -> None:
        """Write how the command is called."""
        _usage(self, ctx, formatter)

    def collect_usage_pieces(self, ctx: "Context") -> list[str]:
        """Return what follows the command's name."""
        arguments = [_in_usage(param) for param in self.get_params(ctx) if param.param_type_name == "argument"]
        return [*arguments, "[OPTIONS]"]

    def format_options(self, ctx: "Context", formatter: "Formatter") -> None:
        """Write the arguments and the options, each with its help."""
        arguments: list[tuple[str, str]] = []
        options: list[tuple[str, str]] = []
        for param in self.get_params(ctx):
            record = described(param, ctx)
            if record is not None:
                (arguments if param.param_type_name == "argument" else options).append(record)
        for title, records in (("Arguments", arguments), ("Options", options)):
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class CommandGroup(TyperGroup):
    """A group of commands, each named with the first sentence of its help."""

    def format_usage(self, ctx: "Context", formatter: "Formatter") -> None:
        """Write how its commands are called."""
        _usage(self, ctx, formatter)

    def collect_usage_pieces(self, _ctx: "Context") -> list[str]:
        """Return what follows the group's name."""
        return ["COMMAND", "[OPTIONS]"]

    def format_commands(self, ctx: "Context", formatter: "Formatter") -> None:
        """Write the commands, none of them cut."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(_SENTENCE)) for name, each in found if each])


def _usage(command: "Program", ctx: "Context", formatter: "Formatter") -> None:
    # However the program was started, its plain name is shorter, and help says elsewhere how to call it here.
    path = ctx.command_path.removeprefix(ctx.find_root().info_name).strip()
    formatter.write_usage(f"{NAME} {path}".rstrip(), " ".join(command.collect_usage_pieces(ctx)))


def _in_usage(argument: "Option") -> str:
    name = argument.display_name_raw
    if argument.nargs != 1 and "..." not in name:
        name += "..."
    return name if argument.required else f"[{name}]"


def _shown(words: str) -> str:
    """Return the words without what moves a cursor."""
    if words.isprintable():
        return words
    from readiness.text import without_controls  # takes 3 ms, and is seldom needed

    return without_controls(words)


def described(param: "Option", ctx: "Context") -> tuple[str, str] | None:
    """Return the name of an argument or option, and its help; None if it is hidden.

    Its default may be set in a file that came with a folder, so nothing in it may move a cursor.
    """
    record = param.get_help_record(ctx)
    if record is None:
        return None
    name, words = map(_shown, record)
    words = re.sub(r"(; |\[)x>=(\d+)\]", r"\1\2 or more]", words)
    words = re.sub(r"(; |\[)(\d+)<=x<=(\d+)\]", r"\1\2 to \3]", words)
    if param.param_type_name == "argument":
        return param.display_name_raw, words.removesuffix("[required]").rstrip()
    return re.sub(r"<([^<>]*)>", r"\1", name), words
