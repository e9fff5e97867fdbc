"""The process that runs jobs: one after the other, in no web worker, until it is told to stop.

A job is a row; what it does is a workflow. Here are only the loop and the ways to end it.
"""
