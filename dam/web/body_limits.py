"""How much of a request is read: little of forms, much of uploads, nothing of strangers' uploads.

This runs before the check of the form's token, which reads the whole body to find it.
"""

from flask import Flask, request

from dam.rights.facts import Audience
from dam.web.signed_in import NotSignedIn, user

MOST_FORM_BYTES = 2_000_000
API_UPLOAD = "/api/v1/photographs"  # a photograph as the body of a request
# A form, below /desk/uploads the pieces of files, and sheets.
UPLOAD_PATHS = ("/desk/upload", "/desk/sheets")


def register(app: Flask, max_upload_bytes: int) -> None:
    """Bound the bodies that *app* reads; whoever works here may send *max_upload_bytes*."""
    app.config.update(MAX_CONTENT_LENGTH=MOST_FORM_BYTES, MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES)

    @app.before_request
    def bound() -> None:
        uploads = request.path.startswith(UPLOAD_PATHS) or request.path == API_UPLOAD
        if request.method not in {"POST", "PATCH"} or not uploads:
            return
        found = user()
        if found is None:
            raise NotSignedIn
        if found.role >= Audience.STAFF:
            request.max_content_length = max_upload_bytes + MOST_FORM_BYTES
