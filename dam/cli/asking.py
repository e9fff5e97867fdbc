"""The service, asked by a command as somebody of the public would ask it."""

import importlib
from dataclasses import replace

from werkzeug.test import Client

from dam.workflows.archive import Archive
from dam.workflows.static_writing import Answer, Ask

_SERVICE = ("dam.web.application", "create_service")


def public_service(archive: Archive, address: str) -> Ask:
    """Return a function that asks the service in this process, which believes to be at *address*.

    It is named and not imported: doors do not see each other. Pages that it answers are told that
    no service will stand behind them.
    """
    module, name = _SERVICE
    settings = replace(archive.settings, public_url=address)
    # No cookie is read or written, so the key is nobody's.
    service = getattr(importlib.import_module(module), name)(
        replace(archive, settings=settings), archive.new_secret().encode()
    )
    client = Client(service)

    def ask(path: str) -> Answer:
        answer = client.get(path, environ_overrides={"dam.static": True})
        try:
            return Answer(answer.status_code, answer.mimetype or "", answer.data)
        finally:
            answer.close()

    return ask
