"""Whether a client is still there, told from real connections of this process."""

import socket
import time
from contextlib import ExitStack

import pytest

from dam.web.clients import watch

PATIENCE_SECONDS = 20
ALONE = {
    "SERVER_SOFTWARE": "Granian",
    "wsgi.url_scheme": "http",
    "SERVER_PROTOCOL": "HTTP/1.1",
}


class Server:
    """The server's and the client's end of connections from addresses of the loopback."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

    def asked(self, address: str) -> tuple[socket.socket, socket.socket]:
        """A connection whose request was read and not answered: the server's end, the client's."""
        client = self._stack.enter_context(
            socket.create_connection(self._listening.getsockname(), source_address=(address, 0))
        )
        ours = self._stack.enter_context(self._listening.accept()[0])
        client.sendall(b"GET")
        assert ours.recv(3) == b"GET"
        return ours, client


@pytest.fixture
def server():
    with ExitStack() as stack:
        yield Server(stack)


def request(address, **other):
    return watch({**ALONE, "REMOTE_ADDR": address, **other})


def becomes(gone) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if gone():
            return True
        time.sleep(0.01)
    return False


def stays(gone) -> bool:
    """Not gone, at ten looks that are new ones."""
    return not any(gone() or time.sleep(0.05) for _ in range(10))


def test_client_has_gone_when_its_connection_is_closed_and_not_before(server):
    ours, _ = server.asked("127.0.0.5")
    gone = request("127.0.0.5")
    assert stays(gone)
    ours.close()
    assert becomes(gone)


def test_client_that_left_before_the_first_look_has_gone(server):
    server.asked("127.0.0.5")
    assert not request("127.0.0.5")(), "so that connections are known to be found"
    ours, _ = server.asked("127.0.0.6")
    gone = request("127.0.0.6")
    ours.close()
    assert becomes(gone)


def test_connection_of_another_address_proves_nothing(server):
    server.asked("127.0.0.5")
    ours, _ = server.asked("127.0.0.6")
    gone = request("127.0.0.6")
    assert stays(gone)
    ours.close()
    assert becomes(gone)


def test_client_is_there_while_one_unanswered_connection_may_be_its_own(server):
    first, _ = server.asked("127.0.0.5")
    second, other = server.asked("127.0.0.5")
    gone = request("127.0.0.5")
    assert stays(gone)
    first.close()
    assert stays(gone)
    second.sendall(b"an answer")  # so it was another's
    assert other.recv(9) == b"an answer"
    assert becomes(gone)


def test_idle_connection_of_the_same_address_is_nobodys(server):
    idle, client = server.asked("127.0.0.5")
    time.sleep(0.05)  # the kernel counts in ticks of up to ten milliseconds
    idle.sendall(b"an answer")
    assert client.recv(9) == b"an answer"
    ours, _ = server.asked("127.0.0.5")
    gone = request("127.0.0.5")
    assert stays(gone)
    ours.close()
    assert becomes(gone)


UNKNOWN = (
    ({"SERVER_SOFTWARE": "Werkzeug"}, "another server may hand over another address"),
    ({"wsgi.url_scheme": "https"}, "encrypted connections are sent to by themselves"),
    ({"SERVER_PROTOCOL": "HTTP/2"}, "a connection has many requests"),
    ({"REMOTE_ADDR": ""}, "a socket of files has no address"),
    ({"REMOTE_ADDR": "unix"}, "no address"),
)


@pytest.mark.parametrize(("other", "reason"), UNKNOWN)
def test_what_cannot_be_known_is_no_ground_to_turn_away(server, other, reason):
    ours, _ = server.asked("127.0.0.5")
    gone = watch({**ALONE, "REMOTE_ADDR": "127.0.0.5", **other})
    assert not gone()
    ours.close()
    assert stays(gone), reason
