"""Who may import whom: arrows only to the left (or upwards, in this table)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# A module imports those of its own line and of the lines above it.
LAYERS = [
    "items.errors items.words items.numerals items.columns items.states items.suggestion_states"
    " items.compiled_queries",
    "items.privacy items.photos items.search items.calendar",
    "items.models items.checks items.migrations",
    "items.guards items.rules items.apps",
    "items.ledger",
    "items.public",
    "items.staff items.actions",
    "items.queries",
    "items.sheets items.exports items.admin items.demo items.management",
    "welfare.faults welfare.forms welfare.logs welfare.memory_key welfare.migrations welfare.models"
    " welfare.rate_limit welfare.sentences welfare.settings welfare.storage welfare.tallies",
    "welfare.backup welfare.printing",
    "welfare.front",
    "welfare.http welfare.templatetags",
    "welfare.account welfare.board welfare.desk welfare.suggestions welfare.api welfare.mail"
    " welfare.reporting",
    "welfare.admin welfare.apps welfare.checks welfare.jobs welfare.urls welfare.wsgi",
    "welfare.proxy welfare.edition",
    "welfare.serve",
    "welfare.management",
]
LAYER_OF = {name: depth for depth, line in enumerate(LAYERS) for name in line.split()}
FACES = {"welfare.account", "welfare.board", "welfare.desk", "welfare.suggestions"}
FACES |= {"welfare.api", "welfare.mail", "welfare.reporting"}
FOR_VISITORS = {"welfare.board", "welfare.suggestions", "welfare.api", "welfare.reporting"}
HTTP = ("django.http", "django.shortcuts", "django.urls", "django.template", "django.views")
SOURCES = sorted(
    path
    for package in ("items", "welfare")
    for path in (ROOT / package).rglob("*.py")
    if path.parent != ROOT / package or path.name != "__init__.py"
)


def name_of(path):
    """Return a file's module as Python names it."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source, package):
    """Yield everything that the source imports, wherever in it, as whole names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def knows_no_http(name):
    # Django's admin is pages by nature; the domain under it stays without HTTP.
    return name.startswith("items.") and not name.startswith("items.admin")


def wrong_imports(name, source, package):
    """Return what is wrong with the imports of a module."""
    mine = ".".join(name.split(".")[:2])
    if mine not in LAYER_OF:
        return [f"{mine} is in no layer"]
    wrong = []
    for other in imported(source, package):
        theirs = ".".join(other.split(".")[:2])
        if theirs.split(".")[0] in ("items", "welfare"):
            if theirs not in LAYER_OF:
                wrong.append(f"{theirs} is in no layer")
            elif LAYER_OF[theirs] > LAYER_OF[mine]:
                wrong.append(f"{mine} imports {theirs} from its right")
            elif mine in FOR_VISITORS and theirs == "items.staff":
                wrong.append(f"{mine} shows what is for staff")
            elif {mine, theirs} <= FACES and mine != theirs:
                wrong.append(f"{mine} imports another face, {theirs}")
        elif knows_no_http(name) and f"{other}.".startswith(tuple(f"{h}." for h in HTTP)):
            wrong.append(f"{mine} knows HTTP: {other}")
    return wrong


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_to_the_left(path):
    name = name_of(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]

    assert wrong_imports(name, path.read_text(), package) == []


def test_sources_are_found():
    names = {name_of(path) for path in SOURCES}

    assert {"items.rules", "items.models.item", "items.actions", "welfare.board.views"} <= names


@pytest.mark.parametrize(
    ("name", "source", "wrong"),
    [
        ("items.states", "from items.models import Item", "from its right"),
        ("items.models.item", "from items import rules", "from its right"),
        ("items.rules", "def f():\n    from items.actions import claim_item", "from its right"),
        ("items.actions.item", "import items.sheets.dates", "from its right"),
        ("items.actions.item", "from welfare.front import public", "from its right"),
        ("items.actions.item", "from ..sheets import dates", "from its right"),
        ("items.queries", "from django.http import Http404", "knows HTTP"),
        ("items.queries", "from django import template", "knows HTTP"),
        ("items.queries", "import django.shortcuts", "knows HTTP"),
        ("welfare.board.views", "from welfare.desk import forms", "another face"),
        ("welfare.front.public", "from welfare.board import views", "from its right"),
        ("welfare.board.views", "from items import staff", "for staff"),
        ("items.helpers", "", "is in no layer"),
        ("items.rules", "from items import helpers", "is in no layer"),
        ("items.rules.roles", "from items import ledger", "from its right"),
        ("items.ledger.acting", "from items import actions", "from its right"),
    ],
)
def test_wrong_import_is_found(name, source, wrong):
    (found,) = wrong_imports(name, source, name.rpartition(".")[0])

    assert wrong in found


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("items.rules.gaps", "from items.rules import barred"),
        ("items.sheets.cells", "from .dates import parse_date\nfrom . import errors"),
        ("items.errors", "import django.db.models"),
        ("welfare.board.views", "from django.http import Http404\nfrom items import queries"),
        ("welfare.board.urls", "from welfare.board import views"),
        ("items.admin.list", "from django.http import Http404"),
    ],
)
def test_right_import_is_left_alone(name, source):
    assert wrong_imports(name, source, name.rpartition(".")[0]) == []
