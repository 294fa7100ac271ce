"""``python -m walletdesk.client``: the command line of the client."""

import sys

from walletdesk.client.command.run import main

if __name__ == "__main__":
    sys.exit(main())
