"""With which codes processes end: the usual ones of shells, and those of BSD's sysexits."""

EXIT_OK = 0
EXIT_FAILURE = 1
EXIT_USAGE = 2
EXIT_UNAVAILABLE = 69
"""The brokers do not answer, or something else from outside is missing: later it may go well (EX_UNAVAILABLE)."""
EXIT_CONFIGURATION = 78
"""Something has to be set right first: another start would fail in the same way (EX_CONFIG)."""
EXIT_INTERRUPTED = 130
"""Ended by Ctrl-C, as shells say it: 128 and the number of SIGINT."""
