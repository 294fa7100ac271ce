"""The engine's own process."""

from walletdesk.adapters.telephony.media.clockwork import main

main()
