"""Events: their canonical bytes, their ids, and how they are appended."""
