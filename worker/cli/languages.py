"""The dictionaries, loaded before anything is read: a broken one is a fault of the installation, not of a text."""

from __future__ import annotations

from worker.cli.faults import Fault
from worker.lexicon import LexiconError, languages, lexicon


def load_languages() -> tuple[str, ...]:
    """Load the dictionaries of all languages and list their codes.

    Raises:
        Fault: one of them can't be used.
    """
    try:
        found = tuple(languages())
        for language in found:
            lexicon(language)
    except (LexiconError, OSError) as error:
        raise Fault(f"a dictionary can't be loaded ({error}); install the program again") from None
    return found
