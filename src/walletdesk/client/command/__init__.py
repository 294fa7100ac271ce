"""The command ``walletdesk-client``: every verb of the API from a shell, made from the same descriptions as the client."""
