"""The ground: what every wing stands on and what knows nobody above it."""
