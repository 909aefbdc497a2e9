"""The DuckDB projection of recorded events."""
