"""``dam user``: who may sign in."""

import sys

import click

from dam.cli.place import open_archive, operator
from dam.rights.facts import Audience
from dam.workflows import accounts, publish, tokens
from dam.workflows.archive import Archive

_ROLES = {
    audience.word.replace(" ", "-"): audience
    for audience in Audience
    if audience is not Audience.PUBLIC
}
_ROLE = click.Choice(list(_ROLES))


@click.group("user", short_help="Say who may sign in.")
def command() -> None:
    """Say who may sign in, and as what."""


@command.command("add")
@click.argument("name")
@click.option("--role", type=_ROLE, required=True, help="What the person may do.")
@click.option("--password", "ask", is_flag=True, help="Ask for a password.")
@click.option("--password-stdin", "piped", is_flag=True, help="Read a password from the input.")
def add(name: str, role: str, *, ask: bool, piped: bool) -> None:
    """Add an account; without a password a link is printed that signs it in once."""
    if ask and piped:
        raise click.UsageError("Give --password or --password-stdin, not both.")
    archive = open_archive()
    password: str | None = None
    if piped:
        password = sys.stdin.readline().rstrip("\r\n")
    elif ask:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    user = accounts.add_user(archive, name, _ROLES[role], password, operator())
    click.echo(f"The account {user.name} may sign in as {user.role.word}.", err=True)
    if password is None:
        click.echo(sign_in_link(archive, user.name))


@command.command("list")
def list_users() -> None:
    """List the accounts with their roles."""
    for user in accounts.all_users(open_archive()):
        rest = "" if user.active else " (closed)"
        click.echo(f"{user.name}\t{user.role.word}{rest}")


@command.command("role")
@click.argument("name")
@click.argument("role", type=_ROLE)
def change_role(name: str, role: str) -> None:
    """Give an account another role; its browsers are signed out."""
    user = accounts.change_role(open_archive(), name, _ROLES[role], operator())
    click.echo(f"The account {user.name} may now sign in as {user.role.word}.")


@command.command("link")
@click.argument("name")
def link(name: str) -> None:
    """Print a link that signs an account in once, within the hour."""
    click.echo(sign_in_link(open_archive(), name))


@command.command("token")
@click.argument("name")
@click.option("--label", required=True, help="What the token is for.")
@click.option("--role", type=_ROLE, help="What it may do, if less than the account.")
@click.option("--days", type=int, help="How long it lasts; without, until it is revoked.")
def make_token(name: str, label: str, role: str | None, days: int | None) -> None:
    """Print a token by which a program acts for an account; it is shown this once."""
    archive = open_archive()
    secret, made = tokens.make(
        archive, name, label, _ROLES[role] if role else None, days, operator()
    )
    click.echo(f"Token {made.id} acts for {name} as {made.role.word}.", err=True)
    click.echo(secret)


@command.command("tokens")
@click.argument("name")
def list_tokens(name: str) -> None:
    """List the tokens of an account, with their last use."""
    for one in tokens.of_user(open_archive(), name):
        used = one.last_used_at.isoformat() if one.last_used_at else "never used"
        ended = "revoked" if one.revoked_at else used
        click.echo(f"{one.id}\t{one.label}\t{one.role.word}\t{ended}")


@command.command("revoke")
@click.argument("name")
@click.argument("token_id")
def revoke_token(name: str, token_id: str) -> None:
    """Make a token worthless from now on."""
    tokens.revoke(open_archive(), name, token_id, operator())
    click.echo(f"Token {token_id} is revoked.")


def sign_in_link(archive: Archive, name: str, origin: str | None = None) -> str:
    """Return an address that signs *name* in once, within the hour."""
    token = accounts.make_link(archive, name, operator())
    return f"{origin or publish.public_origin(archive)}/sign-in/{token}"
