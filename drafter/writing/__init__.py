"""Turns facts and past sections into a draft, and follows a draft when its notes or its words change.

Along the way that a draft goes:

    what is written     head, periods · outline (topics, topic_outline, assigning, headings) and
                        its file (outline_file)
    from what           material · frames (telling: this year's bullets as clauses), placing,
                        rates · borrowing: what of a past section may be carried over ·
                        comparing (derived): set beside last year's · questions: what is missing
    composed            drafting → compose: sentences (formal), otherwise, lending
    by a model          model_writer: prompts, blanking, masking, offers → answer, form →
                        objections (references, places, binding, declared, loans) →
                        finished; what leaves stands in the outbox
    saved               paths, saving, keeping (the notes as they were), indicators (appendix)

And after that; all change a draft by edits of its source, and the rest keeps its bytes:

    refreshing          the notes have changed: old_notes, rematching, requantities →
                        refresh_work: reprinting, rewording, turning, doubting, filling, answering;
                        restoring: doubts that have become untrue
    merging             the Word file was edited: merge_units, merge_groups; linking: numbers
                        that were typed, tied to facts (for rewriting too)
    rewriting           one section anew: rewriting_presets, rewriting_choices, rewriting_model,
                        rewriting_compared → rewriting_rows (differences), rewriting_links

`words` cuts Chinese and holds the word lists; `ports` is what is asked of a model.
"""
