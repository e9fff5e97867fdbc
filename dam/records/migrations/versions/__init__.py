"""One file for one intent; a migration that has left this house is never edited."""
