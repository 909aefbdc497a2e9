"""Asks the code: git objects at a pinned commit, syntax, search, traces."""
