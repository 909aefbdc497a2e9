"""Asks a model: retries, budgets, typed answers, the tool loop."""
