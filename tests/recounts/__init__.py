"""Recounts of single mechanisms, by hand and without swm."""
