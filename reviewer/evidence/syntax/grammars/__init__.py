"""What is particular to a language: one file a family, rows for `reviewer.evidence.syntax.languages`."""
