"""The laws of risk: rings, what an ask looks like beside its past, and which rule says what; pure."""
