"""The laws of this repository that no ready-made tool knows; run by ``bin/check``."""
