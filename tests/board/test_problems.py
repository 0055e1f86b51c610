import pytest

from tests.board.reading import read

PROBLEMS = ["400.html", "403.html", "404.html", "500.html", "refused.html"]


@pytest.mark.parametrize("template", PROBLEMS)
@pytest.mark.parametrize(("language", "home"), [("zh-hans", "/"), ("en", "/en/")])
def test_problem_page_needs_nothing_and_leads_home(template, language, home):
    shown = read(template, language)

    assert len(shown.words("h1")) == 1
    assert shown.words("title") == shown.words("h1")
    assert shown.links("onward") == [home]


@pytest.mark.parametrize("template", PROBLEMS)
def test_problem_page_speaks_chinese_without_jargon(template):
    main = read(template, "zh-hans").all("main")[0].words

    assert "。" in main
    assert [word for word in ("40", "500", "服务器", "Error", "故障") if word in main] == []


def test_refusal_tells_each_sentence():
    shown = read("refused.html", sentences=["Item 4 lacks a deadline.", "Fill it in <now>."])

    assert shown.words("p")[:2] == ["Item 4 lacks a deadline.", "Fill it in <now>."]
