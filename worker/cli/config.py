"""`config`: which settings there are, what they are now, and where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from worker.cli.faults import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worker.settings import Settings


@click.group(
    epilog=examples(
        "drone-tally config show",
        "drone-tally config show --format env > drone-tally.env",
    )
)
def config() -> None:
    """Show the settings."""


@config.command(
    epilog=examples(
        "drone-tally config show",
        "drone-tally config show --format json | jq '.zone'",
    )
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "env", "json"]),
    default="table",
    show_default=True,
    help="For people, for an environment file (only what differs from the default), or for programs.",
)
def show(form: str) -> None:
    """Print every setting with its value, its default and where it comes from; secrets are masked."""
    import os

    from worker.cli.columns import columns
    from worker.settings import PREFIX, SECRETS, load

    settings = load()
    sources = {name: source_of(name, os.environ) for name in type(settings).model_fields}
    shown = settings.shown()
    if form == "json":
        from worker.cli.data import harmless
        from worker.codec import to_json

        described = {
            name: {"value": value, "default": default_of(type(settings), name), "source": sources[name]}
            for name, value in shown.items()
        }
        click.echo(harmless(to_json(described)))
    elif form == "env":
        for name, value in shown.items():
            if sources[name] != "default":
                masked = "# secret: " if name in SECRETS else ""
                click.echo(f"{masked}{PREFIX}{name.upper()}={_written(value)}")
    else:
        rows = [
            (PREFIX + name.upper(), value, default_of(type(settings), name), sources[name])
            for name, value in shown.items()
        ]
        for line in columns(("SETTING", "VALUE", "DEFAULT", "SOURCE"), rows):
            click.echo(line)


@config.command(
    epilog=examples(
        "drone-tally config docs",
    )
)
def docs() -> None:
    """Print the table of all settings as Markdown, as it stands in docs/set-up.md."""
    click.echo(settings_table(), nl=False)


def settings_table() -> str:
    """Write all settings as a Markdown table; a test keeps the page in step with it."""
    from worker.settings import PREFIX, SECRETS, Settings

    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = default_of(Settings, name)
        shown = "" if default is None else f"`{_written(default)}`"
        secret = f" (or the file that `{PREFIX}{name.upper()}_FILE` names)" if name in SECRETS else ""
        meaning = (field.description or "").replace("|", "\\|")
        lines.append(f"| `{PREFIX}{name.upper()}` | {shown} | {meaning}{secret} |")
    return "\n".join(lines) + "\n"


def source_of(name: str, environment: Mapping[str, str]) -> str:
    """Tell where a setting comes from: `file`, `environment` or `default`."""
    from worker.settings import PREFIX, SECRETS

    variable = PREFIX + name.upper()
    if name in SECRETS and environment.get(variable + "_FILE"):
        return "file"
    return "environment" if environment.get(variable) else "default"


def default_of(model: type[Settings], name: str) -> object:
    """Look up the default of a setting."""
    return model.model_fields[name].default


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
