"""Python reads this at its start when its folder is on PYTHONPATH: from then on the program reaches this machine alone.

What was tried is also written to the file that DIGIGOV_OFFLINE_LOG names, so that a caught error hides nothing.
"""

import os
import sys

NAMES = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def refuse(event: str, arguments: tuple) -> None:
    if event not in NAMES:
        return
    # Names are asked for as (host, ...); a socket is told (socket, address), and an address is a file or (host, port).
    host = arguments[1] if event in NAMES[:3] else arguments[0]
    if isinstance(host, tuple):
        host = host[0]
    elif event in NAMES[:3]:
        return
    host = os.fsdecode(host) if host else "localhost"
    if host.startswith(LOOPBACK):
        return
    with open(os.environ["DIGIGOV_OFFLINE_LOG"], "a", encoding="utf-8") as log:
        log.write(f"{host}\n")
    raise OSError(f"the network is cut: {host}")


sys.addaudithook(refuse)
