"""Measurements of the engine: one module a subject, each printing one JSON line last."""
