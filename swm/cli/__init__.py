"""The command line: parse, call one verb, show. It decides nothing."""
