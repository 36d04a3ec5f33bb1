"""Pure functions over text: no database, no request, no clock.

Everything a person types, pastes or sends passes through this package before it is stored, so the
rest of the house may trust what it reads.
"""
