"""The outside packages, each behind a port of the core: embedding engines, the vector store, the chat client."""
