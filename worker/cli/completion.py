"""`completion`: what a shell needs to complete commands, options and files."""

from __future__ import annotations

import click

from worker.cli.faults import examples

_VARIABLE = "_DRONE_TALLY_COMPLETE"  # the name by which click knows that a shell asks


@click.command(
    short_help="Print what a shell needs to complete commands.",
    epilog=examples(
        "drone-tally completion bash > ~/.local/share/bash-completion/completions/drone-tally",
        'drone-tally completion zsh > "${fpath[1]}/_drone-tally"',
        "drone-tally completion fish > ~/.config/fish/completions/drone-tally.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell; it takes effect in the next shell that is started."""
    from click.shell_completion import get_completion_class

    from worker.cli.main import commands

    script = get_completion_class(shell)
    if script is None:  # click knows these three by itself
        raise click.UsageError(f"no completion for {shell}")
    click.echo(script(commands, {}, "drone-tally", _VARIABLE).source())
