"""The verbs of identity, one a file."""
