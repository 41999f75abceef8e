"""The use cases: what each command does, from values to values. Read these modules first.

    drafting   take_notes → outline → draft: notes sorted into sections, written, traced, saved
    checking   check: every number of a draft traced anew

They are two so that a check loads nothing of the writer. Indexing and searching are
the library's own calls (`library.Library`). Engines come in as parameters; `wiring`
builds them.
"""
