"""Which values names stand for: source lowered to a small language of flows, and a solver for it."""
