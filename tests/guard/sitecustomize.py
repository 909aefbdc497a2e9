"""Makes the outside unreachable for this interpreter; Python imports it by itself in every child process.

An audit hook cannot be removed once set, so no test can switch it off. Loopback and Unix sockets stay open:
the fake servers of the tests live there.
"""

import ipaddress
import sys


class OutsideReachedError(RuntimeError):
    """A test tried to leave this machine."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in ("localhost", None, ""):
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_the_outside(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        address = arguments[1]
        if not isinstance(address, tuple):
            return
        host = address[0]
    else:
        return
    if not _is_loopback(host):
        raise OutsideReachedError(f"{event} to {host!r}: tests reach no network")


sys.addaudithook(_refuse_the_outside)
