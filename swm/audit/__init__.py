"""What proves a ledger and its reports: anchors, issued months, files compared with their commit."""
