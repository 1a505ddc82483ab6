"""The object store: objects in and out, small ones whole, large ones as streams."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar

import structlog
from minio import Minio
from minio.error import InvalidResponseError, S3Error, ServerError
from urllib3 import BaseHTTPResponse, PoolManager, Retry, Timeout
from urllib3.exceptions import HTTPError

from philo_contracts.shapes import Blob
from philo_kernel.settings import ServiceSettings
from philo_kernel.work import Passing

PIECE = 1024 * 1024
AGAIN = 0.5
"""Seconds between two looks for a store that is away."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
T = TypeVar("T")


class MissingObject(Exception):
    """There is no such object."""


class StoreAway(Passing):
    """Nobody answers where the object store should be."""


class Objects(Protocol):
    """What services need of an object store."""

    async def put(self, key: str, body: bytes, media_type: str) -> Blob: ...
    async def put_file(self, key: str, path: Path, media_type: str) -> Blob: ...
    async def get(self, key: str) -> bytes: ...
    async def get_file(self, key: str, path: Path) -> None: ...
    async def size(self, key: str) -> int | None: ...


class S3Objects:
    """Any S3 server, through the minio client in threads.

    A server that is away is waited for as long as `patience` says, and a passing failure after that: who has minutes of
    work in hand would rather wait than do it again, who answers a request would rather say so at once.
    """

    def __init__(self, settings: ServiceSettings, *, patience: timedelta = timedelta(0)) -> None:
        self.bucket, self.patience = settings.s3_bucket, patience
        self.client = Minio(
            settings.s3_endpoint,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key.get_secret_value(),
            secure=settings.s3_secure,
            region="us-east-1",
            http_client=PoolManager(
                maxsize=16, timeout=Timeout(connect=5, read=60), retries=Retry(2, backoff_factor=0.2)
            ),
        )

    async def ensure_bucket(self) -> None:
        """Make the bucket unless it is there. Raises `Passing` while the store is away."""

        def ensure() -> None:
            if self.client.bucket_exists(self.bucket):
                return
            try:
                self.client.make_bucket(self.bucket)
            except S3Error as error:
                if error.code not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise

        await self._do(ensure)

    async def put(self, key: str, body: bytes, media_type: str) -> Blob:
        await self._do(
            lambda: self.client.put_object(self.bucket, key, io.BytesIO(body), len(body), content_type=media_type)
        )
        return Blob(key=key, size_bytes=len(body), media_type=media_type)

    async def put_file(self, key: str, path: Path, media_type: str) -> Blob:
        """Stream a file of any size; memory stays small."""
        await self._do(lambda: self.client.fput_object(self.bucket, key, str(path), content_type=media_type))
        size = (await asyncio.to_thread(path.stat)).st_size
        return Blob(key=key, size_bytes=size, media_type=media_type)

    async def get(self, key: str) -> bytes:
        """The whole object. Raises `MissingObject`."""

        def read() -> bytes:
            response = self.client.get_object(self.bucket, key)
            try:
                return response.read()
            finally:
                response.close()
                response.release_conn()

        return await self._do(read)

    async def get_file(self, key: str, path: Path) -> None:
        """Stream an object of any size to disk; memory stays small. Raises `MissingObject`, and OSError for the disk."""
        await self._do(lambda: self.client.fget_object(self.bucket, key, str(path)))

    async def size(self, key: str) -> int | None:
        """Bytes, or None when there is no such object."""
        try:
            found = await self._do(lambda: self.client.stat_object(self.bucket, key))
        except MissingObject:
            return None
        return found.size

    async def remove_under(self, prefix: str) -> int:
        """Remove every object whose name begins so; how many there were."""

        def remove() -> int:
            found = [str(one.object_name) for one in self.client.list_objects(self.bucket, prefix, recursive=True)]
            for key in found:
                self.client.remove_object(self.bucket, key)
            return len(found)

        return await self._do(remove)

    async def open(self, key: str, offset: int, length: int) -> BaseHTTPResponse:
        """A part of an object as a stream; the caller closes it. Raises `MissingObject`."""
        return await self._do(lambda: self.client.get_object(self.bucket, key, offset=offset, length=length))

    async def ping(self) -> None:
        await self._asked(lambda: self.client.bucket_exists(self.bucket))

    async def _do(self, call: Callable[[], T]) -> T:
        deadline = time.monotonic() + self.patience.total_seconds()
        while True:
            try:
                return await self._asked(call)
            except StoreAway as away:
                if time.monotonic() >= deadline:
                    raise
                log.warning("waiting for the object store", error=str(away))
                await asyncio.sleep(AGAIN)

    async def _asked(self, call: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(call)
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchObject"}:
                raise MissingObject(str(error)) from error
            raise Passing("The object store refused a request; its words are in the log of this service.") from error
        except (HTTPError, InvalidResponseError, ServerError) as error:
            raise StoreAway("The object store does not answer.") from error


def pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The stream of `open`, piece by piece, closed at its end."""
    try:
        yield from response.stream(PIECE)
    finally:
        response.close()
        response.release_conn()
