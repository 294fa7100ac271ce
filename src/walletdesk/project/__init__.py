"""The fuse box: settings, addresses, ports joined to adapters, processes."""
