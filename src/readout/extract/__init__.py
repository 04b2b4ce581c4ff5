"""From a Page to the Articles on it. Pure: never fetches, never stores."""
