"""`python -m reviewer` is the `reviewer` command."""

from reviewer.cli.app import main

main()
