"""The site's addresses: Chinese at /, English at /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from welfare.http import verification

urlpatterns = [  # in no language
    path("photos/", include("welfare.board.photo_urls")),
    re_path(r"^(?P<name>(?:MP|WW)_verify_\w+\.txt)$", verification.file, name="verification_file"),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("account/", include("welfare.account.urls")),
    path("desk/", include("welfare.desk.urls")),
    path("", include("welfare.suggestions.urls")),
    path("", include("welfare.board.urls")),
    # The same pages in large type: the address remembers it, so that no cookie has to.
    path("large/", include("welfare.board.urls", namespace="large")),
    prefix_default_language=False,
)

handler400 = "welfare.http.errors.bad_request"
handler403 = "welfare.http.errors.permission_denied"
handler404 = "welfare.http.errors.page_not_found"
handler500 = "welfare.http.errors.server_error"
