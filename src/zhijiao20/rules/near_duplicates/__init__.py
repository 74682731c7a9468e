"""Detection of near-duplicate texts of different units."""
