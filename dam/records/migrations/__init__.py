"""Migrations: how the tables came to be what they are; each is run once, in its order."""
