"""The stages of a review; each knows the nouns and its tools, and no other stage."""
