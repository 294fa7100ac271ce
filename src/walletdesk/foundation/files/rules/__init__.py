"""The laws of this room: what a file really is, what it may be called, how it is handed out."""
