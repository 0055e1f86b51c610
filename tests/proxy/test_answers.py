"""Answers too large for memory: sent from their file, which goes with its reader."""

import asyncio
import tempfile

import pytest
from granian.rsgi import ProtocolClosed

from welfare.proxy.answers import send
from welfare.proxy.pages import Answer

CONTENT = b"0123456789" * 50_000


class Reader:
    """granian's end of an answer in pieces, to a reader who goes after so many of them."""

    def __init__(self, stays):
        self.stays, self.got = stays, []

    def response_stream(self, status, headers):
        return self

    async def send_bytes(self, chunk):
        if len(self.got) == self.stays:
            raise ProtocolClosed
        self.got.append(chunk)


@pytest.mark.parametrize("stays", [0, 1, 100])
def test_file_is_closed_when_it_is_sent_or_its_reader_has_gone(stays):
    file = tempfile.TemporaryFile()  # noqa: SIM115  what is tested closes it
    file.write(CONTENT)
    reader = Reader(stays)

    asyncio.run(send(Answer(200, [], file), "GET", reader))

    assert file.closed
    assert CONTENT.startswith(b"".join(reader.got))
    assert stays < 100 or b"".join(reader.got) == CONTENT
