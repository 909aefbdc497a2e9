"""Migrations of a database: what stops it, loses data, or cannot be taken back."""
