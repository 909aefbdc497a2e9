"""Fakes and builders, shipped so that tests and evals share them."""
