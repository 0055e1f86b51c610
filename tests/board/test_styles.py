import re

import pytest
from django.conf import settings

STYLES = {path.name: path.read_text() for path in (settings.BASE_DIR / "static/css").glob("*.css")}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")
TOO_NEW = [":has(", ":is(", ":where(", "@container", "color-mix(", "@layer", "&:", "aspect-ratio"]


SHARED = ["tokens.css", "base.css", "components.css"]  # what a worker's page loads
PUBLIC = [
    "places.css",
    "committees.css",
    "deliveries.css",
    "plan.css",
    "picture.css",
    "suggestions.css",
    "assessment.css",
    "bulletin.css",
]
OF_A_REPORT = ["bulletin.css", "report.css"]  # read by a few people once a year
PUBLIC += ["item.css", "board.css", "look_backs.css", "objections.css"]
OF_SUGGESTING = ["tokens.css", "base.css", "forms.css", "suggest.css", "verdict.css"]
AT_THE_DESK = [*SHARED, "forms.css", "desk.css"]


@pytest.mark.parametrize(
    "own",
    [
        [],
        ["lists.css"],
        ["columns.css", "drafts.css"],
        ["pack.css"],
        ["releases.css"],
        ["assessment.css"],
        OF_A_REPORT,
        ["votes.css"],
        ["month.css"],
        ["columns.css", "table.css"],
        ["posts.css"],
        ["import.css"],
        ["desk_suggestions.css"],
        ["year.css", "proof.css"],
        ["lists.css", "proof.css"],
        ["waiting.css"],
        ["desk_item.css", "deliveries.css"],
    ],
)
def test_styles_of_a_page_are_small(own):
    assert max(size([*SHARED, each]) for each in PUBLIC) <= 22_000
    assert size([*SHARED, *OF_A_REPORT]) <= 24_000
    assert size(OF_SUGGESTING) <= 20_000
    assert size([*AT_THE_DESK, *own]) <= 34_500


def test_every_style_belongs_to_a_page():
    assert set(STYLES) == {
        *AT_THE_DESK,
        *OF_A_REPORT,
        "lists.css",
        "drafts.css",
        "columns.css",
        "pack.css",
        "table.css",
        "releases.css",
        "month.css",
        "posts.css",
        "import.css",
        "return.css",
        "desk_suggestions.css",
        "desk_item.css",
        "waiting.css",
        "edition.css",
        "votes.css",
        "year.css",
        "proof.css",
        "admin.css",
        "screen.css",
        *OF_SUGGESTING,
        *PUBLIC,
    }


def size(names):
    return sum(len(STYLES[name].encode()) for name in names)


@pytest.mark.parametrize("name", sorted(set(STYLES) - {"tokens.css"}))
def test_colours_and_sizes_of_type_stand_in_the_tokens_only(name):
    sizes = re.findall(r"font-size: ([^;]+);", STYLES[name])

    assert COLOUR.findall(STYLES[name]) == []
    assert [
        size for size in sizes if "var(--" not in size and not size.endswith(("em", "pt"))
    ] == []


@pytest.mark.parametrize("name", sorted(STYLES))
def test_old_phones_understand_the_styles(name):
    assert [feature for feature in TOO_NEW if feature in STYLES[name]] == []


def test_tokens_that_are_used_exist():
    used = set(re.findall(r"var\((--[\w-]+)", "".join(STYLES.values())))
    made = set(re.findall(r"(--[\w-]+):", "".join(STYLES.values())))

    assert used - made == set()
