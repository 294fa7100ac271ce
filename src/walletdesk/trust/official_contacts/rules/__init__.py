"""The laws of the directory: pure."""
