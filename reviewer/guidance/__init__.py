"""House rules: versioned markdown, loaded from the base commit, selected by path."""
