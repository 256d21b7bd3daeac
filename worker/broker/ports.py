"""Free ports on loopback that no outgoing connection will take."""

from __future__ import annotations

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the ports that systems hand to outgoing connections (32768 and up on Linux, 49152 elsewhere): a client that
# keeps connecting to a stopped broker inside that range sooner or later is given the same port and connects to itself.
_CANDIDATES = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    """So many different ports free on 127.0.0.1 right now; RuntimeError if there are not enough."""
    ports: list[int] = []
    for port in random.sample(_CANDIDATES, k=len(_CANDIDATES)):  # no secret # nosec B311
        if len(ports) == count:
            break
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port in TIME_WAIT is free
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
        ports.append(port)
    if len(ports) < count:
        raise RuntimeError(f"only {len(ports)} of {count} ports are free on {LOOPBACK}")
    return ports
