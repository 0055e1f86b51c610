import pathlib
import pytest
from tests.browser.desk_pages import *  # noqa
pytestmark = []
OUT = pathlib.Path("/tmp/shots/sheetpreview"); OUT.mkdir(parents=True, exist_ok=True)

def test_shots(sites, new_context):
    site = sites if isinstance(sites, str) else None
    for prefix, scheme, width in [("", "light", 1280), ("/en", "dark", 1280), ("", "dark", 360), ("/en", "light", 360)]:
        context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False)
        page = context.new_page()
        root = next(iter(sites.values())) if isinstance(sites, dict) else str(sites)
        page.goto(f"{root}{prefix}/account/login/")
        page.fill("#id_login", "office"); page.fill("#id_password", PASSWORD if "PASSWORD" in globals() else "x")
        page.locator("main button[type=submit], button.main").first.click()
        page.goto(f"{root}{prefix}/desk/lists/next-year/import/")
        page.screenshot(path=OUT / f"form-{width}-{scheme}.png", full_page=True)
        page.set_input_files("#id_file", "/tmp/shot.csv")
        page.locator("button.main").first.click()
        page.screenshot(path=OUT / f"preview-{width}-{scheme}.png", full_page=True)
        over = page.evaluate("document.documentElement.scrollWidth > innerWidth") if False else None
        page.locator("button[name=other]").click()
        context.close()
