import gzip

import brotli
import pytest

from welfare.front.compression import best_encoding

PLAIN = ("zh-hans 18 = 15 + 3 " * 100).encode()
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def get(client, path="/page/", accept="", **headers):
    return client.get(path, headers={"accept-encoding": accept, **headers})


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("br;q=0", "identity"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000, gzip;q=0.001", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br ; q=0.5 , gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity, br;q=0.5", "identity"),
        ("identity;q=0.5, br", "br"),
        ("identity", "identity"),
        ("zstd", "identity"),
        ("br;q=nan, gzip;q=0.1", "gzip"),
        ("br;q=2", "identity"),
        ("br;q=-1", "identity"),
        (";;,,q=,", "identity"),
    ],
)
def test_reader_chooses_the_coding(accept, coding):
    assert best_encoding(accept) == coding


@pytest.mark.parametrize(
    ("accept", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0", None), ("", None)]
)
def test_answer_is_coded_as_asked(client, accept, coding):
    response = get(client, accept=accept)

    assert response.headers.get("Content-Encoding") == coding
    assert DECODE[coding](response.content) == PLAIN
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accept", ["br", "gzip", ""])
def test_same_page_is_the_same_bytes_at_any_time(client, time_machine, accept):
    time_machine.move_to("2026-09-27 08:00")
    first = get(client, accept=accept)
    time_machine.move_to("2027-01-01 12:34:56")
    second = get(client, accept=accept)

    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]


def test_each_coding_has_a_strong_etag_of_its_own(client):
    etags = {get(client, accept=accept).headers["ETag"] for accept in ("br", "gzip", "")}

    assert len(etags) == 3
    assert all(etag.startswith('"') for etag in etags)


def test_another_page_has_another_etag(client):
    assert get(client).headers["ETag"] != get(client, "/en/page/").headers["ETag"]


def test_short_answer_is_not_compressed(client):
    response = get(client, "/short/", accept="br")

    assert response.content == b"18 = 15 + 3"
    assert "Content-Encoding" not in response.headers
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_reader_who_has_the_bytes_is_told_so(client, form):
    known = get(client, accept="br").headers

    response = get(client, accept="br", **{"if-none-match": form.format(known["ETag"])})

    kept = ("ETag", "Cache-Control", "Vary")
    assert (response.status_code, response.content) == (304, b"")
    assert [response.headers[name] for name in kept] == [known[name] for name in kept]


def test_bytes_in_another_coding_do_not_count(client):
    etag = get(client, accept="gzip").headers["ETag"]

    response = get(client, accept="br", **{"if-none-match": etag})

    assert response.status_code == 200


def test_head_says_what_get_would_say(client):
    got = get(client, accept="br")

    asked = client.head("/page/", headers={"accept-encoding": "br"})

    assert (asked.status_code, asked.content) == (200, b"")
    assert dict(asked.headers) == dict(got.headers)


def test_head_is_told_when_nothing_changed(client):
    etag = get(client, accept="br").headers["ETag"]

    response = client.head("/page/", headers={"accept-encoding": "br", "if-none-match": etag})

    assert response.status_code == 304


def test_streamed_answer_passes_as_it_is(client):
    response = get(client, "/streamed/", accept="br")

    assert response.getvalue() == b"18 = 15 + 3"
    assert "ETag" not in response.headers


def test_private_answer_is_neither_compressed_nor_compared(client):
    response = get(client, "/none/", accept="br")

    assert response.status_code == 404
    assert "Content-Encoding" not in response.headers
    assert "ETag" not in response.headers
