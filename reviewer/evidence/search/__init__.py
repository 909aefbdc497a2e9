"""Which files hold a word: by searching object bytes, or by an index that is kept; both give the same answer."""
