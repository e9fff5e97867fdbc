"""Records: rows. The only place where SQLAlchemy is used.

Reads that leave this floor return frozen values of the core; nothing here decides.
"""
