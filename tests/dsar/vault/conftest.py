"""A sealed store in a folder and one behind S3; the tests of the contract run on both."""

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import boto3
import pytest
from django.core.files.storage import storages


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server on this machine; a process of its own, so that memory measured is ours."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_listens(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_until_it_listens(server: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The S3 simulator (moto) did not start: run `python -m moto.server` by hand to see why.")


@pytest.fixture
def sealed_folder(settings, tmp_path):
    """An empty folder as the sealed store; returns its path."""
    location = tmp_path / "sealed"
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    return location


@pytest.fixture
def sealed_bucket(settings, s3_server):
    """An empty bucket, under a prefix, as the sealed store."""
    who = {"region_name": "eu-west-1", "endpoint_url": s3_server}
    name = f"sealed-{uuid.uuid4().hex}"
    client = boto3.client("s3", aws_access_key_id="test", aws_secret_access_key="test", **who)
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    options = {"bucket_name": name, "location": "dsar", "access_key": "test", "secret_key": "test", **who}
    backend = {"BACKEND": "dsar.vault.storage.DurableBucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    yield client
    client.close()


@pytest.fixture(params=["folder", "bucket"])
def sealed_store(request):
    """The sealed store, once of each kind."""
    request.getfixturevalue(f"sealed_{request.param}")
    return storages["sealed"]
