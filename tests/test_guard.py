import socket
import subprocess
import sys

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "2001:db8::1"])
def test_no_test_reaches_the_outside(host: str) -> None:
    with pytest.raises(RuntimeError, match="tests reach no network"):
        socket.create_connection((host, 443), timeout=1)


def test_no_child_process_of_a_test_reaches_the_outside() -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=1)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert child.returncode != 0
    assert "tests reach no network" in child.stderr
