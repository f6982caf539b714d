"""Full-text search over claims, documents and names: what is indexed, the index, and questions to it."""
