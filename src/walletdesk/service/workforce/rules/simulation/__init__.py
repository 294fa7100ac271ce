"""Callers and agents in a made-up day, event by event; the same seed makes the same day."""
