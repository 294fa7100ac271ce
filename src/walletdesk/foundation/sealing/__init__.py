"""Secrets that must be read again lie sealed, under the key in force or one before it. Refuses to know what they are for."""
