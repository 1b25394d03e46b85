# Keys begin with account-.
