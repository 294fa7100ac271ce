"""One file per claim, each with its baseline in the same run."""
