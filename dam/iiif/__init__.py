"""IIIF: the words of the protocol as values, and the values as the JSON of the protocol.

Pure: no I/O, clock, random or logging. ``presentation`` is the one door to iiif_prezi3.
"""
