"""The laws of this room: what a fact is, how it is written down, when a failed delivery is tried again."""
