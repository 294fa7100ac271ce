"""What the rooms answer, as the till's pages read it. Nothing is written here."""
