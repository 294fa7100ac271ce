"""The media engine as its parties meet it: real sockets on loopback, tones, loss."""
