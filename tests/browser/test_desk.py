"""The desk in real browsers: the story by its people, two at once, keys, and a lost login."""

import pytest

from tests.browser import looking

PASSWORD = "a password"  # of the demonstration (conftest)
FOUR = "/desk/lists/{slug}/4/"


@pytest.fixture
def at_desk(live_server, new_context):
    """Return a page at the desk of one of the demonstration's people."""

    def logged_in(login, **context):
        page = new_context(**context).new_page()
        looking.resize(page, looking.PHONE)
        page.goto(f"{live_server.url}/desk/")
        page.fill("#id_login", login)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/desk/")
        page.clicks = 0
        return page

    return logged_in


def click(page, selector):
    page.clicks = page.clicks + 1
    looking.follow(page, selector)


@pytest.mark.parametrize("javascript", [True, False])
def test_progress_in_three_clicks(at_desk, live_server, new_context, published_demo, javascript):
    owner = at_desk("owner4", java_script_enabled=javascript)

    click(owner, "#mine .row h3 a")
    owner.fill("#id_text", "三区也改完了。")
    owner.fill("#id_done_count", "3")
    click(owner, ".turn button.main")

    assert owner.clicks <= 3
    assert "已记入台账" in owner.locator(".said").inner_text()
    board = new_context().new_page()
    board.goto(f"{live_server.url}/lists/{published_demo}/4/")
    assert "三区也改完了。" in board.locator("main").inner_text()


def test_story_from_progress_to_signature(at_desk, live_server, new_context, published_demo):
    board, at = new_context().new_page(), FOUR.format(slug=published_demo)

    def equation():
        board.goto(live_server.url)
        return "".join(board.locator(".equation b").all_inner_texts())

    owner, supervisor = at_desk("owner4"), at_desk("supervisor1")
    before = equation()

    owner.goto(live_server.url + at)
    owner.fill("#id_text", "三区也改完了。")
    owner.fill("#id_done_count", "3")
    looking.follow(owner, ".turn button.main")
    looking.follow(owner, "text=申请销号")
    owner.fill("#id_note", "三个区全部改完")
    owner.fill("#id_answer_0", "下班时量过，地面铺了防滑砖")
    owner.fill("#id_answer_1", "三个班都洗过")
    owner.fill("#id_evidence", "验收单")
    looking.follow(owner, "button.main")
    assert equation() == before  # a claim resolves nothing

    owner.goto(f"{live_server.url}{at}sign_off/")
    assert owner.locator("form.act").count() == 0  # nobody signs off their own work

    supervisor.goto(f"{live_server.url}/desk/")
    looking.follow(supervisor, "#to_check .row h3 a >> nth=-1")
    supervisor.goto(f"{live_server.url}{at}sign_off/")
    supervisor.fill("#id_found", "三个区都试过水")
    supervisor.fill("#id_answer_0", "下班高峰各放了一次水")
    supervisor.fill("#id_answer_1", "问了三个班")
    supervisor.check("text=现场")
    looking.follow(supervisor, "button.main")

    assert (before, equation()) == ("18153", "18162")  # 18 = 15 + 3, then 18 = 16 + 2


def test_strangers_and_others_at_an_item(at_desk, live_server, published_demo):
    at = live_server.url + FOUR.format(slug=published_demo)

    another = at_desk("owner1")
    another.goto(at)
    assert another.locator(".turn form").count() == 0
    assert "只有责任方" in another.locator(".can details").text_content()

    admin = at_desk("admin")
    assert admin.goto(at).status == 404


def test_second_browser_adds_its_words_to_those_of_the_first(at_desk, live_server, published_demo):
    at = live_server.url + FOUR.format(slug=published_demo)
    first, second = at_desk("owner4"), at_desk("owner4")
    for page, words in ((first, "先提交的"), (second, "后提交的")):
        page.goto(at)
        page.fill("#id_text", words)

    looking.follow(first, ".turn button.main")
    looking.follow(second, ".turn button.main")

    told = second.locator(".timeline").inner_text()
    assert "先提交的" in told
    assert "后提交的" in told


def test_lost_login_holds_the_words_until_they_are_sent(at_desk, live_server, published_demo):
    page = at_desk("owner4")
    page.goto(live_server.url + FOUR.format(slug=published_demo))
    page.fill("#id_text", "写了半天的话")
    page.context.clear_cookies(name="sessionid")
    looking.follow(page, ".turn button.main")
    assert page.locator("textarea").first.input_value() == "写了半天的话"

    again = page.context.new_page()
    again.goto(f"{live_server.url}/account/login/")
    again.fill("#id_login", "owner4")
    again.fill("#id_password", PASSWORD)
    again.press("#id_password", "Enter")
    again.wait_for_url("**/desk/")
    looking.follow(page, "button.main")
    if page.locator("textarea").count():  # the token changed with the login
        looking.follow(page, "button.main")

    assert "写了半天的话" in page.locator(".timeline").inner_text()


def test_keys_walk_open_and_stay_out_of_the_way(at_desk, live_server, published_demo):
    page = at_desk("supervisor1")

    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.row a')")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lists/**")
    page.keyboard.press("h")
    page.wait_for_url("**/desk/")


def test_keys_are_dead_while_somebody_writes_or_composes(at_desk, live_server, published_demo):
    page = at_desk("owner4")
    page.goto(live_server.url + FOUR.format(slug=published_demo))

    page.focus("#id_text")
    page.keyboard.type("h?j")
    assert page.locator("#id_text").input_value() == "h?j"
    composing = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true,"
    page.evaluate(f"{composing} isComposing: true}}))")
    assert not page.locator("#keys").is_visible()
    page.evaluate(f"{composing} isComposing: false}}))")
    assert page.locator("#keys").is_visible()  # the negative control


def test_keys_can_be_switched_off(at_desk, published_demo):
    page = at_desk("supervisor1")

    page.click("#show-keys")
    page.check("#keys-off")
    page.click("#keys button")
    page.reload()
    page.keyboard.press("?")

    assert not page.locator("#keys").is_visible()
