"""Tests reach this machine and nothing else."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_the_network_is_closed() -> None:
    with (
        socket.socket() as outward,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outward.connect(("192.0.2.1", 80))


def test_this_machine_is_reached() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
