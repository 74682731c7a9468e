"""Nearly identical texts of different units."""
