"""swm: the ledger of 散乱污 enterprises that a town can stand behind."""

__version__ = "0.1.0"
