"""A worker's phone: opens the form, types, sends it, reads the answer."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from tests import factories

CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b")
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
KEPT = re.compile(r'name="photos_kept"\s+id="[^"]+"\s+value="(\d+)"\s+checked')
WORDS = "休息室没有空调，夏天坐不住人。"


class Phone:
    """A browser that has the form open; `at` is the address it comes from."""

    def __init__(self, clock=None, *, at="203.0.113.7", prefix="", client=None):
        self.client, self.at, self.prefix = client or Client(), at, prefix
        self.nonce = self.open()
        if clock:
            clock.shift(10)  # somebody who types

    def open(self, query=""):
        page = text(self.get(f"{self.prefix}/suggest/{query}"))
        found = NONCE.search(page)
        return found and found[1]

    def get(self, path):
        return self.client.get(path, REMOTE_ADDR=self.at)

    def post(self, path, fields):
        return self.client.post(self.prefix + path, fields, REMOTE_ADDR=self.at)

    def send(self, words=WORDS, **fields):
        fields = {"nonce": self.nonce, "words": words} | fields
        return self.post("/suggest/", {k: v for k, v in fields.items() if v is not None})

    def ask(self, code, **fields):
        return self.post("/answer/", {"code": code} | fields)


def code_in(response):
    """Return the receipt code that stands in a page's words."""
    return CODE.search(words_of(response))[0]


def kept_in(response):
    """Return the keys of the photos that came back with the form, as their ticks send them."""
    return KEPT.findall(text(response))


def text(response):
    return response.content.decode()


def words_of(response):
    return " ".join(strip_tags(text(response).partition("<main")[2]).split())


def photo(colour="red", content=None):
    content = factories.picture(colour) if content is None else content
    return SimpleUploadedFile("IMG_1.jpg", content, "image/jpeg")
