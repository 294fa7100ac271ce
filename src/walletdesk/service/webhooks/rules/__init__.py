"""The laws of this room: which events there are, how they are signed, when they are tried again."""
