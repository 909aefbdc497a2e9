"""How the places of each kind of name look: one file a kind."""
