"""Reads that change nothing, by subject."""
