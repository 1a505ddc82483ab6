"""The one file of a multipart form (RFC 7578), piece by piece as it comes; nothing is kept beyond a piece."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from philo_kernel.http.problems import BadRequest, TooLarge, Unprocessable, UnsupportedMediaType

NOT_A_FORM = "Send the file as multipart/form-data, in the field `file`."
BROKEN = "The form ends before its file does. Send it again."
ONE_FILE = "Send one file at a time."
TOO_LARGE = "A file has at most {most:,} bytes. Send a smaller one."
AROUND = 64 * 1024
"""Bytes of a form that are no file."""
NO_FILE = "The form has no field `file`, or it holds no file."
TOO_SLOW = "The file came too slowly, so nothing of it was kept. Send it again over a better line."
PATIENCE = 300.0
"""Seconds that a piece may take to come. Who sends nothing more would hold what came of it for ever."""


@contextmanager
def readable() -> Iterator[None]:
    """What the parser does not take is told in its words, a boundary as well as a body."""
    try:
        yield
    except FormParserError as error:
        raise BadRequest(f"The form cannot be read: {error}.") from error


class FileForm:
    """Takes the bytes of the body in; gives those of the file out. Raises problems a client can act on."""

    def __init__(self, boundary: bytes) -> None:
        self.data, self.filename, self.whole = bytearray(), "", False
        self._name, self._value = b"", b""
        self._headers: dict[bytes, bytes] = {}
        self._files = 0
        with readable():
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header,
                    "on_headers_finished": self._opened,
                    "on_part_data": self._part,
                    "on_end": self._end,
                },
            )

    def write(self, data: bytes) -> None:
        with readable():
            self._parser.write(data)

    def finish(self) -> None:
        if not self.whole:
            raise BadRequest(BROKEN)
        if not self._files:
            raise Unprocessable(NO_FILE, errors=[("/file", NO_FILE)])

    def take(self, size: int) -> bytes:
        piece = bytes(memoryview(self.data)[:size])
        del self.data[:size]
        return piece

    def _begin(self) -> None:
        self._headers, self._name, self._value = {}, b"", b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def _opened(self) -> None:
        _, about = parse_options_header(self._headers.get(b"content-disposition"))
        field = about.get(b"name", b"").decode(errors="replace")[:80]
        if field != "file":
            raise Unprocessable(
                "The form has a field too many.", errors=[(f"/{field}", f"There is no field {field!r}.")]
            )
        self._files += 1
        if self._files > 1:
            raise Unprocessable(ONE_FILE, errors=[("/file", ONE_FILE)])
        self.filename = about.get(b"filename", b"").decode(errors="replace")

    def _part(self, data: bytes, start: int, end: int) -> None:
        self.data += data[start:end]

    def _end(self) -> None:
        self.whole = True


class FileOnItsWay:
    """What a request sends, read as it is asked for. `patience` is in seconds, for a piece; `least` is how many bytes
    there are going to be at least, by what the request says.

    Raises `BadRequest` when the sender is gone or falls silent, and `TooLarge`.
    """

    def __init__(self, request: Request, form: FileForm, piece: int, most: int, patience: float = PATIENCE) -> None:
        self.form, self.piece, self.most, self.patience = form, piece, most, patience
        self.least = max(1, declared(request) - AROUND)
        self._stream, self._read, self._over = request.stream(), 0, False

    @property
    def name(self) -> str:
        """What it was sent with; known once its head is."""
        return self.form.filename

    async def head(self, size: int) -> bytes:
        """Its first bytes, or all of a file that has not so many. They are read again as part of the first piece."""
        await self._filled(size)
        return bytes(memoryview(self.form.data)[:size])

    async def next(self) -> bytes:
        """A piece; only the last one is shorter, and there is none behind it."""
        await self._filled(self.piece)
        return self.form.take(self.piece)

    async def _filled(self, size: int) -> None:
        try:
            async with asyncio.timeout(self.patience):
                await self._fill(size)
        except TimeoutError as error:
            raise BadRequest(TOO_SLOW) from error

    async def _fill(self, size: int) -> None:
        while len(self.form.data) < size and not self._over:
            try:
                data = await anext(self._stream, b"")
            except ClientDisconnect as error:
                raise BadRequest(BROKEN) from error
            self._read += len(data)
            if self._read > self.most + AROUND:
                raise TooLarge(TOO_LARGE.format(most=self.most))
            if data:
                self.form.write(data)
            else:
                self.form.finish()
                self._over = True


def declared(request: Request) -> int:
    """Bytes of the whole form; 0 where it does not say."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def file_of(request: Request, piece: int, most: int) -> FileOnItsWay:
    """Raises `UnsupportedMediaType` for what is no form, `TooLarge` for what says itself that it is larger than `most`."""
    kind, about = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data" or not about.get(b"boundary"):
        raise UnsupportedMediaType(NOT_A_FORM, headers={"Accept": "multipart/form-data"})
    if declared(request) > most + AROUND:
        raise TooLarge(TOO_LARGE.format(most=most))
    return FileOnItsWay(request, FileForm(about[b"boundary"]), piece, most)
