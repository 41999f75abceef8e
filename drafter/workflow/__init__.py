"""The use cases: what each command does, from values to values. Read these modules first.

    drafting     notes sorted into sections, written, traced, saved
    checking     every number traced anew (passages: past sections that labels name;
                 first_seen: decisions written by hand)
    reviewing    all that a person sees before signing (review_items, review_sources);
                 deciding keeps what they decided
    rewriting    one section, step by step: rewriting_stock → rewriting_asking →
                 rewriting_state, rewriting_numbers → rewriting_section, rewriting_journal
    refreshing   the draft follows its changed notes
    exporting    checked, then out as Word (appendix); finalizing records what it was made of
    merging      what was edited in Word comes back

A check loads nothing of the writer. Indexing and searching are the library's own calls
(`library.Library`). Engines come in as parameters; `wiring` builds them.
"""
