"""Reads that change nothing: calls, the line, the desks, the record."""
