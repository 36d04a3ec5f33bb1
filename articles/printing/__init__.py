"""From rows to what readers may hold: frozen records, and the fragments that a release renders once."""
