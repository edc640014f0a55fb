"""What the ledger adds up to, as frozen values over the facts; nothing here is drawn or stored."""
