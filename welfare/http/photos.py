"""The response with a stored photo, to the public and to staff."""

from django.http import Http404, HttpResponse

from items.photos import storage
from items.photos.thumbnail import thumbnail


def photo_response(stem: str, *, small: bool, tiny: bool = False) -> HttpResponse:
    """Return a photo's large or small file, or a thumbnail of it; 404 when it isn't there."""
    content = storage.content(stem, small=small or tiny)
    if content is None:
        raise Http404
    if tiny:
        content = thumbnail(content)
    headers = {"Content-Disposition": "inline"}  # and nosniff, as every answer has
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
