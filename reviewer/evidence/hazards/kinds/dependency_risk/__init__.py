"""Manifests and lock files: what is depended on, from where, and how firmly it is held."""
