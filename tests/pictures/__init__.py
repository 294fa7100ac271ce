"""Every page of the demo as a picture, to be looked at: ``bin/shots``."""
