"""Parses files: definitions, occurrences, calls and imports; one grammar a row."""
