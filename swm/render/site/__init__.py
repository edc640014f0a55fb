"""The offline site: values in, the bytes of every page out."""
