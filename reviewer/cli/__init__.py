"""The command line: one file a command group; `app.py` holds the only catch-all."""
