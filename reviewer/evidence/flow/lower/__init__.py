"""Lowers syntax trees to flows: one file a family of languages."""
