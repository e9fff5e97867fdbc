"""Workflows: one verb, one file. Read rows, decide purely, write or stream.

A workflow opens exactly one transaction; what must happen afterwards is a job row in it.
"""
