"""Recounts of each mechanism, by hand."""
