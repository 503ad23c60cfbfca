"""Meet the Bar: a service operation in minutes."""
