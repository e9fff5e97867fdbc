"""Accounts and tokens, for administrators."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from dam.records.tokens import Token
from dam.records.users import User
from dam.rights.facts import Audience
from dam.web.admin import OwnRole
from dam.web.api.operation import Body, Call, Operation, Reply
from dam.web.api.shapes import Name, Shape
from dam.workflows import accounts, tokens


class Role(StrEnum):
    """The roles that accounts and tokens may have."""

    RESEARCHER = "researcher"
    STAFF = "staff"
    EDITOR = "editor"
    RIGHTS_MANAGER = "rights manager"
    ADMINISTRATOR = "administrator"

    @property
    def audience(self) -> Audience:
        """The audience that it is."""
        return Audience[self.name]


class UserShape(Shape):
    """An account."""

    name: str
    role: Role
    active: bool


class UserList(Shape):
    """Every account by name."""

    users: list[UserShape]


class NewUser(Shape):
    """A new account."""

    name: Name
    role: Role


class Invited(Shape):
    """A new account, and the address that signs it in once."""

    user: UserShape
    sign_in: str


class InRole(Shape):
    """The role that an account is given."""

    role: Role


class NewToken(Shape):
    """What a token is for, how much it may do, and how many days it lasts."""

    label: Name
    role: Role | None = None
    days: Annotated[int, Field(ge=1, le=3660)] | None = None


class TokenShape(Shape):
    """A token without its secret."""

    id: str
    label: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class TokenList(Shape):
    """The tokens of an account, newest first."""

    tokens: list[TokenShape]


class TokenMade(Shape):
    """A new token; its secret is told this once."""

    token: TokenShape
    secret: str


def list_users(call: Call) -> Reply:
    """Answer every account."""
    shapes = [_user(one) for one in accounts.all_users(call.archive)]
    return Reply(UserList.model_construct(users=shapes))


def _user(one: User) -> UserShape:
    return UserShape.model_construct(name=one.name, role=Role[one.role.name], active=one.active)


def add_user(call: Call) -> Reply:
    """Add an account, with a link that signs it in once."""
    new = call.taken(NewUser)
    made = accounts.add_user(call.archive, new.name, new.role.audience, None, call.by)
    link = accounts.make_link(call.archive, made.name, call.by)
    address = f"{call.origin}/sign-in/{link}"
    return Reply(Invited.model_construct(user=_user(made), sign_in=address))


def change_role(call: Call) -> Reply:
    """Give an account another role."""
    name, role = call.word("name"), call.taken(InRole).role
    if name == call.by:
        raise OwnRole("Ask another administrator to change your own role.")
    return Reply(_user(accounts.change_role(call.archive, name, role.audience, call.by)))


def list_tokens(call: Call) -> Reply:
    """Answer the tokens of an account, without their secrets."""
    shapes = [_token(one) for one in tokens.of_user(call.archive, call.word("name"))]
    return Reply(TokenList.model_construct(tokens=shapes))


def _token(one: Token) -> TokenShape:
    told = {name: getattr(one, name) for name in TokenShape.model_fields}
    return TokenShape.model_construct(**told | {"role": Role[one.role.name]})


def make_token(call: Call) -> Reply:
    """Make a token for an account."""
    new = call.taken(NewToken)
    role = new.role.audience if new.role else None
    secret, made = tokens.make(call.archive, call.word("name"), new.label, role, new.days, call.by)
    return Reply(TokenMade.model_construct(token=_token(made), secret=secret))


def revoke_token(call: Call) -> Reply:
    """Make a token worthless."""
    tokens.revoke(call.archive, call.word("name"), call.word("token_id"), call.by)
    return Reply()


_ADMIN, _TOKENS = Audience.ADMINISTRATOR, "/users/{name}/tokens"
OPERATIONS = (
    Operation("listUsers", "GET", "/users", "List every account", _ADMIN, list_users, UserList),
    Operation(
        "addUser",
        "POST",
        "/users",
        "Add an account, with an address that signs it in once",
        _ADMIN,
        add_user,
        Invited,
        status=201,
        body=Body.JSON,
        takes=NewUser,
    ),
    Operation(
        "changeRole",
        "PUT",
        "/users/{name}/role",
        "Give an account another role; its browsers are signed out",
        _ADMIN,
        change_role,
        UserShape,
        body=Body.JSON,
        takes=InRole,
    ),
    Operation(
        "listTokens",
        "GET",
        _TOKENS,
        "List the tokens of an account, without their secrets",
        _ADMIN,
        list_tokens,
        TokenList,
    ),
    Operation(
        "makeToken",
        "POST",
        _TOKENS,
        "Make a token for an account; its secret is told this once",
        _ADMIN,
        make_token,
        TokenMade,
        status=201,
        body=Body.JSON,
        takes=NewToken,
    ),
    Operation(
        "revokeToken",
        "DELETE",
        f"{_TOKENS}/{{token_id}}",
        "Revoke a token",
        _ADMIN,
        revoke_token,
        status=204,
    ),
)
