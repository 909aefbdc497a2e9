"""An engine that reviews pull requests and records every decision where an auditor can check it."""

__version__ = "0.1.0"
