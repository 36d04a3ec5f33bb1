"""Whom copy names: the names of companies and people in memory, and what the desk has decided about them."""
