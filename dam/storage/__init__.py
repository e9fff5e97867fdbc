"""Storage: bytes that are written once and never overwritten.

Keys are made by us from hashes and identifiers; nothing a user supplies becomes a path.
"""
