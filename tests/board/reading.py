"""Read a rendered page as a reader does: its words, its links, its headings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template.loader import render_to_string
from django.utils import translation


@dataclass
class Element:
    """A tag with its attributes and all the words inside it."""

    tag: str
    attrs: dict
    words: str = ""


@dataclass
class Page(HTMLParser):
    """A page's elements in the order in which they begin."""

    html: str
    elements: list = field(default_factory=list)
    EMPTY = ("meta", "link", "br", "rect")

    def __post_init__(self):
        super().__init__()
        self.open = []
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        if self.open and tag not in self.EMPTY:
            self.open.pop()

    def handle_data(self, text):
        for element in self.open:
            element.words += text

    def all(self, tag, css_class=""):
        """Return the elements with this tag and class."""
        return [
            element
            for element in self.elements
            if element.tag == tag and css_class in ["", *element.attrs.get("class", "").split()]
        ]

    def words(self, tag, css_class=""):
        """Return the words of each such element, with single spaces."""
        return [" ".join(element.words.split()) for element in self.all(tag, css_class)]

    def links(self, css_class=""):
        """Return the addresses that the page links to."""
        return [element.attrs["href"] for element in self.all("a", css_class)]


def read(template, language="en", **context):
    """Return the page of a template in a language."""
    with translation.override(language):
        return Page(render_to_string(template, context))
