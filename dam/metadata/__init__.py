"""Metadata: what files carry: EXIF, IPTC-IIM and XMP, as bytes in and values out.

Pure: no file is opened here. ``exif`` is the one door to piexif, ``xmp`` to an XML parser.
"""
