"""Catalogue: what people write about photographs: dates, datelines, names, captions, sheets.

Pure: text in, values out; nothing is guessed in silence and nothing written is changed.
"""
