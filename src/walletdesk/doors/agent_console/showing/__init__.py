"""What the rooms answer, as the desk's pages read it. Words, shapes and order are decided here; nothing is written."""
