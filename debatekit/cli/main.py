"""The command line: a table of commands, and the one place where errors end.

A command's module is imported when that command runs, so that `--help` and shell
completion cost little more than click itself.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

from debatekit import __version__

# Name → first line of its help; a test holds this against the commands themselves.
COMMANDS = {
    "build": "Build handouts as PDF, ready to print.",
    "quiz": "Practise a kit's quiz in the terminal.",
    "export": "Write a kit's quiz as a file for another program.",
    "progress": "Show how your practice goes, and what is due for review.",
    "items": "List a kit's quiz items, or show one; take over a generated one.",
    "cards": "Show a kit's argument cards in the terminal.",
    "formats": "List the debate formats, or show one in full.",
    "timer": "Time a round of debate in the terminal.",
    "lines": "Show on which lines of the sources handout each passage stands.",
    "check": "Check a kit: its fields, its arguments and every quotation.",
    "list": "Show what a kit holds, with counts.",
    "new": "Write a small commented kit to start from.",
    "schema": "Print the JSON Schema of the kit's files, for editors.",
    "doctor": "Test this installation and say what to do.",
}

EXIT_PROBLEMS, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130


class ReaderGone(Exception):
    """Whoever read our output (`| head`) has left: nothing more to do, or to say."""


@contextlib.contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Keep a broken pipe from click, which exits with 1: that is for problems."""
    try:
        yield
    except BrokenPipeError:
        raise ReaderGone from None


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"debatekit.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as failure:
            from debatekit.kit.problems import did_you_mean

            hint = did_you_mean(failure.command_name, COMMANDS)
            listed = hint or f"there are: {', '.join(COMMANDS)}"
            message = f"{failure.message.rstrip('.')}; {listed}"
            raise click.UsageError(message, ctx) from failure

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        with _reader_may_leave():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _reader_may_leave():
            return super().invoke(ctx)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: debatekit build quiz key --forms 2",
)
@click.version_option(__version__, message="debatekit %(version)s")
def group() -> None:
    """Fair, well-sourced classroom debates from a kit of YAML files.

    Without --kit, commands use the folder you stand in if it has a kit.yaml, else the
    kit that comes with debatekit.
    """


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 problems, 2 usage, 130 interrupted."""
    sys.exit(run(argv))


def run(argv: list[str] | None = None) -> int:
    """Run the command line; the exit status is returned.

    The user's mistakes end as one message. Anything else is a bug of ours and keeps
    its traceback.
    """
    from debatekit.kit.problems import UserError

    # Starting makes many objects and no garbage: look for it less often.
    gc.set_threshold(50_000)
    _never_fail_to_print()
    try:
        result: Any = group.main(argv, prog_name="debatekit", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as failure:
        _report_usage(failure)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return EXIT_INTERRUPTED
    except UserError as failure:
        _report(failure)
        return EXIT_PROBLEMS
    except (ReaderGone, BrokenPipeError):
        # Python must not complain of the same pipe again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        click.echo(
            f"This is a bug in debatekit {__version__}, not your mistake. "
            "Please report it with the lines below.",
            err=True,
        )
        raise


def _never_fail_to_print() -> None:
    """Where a terminal cannot show or send a character, take '?' for it."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _report_usage(failure: click.ClickException) -> None:
    """Show click's message, made safe: it repeats what was typed."""
    from debatekit.terminal.safe import safe

    message = io.StringIO()
    failure.show(file=message)
    click.echo(safe(message.getvalue()), nl=False, err=True)


def _report(failure: Any) -> None:
    from debatekit.kit.problems import as_text
    from debatekit.terminal.safe import safe

    if failure.problems:
        click.echo(safe(as_text(failure.problems)), err=True)
    click.echo(safe(f"debatekit: {failure.message}"), err=True)
    if failure.hint:
        click.echo(safe(f"    {failure.hint}"), err=True)
