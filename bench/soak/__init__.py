"""Whatever happens to what writes or serves: the old is there whole, or the new, and the next run ends."""
