"""The laws of a conversation: which thread a message goes into, who reads it, how long a link lives. Pure."""
