"""The response with a stored photo, to the public and to staff."""

from django.http import Http404, HttpResponse

from items.photos import storage


def photo_response(stem: str, *, small: bool) -> HttpResponse:
    """Return a photo's large or small file; 404 when it isn't there."""
    content = storage.content(stem, small=small)
    if content is None:
        raise Http404
    headers = {"Content-Disposition": "inline"}  # and nosniff, as every answer has
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
