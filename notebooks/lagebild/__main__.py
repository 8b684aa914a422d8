"""The command line, `lagebild COMMAND` or `python -m lagebild COMMAND`."""

from __future__ import annotations

import errno
import os
import sys

import click

from lagebild import __version__
from lagebild.core import InputError, folders, make_printable
from lagebild.run import COMMANDS, VERBOSE

FULL = (errno.ENOSPC, errno.EDQUOT)  # what a disk says that holds no more
STOPPED = 128 + 2  # the exit code of a program that SIGINT stopped, as a shell counts it


class InOrder(click.Group):
    """A group that lists its commands in the order in which a user needs them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


@click.group(
    cls=InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    epilog="A case is a folder below data/cases of the project: the working folder, unless --root names another.\n\n"
    f"\b\nThe guide: {folders.NOTEBOOKS / 'guide' / 'index.md'}",
)
@click.version_option(__version__, prog_name="lagebild", message="%(prog)s %(version)s")
@VERBOSE
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn news texts into a situation report that a reader can audit.

    Three commands lead from saved articles to a report: lagebild new NAME FILE…, lagebild run NAME, lagebild review
    NAME.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in COMMANDS:
    cli.add_command(VERBOSE(command))  # before the name of the command or behind it


def main() -> None:
    """Run the command line; what is wrong is one line on standard error.

    The exit code is 2 if a word of the command line is wrong, 1 if a case or a file is, 130 if the user stopped it.
    """
    try:
        cli(standalone_mode=False)
    except InputError as fault:
        _end(make_printable(str(fault)), 1)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.BadParameter | click.NoSuchOption) else None
        command = f" {context.info_name}" if context and context.parent else ""
        more = f" See lagebild{command} --help." if context else ""  # what we refuse ourselves names the remedy
        _end(make_printable(error.format_message(), 300) + more, error.exit_code)
    except OSError as error:
        if error.errno not in FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else what is left is written, in vain, at exit
        _end(f"the output cannot be written ({error.strerror}): make room, or give it another place.", 1)
    except (click.Abort, KeyboardInterrupt):
        _end("stopped; earlier outputs are as they were.", STOPPED)


def _end(line: str, code: int) -> None:
    click.echo(f"lagebild: {line}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
