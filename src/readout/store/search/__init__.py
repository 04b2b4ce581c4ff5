"""The index of words: what articles and statements are found by. The only door to tantivy.

It holds nothing that could not be made again from the store, and answers with ids alone. `schema` says what is put into
it, `asking` what is asked of it, `index` where it lies and how it is kept whole.
"""
