"""Objects that grow piece by piece (S3 multipart upload, by addresses that the minio client signs).

Until it is whole there is no object: what is given up leaves nothing behind.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import structlog

from philo_contracts.shapes import Blob
from philo_kernel.objects import S3Objects, StoreAway

PIECE = 5 * 1024 * 1024
"""S3 takes no smaller part but the last one."""
SIP = 64 * 1024
UPLOAD_ID = re.compile(r"<UploadId>([^<]+)</UploadId>")

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Uploads:
    """The part of the object store that takes uploads. Every call raises `StoreAway` when it does not answer."""

    def __init__(self, objects: S3Objects, client: httpx.AsyncClient) -> None:
        self.objects, self.client = objects, client

    def begin(self, key: str, media_type: str) -> Upload:
        return Upload(self, key, media_type)

    async def remove(self, key: str) -> None:
        """Removing what is not there changes nothing."""
        await self.send("DELETE", key)

    async def send(
        self, method: str, key: str, query: dict[str, str] | None = None, body: bytes = b"", kind: str | None = None
    ) -> httpx.Response:
        signed = self.objects.client.get_presigned_url
        url = signed(method, self.objects.bucket, key, extra_query_params={**(query or {})})
        headers = {"Content-Length": str(len(body))} | ({"Content-Type": kind} if kind else {})
        try:
            answer = await self.client.request(method, url, content=sips(body), headers=headers, timeout=60)
        except httpx.TransportError as error:
            raise StoreAway("The object store does not answer.") from error
        # The end of a multipart upload may fail after its status was sent (S3's CompleteMultipartUpload).
        if answer.is_error or "<Error>" in answer.text:
            log.warning("the object store refused", method=method, status=answer.status_code, words=answer.text[:500])
            raise StoreAway("The object store refused a piece of a file.")
        return answer


async def sips(body: bytes) -> AsyncIterator[bytes]:
    """A piece in bites: what sends it would copy it whole, and more than once."""
    for start in range(0, len(body), SIP):
        yield body[start : start + SIP]


class Upload:
    """One object on its way. Each piece but the last is `PIECE` bytes long."""

    def __init__(self, uploads: Uploads, key: str, media_type: str) -> None:
        self.uploads, self.key, self.media_type = uploads, key, media_type
        self.size = 0
        self._only = b""
        self._number: str | None = None
        self._tags: list[str] = []

    async def add(self, piece: bytes) -> None:
        """A file that is smaller than one piece needs no parts, and waits for its end."""
        self.size += len(piece)
        if self._number is None and len(piece) < PIECE:
            self._only = piece
        else:
            await self._part(piece)

    async def end(self) -> Blob:
        """The whole object, which is there now."""
        if self._number is None:
            await self.uploads.objects.put(self.key, self._only, self.media_type)
        else:
            parts = "".join(
                f"<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>"
                for number, tag in enumerate(self._tags, 1)
            )
            body = f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>".encode()
            await self.uploads.send("POST", self.key, {"uploadId": self._number}, body, "application/xml")
        return Blob(key=self.key, size_bytes=self.size, media_type=self.media_type)

    async def give_up(self) -> None:
        """Leave nothing behind, neither pieces nor, if it was whole already, the object."""
        if self._number:
            await self._quietly("DELETE", {"uploadId": self._number})
        await self._quietly("DELETE", None)

    async def _part(self, piece: bytes) -> None:
        if self._number is None:
            begun = await self.uploads.send("POST", self.key, {"uploads": ""}, kind=self.media_type)
            self._number = UPLOAD_ID.findall(begun.text)[0]
        query = {"partNumber": str(len(self._tags) + 1), "uploadId": self._number}
        self._tags.append((await self.uploads.send("PUT", self.key, query, piece)).headers["etag"])

    async def _quietly(self, method: str, query: dict[str, str] | None) -> None:
        """Why it is given up matters more than that this failed as well: lifecycle rules remove what stays."""
        try:
            await self.uploads.send(method, self.key, query)
        except StoreAway as error:
            log.warning("pieces of an upload stay behind", key=self.key, error=str(error))
