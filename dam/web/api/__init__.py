"""The REST API: every operation is one row, from which both its route and its document come.

A door like the pages: it translates JSON and HTTP and decides nothing. A new operation is a
function and a row in the module of its noun, listed in ``operations``.
"""
