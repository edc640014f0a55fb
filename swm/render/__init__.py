"""A value becomes bytes: Word, HTML, charts. Nothing here computes a figure or reads a clock."""
