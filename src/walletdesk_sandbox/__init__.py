"""The outside world for demo and tests: processes of their own, with faults on demand. They know nothing of walletdesk."""
