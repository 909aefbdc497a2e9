"""One file a kind of fault."""
