"""Which lines hold a word: told by an index that is kept, in place of a search through git; the answers are equal."""
