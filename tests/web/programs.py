"""Programs that ask the API, in each role."""

import io
import json

from PIL import Image
from werkzeug.test import Client, TestResponse

from dam.rights.facts import Audience
from dam.web.api.operation import PREFIX
from dam.workflows import accounts, tokens


class Program:
    """A program with a token; what it sends and reads is JSON."""

    def __init__(self, application, secret: str = "") -> None:
        self.client = Client(application)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        given = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        data = None if body is None else json.dumps(body)
        return self.client.open(PREFIX + path, method=method, data=data, headers=given)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, **headers)


def program(archive, application, role: Audience) -> Program:
    """A program in that role; the public's has no token."""
    if role is Audience.PUBLIC:
        return Program(application)
    name = f"program {role.word}"
    if name not in {user.name for user in accounts.all_users(archive)}:
        accounts.add_user(archive, name, role, None, "tests")
    return Program(application, tokens.make(archive, name, "tests", None, None, "tests")[0])


def a_file(shade: int = 9) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (96, 64), (shade, 80, 120)).save(written, "PNG")
    return written.getvalue()
