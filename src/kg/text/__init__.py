"""Text and what stands in it: blocks, tokens, dates and quantities, each with its characters."""
