"""A phone's photo, from the camera to the wall: shrunk, released, blacked out, seen, hidden."""

import pytest

from items.models import Photo
from tests.browser import looking
from tests.browser.test_desk import at_desk
from tests.photos import corpus

__all__ = ["at_desk"]
FOUR = "/desk/lists/{slug}/4/"


@pytest.fixture
def snapshot(tmp_path):
    """Return a file as a phone's camera writes it, lying on its side."""
    file = tmp_path / "IMG_2041.JPG"
    picture = corpus.noise(4000, 3000)
    file.write_bytes(corpus.saved(picture, quality=92, exif=corpus.exif(6)))
    return file


def add(page, address, file):
    """Fill the form and send it; return how many bytes went over the wire."""
    page.goto(address + "add_photo/")
    page.set_input_files("#id_file", file)
    page.fill("#id_words", "三区更衣柜装好了")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.click("form.act button.main")
    page.wait_for_url(address)
    return int(sent.value.all_headers().get("content-length", 0))


@pytest.mark.parametrize("javascript", [True, False])
def test_long_screenshot_stays_readable(at_desk, live_server, published_demo, tmp_path, javascript):
    file = tmp_path / "Screenshot.png"
    file.write_bytes(corpus.saved(corpus.noise(540, 10_000, "L"), "PNG"))
    assert file.stat().st_size > 400 * 1024  # else it isn't shrunk on the phone
    owner = at_desk("owner4", java_script_enabled=javascript)

    add(owner, live_server.url + FOUR.format(slug=published_demo), file)

    photo = Photo.objects.get(item__number=4)
    assert photo.width > 400


@pytest.mark.parametrize("javascript", [True, False])
def test_photo_comes_from_the_phone_to_the_wall(
    at_desk, live_server, new_context, published_demo, snapshot, javascript
):
    address = live_server.url + FOUR.format(slug=published_demo)
    owner = at_desk("owner4", java_script_enabled=javascript)

    weight = add(owner, address, snapshot)

    photo = Photo.objects.get(item__number=4)
    assert (photo.width, photo.height) == (1536, 2048)  # upright
    if javascript:
        assert 0 < weight < snapshot.stat().st_size / 2

    office = at_desk("office", java_script_enabled=javascript)
    office.goto(address)
    looking.follow(office, f"#photos a[href*='/{photo.entry.seq}/release_photo/']")
    black_out(office, javascript)
    looking.follow(office, "form.act button.main")

    wall = new_context(java_script_enabled=javascript).new_page()
    looking.resize(wall, looking.PHONE)
    wall.goto(f"{live_server.url}/lists/{published_demo}/4/")
    shown = wall.locator("figure img")
    shown.scroll_into_view_if_needed()
    assert shown.get_attribute("alt") == "三区更衣柜装好了"
    assert Photo.objects.get(item__number=4).stem != photo.stem
    large = wall.goto(live_server.url + wall.locator("figure a").get_attribute("href"))
    assert large.status == 200


def black_out(page, javascript):
    if not javascript:
        page.fill("#id_areas", "10 10 30 30")
        return
    frame = page.locator(".picture")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.3)
    page.mouse.up()
    left, top, width, height = map(float, page.input_value("#id_areas").split())
    assert (round(left), round(top), round(width), round(height)) == (10, 10, 30, 20)


def test_item_with_photos_moves_nothing_while_it_loads(live_server, new_context, published_demo):
    page = new_context().new_page()
    looking.resize(page, looking.PHONE)
    page.add_init_script(
        "new PerformanceObserver((list) => list.getEntries().forEach((entry) => {"
        " window.moved = (window.moved || 0) + entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{live_server.url}/lists/{published_demo}/1/")
    page.locator("figure").last.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("window.moved || 0") == 0
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
