"""Reads of the directory and of known fakes."""
