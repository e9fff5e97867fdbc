"""Imaging: pixels. The only place where libvips and Pillow are used.

It knows nothing of rights, rows or HTTP; it draws what a plan says from the pack it is given.
"""
