"""The command line: it translates words into calls of workflows and their answers into words.

One file is one command. It decides nothing, and never shows a stack unless asked with --debug.
"""

from dam.cli.program import main

__all__ = ["main"]
