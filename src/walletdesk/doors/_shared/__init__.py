"""What every door shares: base pages, parts, style sheets, guards. No rule, no room of its own."""
