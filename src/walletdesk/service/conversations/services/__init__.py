"""What can be done in a conversation: one verb a file."""
