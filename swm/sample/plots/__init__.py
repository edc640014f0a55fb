"""Life stories: each plot is a script of deeds for one enterprise."""
