"""The laws of waiting: pure."""
