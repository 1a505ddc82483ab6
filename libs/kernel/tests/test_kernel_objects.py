import secrets
import socket

import pytest

from philo_kernel.naming import address
from philo_kernel.objects import MissingObject, S3Objects, pieces
from philo_kernel.settings import ServiceSettings
from philo_kernel.work import Passing


def settings(endpoint: str, access: str = "a", secret: str = "s") -> ServiceSettings:
    return ServiceSettings(
        service_instance="toy-0",
        database_url="postgresql://nowhere",
        kafka_bootstrap_servers="nowhere",
        redis_url="redis://nowhere",
        s3_endpoint=endpoint,
        s3_access_key=access,
        s3_secret_key=secret,
        s3_bucket=f"toy-{secrets.token_hex(6)}",
        http_port=0,
    )


@pytest.fixture
async def objects(servers) -> S3Objects:
    made = S3Objects(settings(servers.s3_endpoint, servers.s3_access_key, servers.s3_secret_key))
    await made.ensure_bucket()
    return made


@pytest.mark.stack
async def test_what_was_put_is_there_whole(objects, tmp_path):
    blob = await objects.put("toys/bell", b"ding", "text/plain")
    assert (blob.size_bytes, await objects.get("toys/bell"), await objects.size("toys/bell")) == (4, b"ding", 4)
    file = tmp_path / "gong"
    file.write_bytes(b"d" * 100_000)
    assert (await objects.put_file("toys/gong", file, "text/plain")).size_bytes == 100_000
    await objects.get_file("toys/gong", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == file.read_bytes()
    assert await objects.get("toys/gong") == file.read_bytes()


@pytest.mark.stack
async def test_a_bucket_that_is_there_already_is_fine(objects):
    await objects.ensure_bucket()


@pytest.mark.stack
async def test_a_missing_object_is_told_as_missing(objects, tmp_path):
    path = tmp_path / "none"
    assert await objects.size("toys/none") is None
    for asked in (objects.get("toys/none"), objects.open("toys/none", 0, 1), objects.get_file("toys/none", path)):
        with pytest.raises(MissingObject):
            await asked
    assert list(tmp_path.iterdir()) == []


@pytest.mark.stack
async def test_a_part_of_an_object_is_streamed(objects):
    await objects.put("toys/bell", b"0123456789", "text/plain")
    assert b"".join(pieces(await objects.open("toys/bell", 3, 4))) == b"3456"


@pytest.mark.stack
async def test_a_store_that_is_away_is_a_passing_failure():
    with socket.create_server(("127.0.0.1", 0)) as found:
        place = f"127.0.0.1:{found.getsockname()[1]}"
    with pytest.raises(Passing, match="does not answer"):
        await S3Objects(settings(place)).get("toys/bell")


def test_equal_work_has_an_equal_name_and_parts_do_not_run_together():
    assert address("speech", "a", "b", suffix=".flac") == address("speech", "a", "b", suffix=".flac")
    assert address("speech", "a", "b", suffix=".flac") != address("speech", "ab", "", suffix=".flac")
