"""From a story's annotations to a Comparison: which matters more than one party speaks of, and how accounts relate.

Pure, and without a language model: `sides` gathers speakers into parties, `align` finds statements about one matter,
`relate` says from typed evidence whether they agree, differ or contradict, and `comparison` puts it together.
"""
