"""A photo archive that serves IIIF."""

__version__ = "0.1.0"
