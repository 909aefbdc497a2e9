"""Callers that take the result of a function as it was before the change."""
