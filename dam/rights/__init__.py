"""Rights: what is known of a photograph, and what may therefore leave.

Pure: facts, audience, purpose and moment in, a decision out; no I/O, clock or logging.
"""
