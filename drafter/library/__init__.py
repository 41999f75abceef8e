"""Keeps past sections with their vectors and finds those that are like a query.

`library.Library` is the whole of it for callers, `shared` the same on a server (shared_rows).

    index       brings it up to date (work, lock): survey of the files (records, splitter, files)
                → layout → vectors → writing
    generation  what is on disk, written once; snapshot is how a search sees it (arrays)
    ranking     orders what is found (asking, words); alike finds near-duplicates
    ports       what is asked of an embedding engine and of a store (closing)
"""
