"""What must not leave or hide: secrets and hidden characters."""
