"""From an Article to an Annotation: names, times, statements, events, figures. Pure: never fetches, never stores.

Everything reads one token array (`tokens`), made once an article. Offsets are characters of the reading text; what a
reader is shown is found on the page again through `models.reading`.
"""
