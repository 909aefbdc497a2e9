"""GitHub Actions: workflows and actions that hand others more than they should."""
