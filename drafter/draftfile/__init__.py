"""The draft file: CommonMark whose numbers are links to their sources."""
