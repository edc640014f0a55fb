"""Timings, as ratios against what the machine itself takes; never inside a test."""
