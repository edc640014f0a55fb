"""The figures of each mechanism, counted again by hand."""
