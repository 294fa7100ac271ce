"""The laws of telling: what fits into a mail's header, what follows from a mail server's answer. Pure."""
