"""A corpus: any number of invented stories, made in bulk, with the rows that the verbs write.

Story n of a seed is the same story wherever and whenever it is made.
"""
