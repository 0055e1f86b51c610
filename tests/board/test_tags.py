import pytest
from django.template import Context, Template
from django.utils import translation

from items.public import Arithmetic, GroupCount, Holder, Progress
from items.words import Words
from tests.board import samples
from welfare.templatetags import welfare as tags

BATH = Words("浴室", "Bathhouse")


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        (BATH, "浴室", "Bathhouse"),
        (Words("浴室"), "浴室", '<span lang="zh-Hans">浴室</span>'),
        (Words("", "Bathhouse"), '<span lang="en">Bathhouse</span>', "Bathhouse"),
        (Words(), "", ""),
    ],
)
def test_words_in_another_language_say_so(text, chinese, english):
    with translation.override("zh-hans"):
        assert tags.localized(text) == chinese
    with translation.override("en"):
        assert tags.localized(text) == english


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_words_are_escaped(language):
    page = Template("{% load welfare %}{% localized text %}{{ note|user_text }}")

    with translation.override(language):
        shown = page.render(Context({"text": Words("<b>浴室"), "note": "<i>二区"}))

    assert "<b>" not in shown
    assert "<i>" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zone 2 is done.", "Zone 2 is done."),
        ("二区2台，完工。", '<span lang="zh-Hans">二区2台，完工。</span>'),
        ("Signed by 马国栋 today", 'Signed by <span lang="zh-Hans">马国栋</span> today'),
        ("二区 & 三区", '<span lang="zh-Hans">二区</span> &amp; <span lang="zh-Hans">三区</span>'),
        ("", ""),
    ],
)
def test_chinese_that_was_written_says_so_on_an_english_page(text, shown):
    with translation.override("en"):
        assert tags.user_text(text) == shown


def test_what_was_written_stands_as_it_is_on_a_chinese_page():
    with translation.override("zh-hans"):
        assert tags.user_text("二区 is done") == "二区 is done"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (Holder(BATH, "", False), "Bathhouse"),
        (Holder(BATH, "Li", False), "Bathhouse Li"),
        (Holder(BATH, "", True), "Bathhouse (vacant)"),
        (Holder(BATH, "<Li>", False), "Bathhouse &lt;Li&gt;"),
    ],
)
def test_holder(shown, said):
    with translation.override("en"):
        assert tags.holder(shown) == said


@pytest.mark.parametrize(
    ("total", "groups", "shape"),
    [
        (18, 2, "one-line"),
        (18, 3, "two-columns"),
        (18, 4, "three-columns"),
        (18, 5, "three-columns"),
        (100, 2, "three-columns tight"),
        (1000, 3, "two-columns tight"),
    ],
)
def test_equation_has_room_on_a_phone(total, groups, shape):
    terms = tuple(GroupCount("resolved", "Resolved", 1) for _ in range(groups))

    assert tags.shape(Arithmetic(total, terms, None)) == shape


def test_legend_names_each_shape_once_in_the_order_of_the_equation():
    shown = tags.legend({}, samples.eventful())

    assert [status for status, _label in shown["known"]] == [
        "resolved",
        "in_progress",
        "pending_check",
        "not_started",
        "on_hold",
        "withdrawn",
    ]
    assert shown["late"] is True
    assert tags.legend({}, samples.story_rows())["late"] is False


@pytest.mark.parametrize(
    ("status", "progress", "shown"),
    [
        ("in_progress", Progress(40, None, None, ""), True),
        ("resolved", Progress(40, None, None, ""), False),
        ("pending_check", Progress(40, None, None, ""), False),
        ("resolved", Progress(100, 16, 16, "把"), True),
    ],
)
def test_last_percent_is_not_shown_beside_a_claim(status, progress, shown):
    row = samples.row(4, status=status, progress=progress)

    assert bool(tags.progress(row)["words"]) is shown
