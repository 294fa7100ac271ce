"""Both languages, side by side, where the sentence is used. Knows no room and no page."""
