"""Tells what a name means: modules, imports, members, packages."""
