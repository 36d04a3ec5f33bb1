"""What is known of markets without asking anybody: tickers, names in copy, sessions, money. Pure functions."""
