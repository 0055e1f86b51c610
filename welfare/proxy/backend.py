"""HTTP/1.1 to Django's processes over a Unix socket: one request a connection."""

import asyncio
from tempfile import TemporaryFile

import h11
from django.conf import settings

from welfare.front.middleware import REVISION
from welfare.proxy.errors import Cut, Stopped
from welfare.proxy.pages import Answer
from welfare.proxy.request import Request

TIMEOUT = 35  # seconds; a process that works longer than 30 on a request is ended
CHUNK = 2**16
LARGE = 2**20  # bytes of an answer; what is longer lies in a file
NOT_PASSED_BACK = ("connection", "transfer-encoding", "keep-alive", "server", "date", "x-revision")


async def ask(socket_path: str, request: Request, body=None) -> Answer:
    """Send a request with the file `body`; return the answer when it is whole, else raise Cut.

    Raises Stopped(400) for a request that HTTP doesn't allow: without a Host, or with two.
    """
    try:
        async with asyncio.timeout(TIMEOUT):
            reader, writer = await asyncio.open_unix_connection(socket_path)
            try:
                return await exchange(reader, writer, request, body)
            finally:
                writer.close()
    except (OSError, h11.RemoteProtocolError) as error:  # a TimeoutError is an OSError
        raise Cut from error
    except h11.LocalProtocolError:
        raise Stopped(400) from None


async def exchange(reader, writer, request, body) -> Answer:
    speaker = h11.Connection(h11.CLIENT)
    headers = [(name, value.encode()) for name, value in request.passed_on()]
    asked = h11.Request(method=request.method, target=request.target, headers=headers)
    writer.write(speaker.send(asked))
    if body:
        body.seek(0)
        while chunk := body.read(CHUNK):
            writer.write(speaker.send(h11.Data(chunk)))
            await writer.drain()
    writer.write(speaker.send(h11.EndOfMessage()))
    response, got = None, bytearray()
    file = None
    while not isinstance(event := speaker.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            speaker.receive_data(await reader.read(CHUNK))
        elif isinstance(event, h11.Response):
            response = event
        elif isinstance(event, h11.Data):
            got += event.data
            if file is None and len(got) > LARGE:
                folder = settings.FILE_UPLOAD_TEMP_DIR
                file = TemporaryFile(dir=folder)  # noqa: SIM115  closed once it is sent
            if file:
                file.write(got)
                got.clear()
        else:
            raise Cut
    if file:
        file.flush()
    named = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers]
    passed_back = [pair for pair in named if pair[0] not in NOT_PASSED_BACK]
    revision = dict(named).get(REVISION.lower(), "")
    return Answer(response.status_code, passed_back, file or bytes(got), revision)
