"""The order of the stages; the only importer of langgraph."""
