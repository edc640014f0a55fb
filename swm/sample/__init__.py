"""The played-out township: invented firms, made through the domain's own verbs."""
