"""The outside packages, each behind a port of the core: embedding, the vector store, the chat client."""
