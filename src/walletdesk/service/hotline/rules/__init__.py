"""The laws of a call: pure. The words (``said``, ``gateway_words``, ``room_words``, ``commands``), the flow and its places."""
