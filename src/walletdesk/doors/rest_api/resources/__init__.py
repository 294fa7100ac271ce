"""One file a resource: its endpoints, each with what it asks for, answers and refuses. No rule stands here."""
