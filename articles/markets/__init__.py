"""Pure functions over companies, prices and the words that copy has for them: no database, no request, no clock."""
