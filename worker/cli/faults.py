"""Expected faults: one clear line on stderr and an exit code, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import IO, Any

import click

from worker.exits import EXIT_FAILURE, EXIT_INTERRUPTED


class Fault(click.ClickException):
    """What went wrong and how to mend it, in one line; `exit_code` is one of `worker.exits`."""

    def __init__(self, message: str, exit_code: int = EXIT_FAILURE) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line to stderr."""
        click.echo(f"drone-tally: {_one_line(self.message)}", file=file, err=file is None)


class Commands(click.Group):
    """A group whose commands end with one line and a code for every error that carries an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who closes the pipe has seen enough, which is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()
            ctx.exit(0)
        except KeyboardInterrupt:
            ctx.exit(EXIT_INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            code = getattr(error, "exit_code", None)
            if not isinstance(code, int):
                raise
            raise Fault(str(error), code) from None
        return result


def examples(*lines: str) -> str:
    """Write examples for the end of a help text; the first character keeps click from joining the lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def say(line: str) -> None:
    """Tell a person something on stderr; what came from outside must have passed `printable` before."""
    written_over = "\r\x1b[K" if sys.stderr.isatty() else ""  # how far a command has come may stand in that line
    click.echo(written_over + line, err=True)


def _one_line(text: str) -> str:
    from worker.logs import printable

    return printable(" ".join(text.split()))


def _discard_output() -> None:
    """Send what is still in the buffer nowhere, or the interpreter complains of the closed pipe at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
