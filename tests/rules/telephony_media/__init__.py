"""The media engine's laws, without a socket and without a clock."""
