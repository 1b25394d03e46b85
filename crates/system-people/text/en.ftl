# Keys begin with people-.
