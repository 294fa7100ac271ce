"""Reads of verification."""
