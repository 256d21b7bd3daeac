"""Become the given command, which the kernel then ends as soon as its parent is gone.

Run as a program: `python tether.py PARENT_PID COMMAND [ARGUMENT ...]`. A broker must not outlive a parent that was
killed with SIGKILL and so could not stop it. The mark is set here, between fork and exec, because Python's
`preexec_fn` may deadlock in a parent with threads; it survives the exec and keeps the process id. Only Linux has it:
elsewhere a child outlives a parent that was killed, and only that one.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Mark this process, then replace it by the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:  # it ended before the mark was set
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 (no shell is the point) # nosec B606


if __name__ == "__main__":
    main()
