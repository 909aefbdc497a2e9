"""Lowers Go; names of a package are left to the rules of the language: any of its files may bind them."""

from reviewer.evidence.flow.lower.go.declarations import lower_module

__all__ = ["lower_module"]
