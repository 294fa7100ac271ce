"""A browser's push service to practise on, and the browser behind it: it opens what was sealed for it and shows what it read.

    POST   /subscriptions        {"key": base64url}: a browser subscribes; {"endpoint", "p256dh", "auth"}
    DELETE /subscriptions/{id}   the browser takes its leave; from then on 410
    POST   /push/{id}            RFC 8030; sealed by RFC 8291 (aes128gcm), signed by RFC 8292 (VAPID) under that key
    GET    /received             what the browsers read, the latest last
    GET    /faults, POST, DELETE what goes wrong on purpose
    GET    /health

Written after the RFCs alone, so that it does not share a mistake with a library. Everything is forgotten when it ends.
Run it with ``python -m walletdesk_sandbox.push --port 8023``.
"""
