"""What runs in sippy's own thread. Nobody imports these modules but ``line``, and ``line`` only from inside that thread."""
