"""The laws of limits: pure. Time, zone and figures come in as arguments."""
