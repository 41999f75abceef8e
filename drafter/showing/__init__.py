"""Shows results to people: terminal, page, Word."""
