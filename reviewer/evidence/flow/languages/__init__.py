"""What the flow analysis knows of each family of languages."""
