"""The outside world behind the rooms' ports."""
