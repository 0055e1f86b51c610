"""Answers too large for memory: sent from their file, as slowly as their reader takes them."""

import asyncio
import tempfile

from welfare.proxy import answers
from welfare.proxy.pages import Answer

CONTENT = b"0123456789" * 50_000


class Reader:
    """granian's end of an answer from a file, which it opens by its name."""

    def response_file(self, status, headers, path):
        with open(path, "rb") as file:
            self.got = file.read()


def test_file_is_sent_and_closed_soon(monkeypatch):
    monkeypatch.setattr(answers, "OPENED_WITHIN", 0.01)
    file = tempfile.TemporaryFile()  # noqa: SIM115  what is tested closes it
    file.write(CONTENT)
    file.flush()
    reader = Reader()

    async def sent():
        answers.send(Answer(200, [], file), "GET", reader)
        assert not file.closed
        await asyncio.sleep(0.1)

    asyncio.run(sent())

    assert (reader.got, file.closed) == (CONTENT, True)
