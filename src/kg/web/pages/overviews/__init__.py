"""Pages over the dataset as a whole."""
