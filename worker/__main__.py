"""`python -m worker`, installed as `drone-tally`."""

from worker.cli.main import commands


def main() -> None:
    """Run the command that the arguments name, and end the process with its exit code."""
    commands(prog_name="drone-tally")


if __name__ == "__main__":
    main()
