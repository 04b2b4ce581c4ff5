"""Pure helpers on words and markup. Nothing here knows an article, a store or a setting."""
