"""The site's addresses: Chinese at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from welfare.api import calendars, feeds, files, robots, v1
from welfare.board import pictures, screen, sheets
from welfare.board import urls as board
from welfare.board.views import share
from welfare.http import verification
from welfare.reporting.views import report_by_link
from welfare.suggestions import urls as suggestions

IN_LARGE = [*suggestions.urlpatterns, *board.urlpatterns]
urlpatterns = [  # in no language
    path("photos/", include("welfare.board.photo_urls")),
    path("share/<slug:slug>.png", share, name="share"),
    # On paper, in capitals too: /i/… leads to a page in Chinese, /e/… to the English one.
    re_path(r"^(?P<edition>[ieIE])/(?P<code>[0-9A-Za-z]{8})$", sheets.short, name="short"),
    path("lists/<slug:slug>.json", files.as_json, name="list_json"),
    path("api/v1/", v1.urls),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    re_path(r"^(?P<name>(?:MP|WW)_verify_\w+\.txt)$", verification.file, name="verification_file"),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("account/", include("welfare.account.urls")),
    path("desk/", include("welfare.desk.urls")),
    path("report/<str:token>/", report_by_link, name="report_by_link"),
    path("", include(suggestions)),
    path("", include(board)),
    path("lists/<slug:slug>/wall.pdf", sheets.wall, name="wall"),
    path("lists/<slug:slug>/handout.pdf", sheets.handout, name="handout"),
    path("lists/<slug:slug>/bulletins/<number:number>.pdf", sheets.bulletin, name="bulletin_pdf"),
    path("lists/<slug:slug>/cards.pdf", sheets.cards, name="cards"),
    path("lists/<slug:slug>/<number:number>/card.pdf", sheets.card, name="card"),
    path("places/<number:place>/sheet.pdf", sheets.place, name="place_sheet"),
    path("calls/<number:call>/poster.pdf", sheets.poster, name="poster"),
    *(
        path(f"{address}picture.png", pictures.png, {"of": of}, name=f"{of}_png")
        for of, address in {
            "item": "lists/<slug:slug>/<number:number>/",
            "place": "places/<number:place>/",
            "week": "lists/<slug:slug>/changes/<week:monday>/",
            "bulletin": "lists/<slug:slug>/bulletins/<number:number>/",
        }.items()
    ),
    path("lists/<slug:slug>.csv", files.as_csv, name="list_csv"),
    path("lists/<slug:slug>.atom", feeds.of_list, name="list_feed"),
    path("lists/<slug:slug>.ics", calendars.deadlines, name="list_calendar"),
    path("lists/<slug:slug>/<number:number>.atom", feeds.of_item, name="item_feed"),
    path("lists/<slug:slug>/screen/", screen.screen, name="screen"),
    path("lists/<slug:slug>/screen/<number:page>/", screen.screen, name="screen_page"),
    # The same pages in large type: the address remembers it, so that no cookie has to. Both apps
    # share the namespace, so that each {% url %} of such a page stays in large type.
    path("large/", include((IN_LARGE, "board"), "large")),
    path("large/", include((IN_LARGE, "suggestions"), "large")),
    prefix_default_language=False,
)

handler400 = "welfare.http.errors.bad_request"
handler403 = "welfare.http.errors.permission_denied"
handler404 = "welfare.http.errors.page_not_found"
handler500 = "welfare.http.errors.server_error"
