"""Shows results to people: terminal, page, Word.

    terminal     terminal, printable, wrapping, sentence_view, progress: what all views use;
                 facts_view, draft_view, check_view, library_view, refresh_view, merge_view,
                 rewrite_view, edit_view, export_view, doctor_view: a view a command
    JSON         json_view
    page         review_data → review_page (the folder review: style and script), served by
                 review_server
    Word         word_blocks, word_pieces → word (word_template, word_page, word_marking,
                 word_comments, word_properties)

Nothing here reads a draft or judges it: a command joins a use case with its view.
"""
