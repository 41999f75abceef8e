"""The outside packages, each behind a port of the core: embedding, the vector store, the chat client.

    chroma      the store
    embedding   embedding_bundled, embedding_local, embedding_endpoint (embedding_prefixes)
    the model   chat: endpoint → guarded (the way out) → structured → answers
    fonts       which fonts this machine has

`wiring` alone knows them.
"""
