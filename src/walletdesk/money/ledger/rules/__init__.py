"""The laws of the books that need no database: the chart of accounts, and how a batch is laid out."""
