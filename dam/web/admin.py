"""/admin: administrators look after accounts."""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dam.errors import DamError, Malformed
from dam.records.users import User
from dam.rights.facts import Audience
from dam.web import pages
from dam.web.origin import Origin
from dam.web.problems import status_of
from dam.web.reader import actor, needs
from dam.web.rendering import Renderer
from dam.workflows import accounts
from dam.workflows.archive import Archive

_ROLES = (Audience.STAFF, Audience.EDITOR, Audience.RIGHTS_MANAGER, Audience.ADMINISTRATOR)


class UnknownRole(Malformed):
    """There is no such role."""


class OwnRole(Malformed):
    """Nobody changes their own role: the last administrator would lock everybody out."""


def blueprint(archive: Archive, render: Renderer, origin: Origin) -> Blueprint:
    """Return the routes of administration; every one asks for an administrator."""
    routes = Blueprint("admin", __name__, url_prefix="/admin")

    def page(
        *, problem: str | None = None, invitation: tuple[str, str] | None = None
    ) -> pages.UserList:
        name, link = invitation or ("", None)
        return pages.UserList(
            site=render.site(),
            users=tuple(_user(user) for user in accounts.all_users(archive)),
            roles=_options(Audience.STAFF),
            problem=problem,
            invitation=link,
            invited=name,
        )

    @routes.get("/")
    @needs(Audience.ADMINISTRATOR)
    def users() -> Response:
        return render(page())

    @routes.post("/users")
    @needs(Audience.ADMINISTRATOR)
    def add() -> Response:
        name = request.form.get("name", "").strip()
        try:
            role = _role(request.form.get("role", ""))
            accounts.add_user(archive, name, role, None, actor())
            token = accounts.make_link(archive, name, actor())
        except DamError as error:
            return render(page(problem=str(error)), status_of(error))
        return render(page(invitation=(name, f"{origin()}/sign-in/{token}")))

    @routes.post("/users/<path:name>/role")
    @needs(Audience.ADMINISTRATOR)
    def change_role(name: str) -> AnyResponse:
        if name == actor():
            raise OwnRole("Ask another administrator to change your own role.")
        accounts.change_role(archive, name, _role(request.form.get("role", "")), actor())
        return redirect("/admin/", 303)

    return routes


def _role(word: str) -> Audience:
    for role in _ROLES:
        if role.word == word:
            return role
    raise UnknownRole("Choose one of the roles: " + ", ".join(role.word for role in _ROLES) + ".")


def _options(chosen: Audience) -> tuple[pages.Option, ...]:
    return tuple(pages.Option(role.word, role.word, chosen=role is chosen) for role in _ROLES)


def _user(user: User) -> pages.User:
    return pages.User(user.name, _options(user.role), last_seen="", active=user.active)
