"""How a photograph may be used, in one sentence for a person who is no lawyer."""

from collections.abc import Mapping
from types import MappingProxyType

RIGHTS_STATEMENT_USES: Mapping[str, str] = MappingProxyType(
    {
        "InC": "It is in copyright: to use it, ask the rights holder.",
        "InC-OW-EU": (
            "It is in copyright and its rights holder could not be found; it is shown as an "
            "orphan work of the European Union, and other uses need permission."
        ),
        "InC-EDU": (
            "It is in copyright: you may use it in teaching; for anything else ask the rights "
            "holder."
        ),
        "InC-NC": (
            "It is in copyright: you may use it where nothing is sold; for anything else ask the "
            "rights holder."
        ),
        "InC-RUU": (
            "It is in copyright and its rights holder is unknown or cannot be found: whoever uses "
            "it does so at their own risk."
        ),
        "NoC-CR": (
            "No copyright holds it, but a contract limits its use: ask the archive what it allows."
        ),
        "NoC-NC": (
            "No copyright holds it, but a contract allows only uses that are not commercial."
        ),
        "NoC-OKLR": (
            "No copyright holds it, but another law limits its use: ask the archive which."
        ),
        "NoC-US": (
            "No copyright holds it in the United States; elsewhere it may, and you have to find "
            "out."
        ),
        "CNE": "Nobody has examined its copyright yet: ask the archive before you use it.",
        "UND": (
            "Its copyright was examined without a result: whoever uses it does so at their own "
            "risk."
        ),
        "NKC": (
            "The archive knows of no copyright in it, and cannot promise that there is none: "
            "whoever uses it does so at their own risk."
        ),
    }
)


def licence_use(code: str) -> str:
    """What a Creative Commons licence such as ``by-nc-sa`` allows, and on which conditions."""
    parts = code.split("-")
    what = "share it unchanged" if "nd" in parts else "share and adapt it"
    purpose = " for purposes that are not commercial" if "nc" in parts else ", also commercially"
    conditions = "name the photographer and the licence"
    if "sa" in parts:
        conditions += " and give what you make of it the same licence"
    return f"You may {what}{purpose}, if you {conditions}."


def public_domain_use(code: str) -> str:
    """What CC0 or the Public Domain Mark allows."""
    why = {
        "CC0": "Its rights holder has given up all rights",
        "PDM": "No copyright in it is known anywhere",
    }[code]
    return f"{why}: you may use it for anything, and a credit is welcome."
