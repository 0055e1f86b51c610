"""Files at the site's root by which WeChat and WeCom see that the site is ours."""

from django.conf import settings
from django.http import Http404, HttpResponse

from welfare.front.public import public


@public
def file(request, name):
    """Return the content that the setting VERIFICATION_FILES gives to this name."""
    if name not in settings.VERIFICATION_FILES:
        raise Http404
    return HttpResponse(settings.VERIFICATION_FILES[name], content_type="text/plain")
