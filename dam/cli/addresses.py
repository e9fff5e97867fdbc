"""Where the service listens: what may be listened on, and whether it is free."""

import ipaddress
import socket

from dam.config import Settings
from dam.errors import Malformed, Unavailable


class UnknownHost(Malformed):
    """The host is no address of this machine."""


class PublicUrlNeeded(Malformed):
    """Others could reach the service, and it does not know its own address."""


class PortTaken(Unavailable):
    """Another program listens on that port."""


def listening_address(settings: Settings, host: str) -> str:
    """Return the address to listen on; without a public URL only this machine's own.

    Raises:
        UnknownHost, PublicUrlNeeded
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost("The host is not known here; give an address like 127.0.0.1.") from error
    address = str(found[0][4][0])
    if settings.public_url is None and not ipaddress.ip_address(address).is_loopback:
        raise PublicUrlNeeded(
            "Set DAM_PUBLIC_URL to serve others than this machine; without it the host must be "
            "a loopback address such as 127.0.0.1."
        )
    return address


def require_free(address: str, port: int) -> None:
    """Pass when nothing listens there; two servers would share the port in silence.

    Raises:
        PortTaken: something does, or the port is not for this user.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen()
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be listened on; choose another one with --port."
            ) from error


def origin(address: str, port: int) -> str:
    """Return the address as a browser on this machine writes it."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}"
