"""Constraints, keys and rules; what fails them, as issues and as pandera errors."""
