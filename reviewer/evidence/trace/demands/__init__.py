"""What changed types demand of code that the change may have left alone."""
