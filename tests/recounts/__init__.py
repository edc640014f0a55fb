"""The figures of each mechanism counted again by hand, sharing no code with swm."""
