"""Pages of a dataset: what each shows, and how it is drawn."""
