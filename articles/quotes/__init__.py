"""What others say that listings trade at: asking providers, refusing what cannot be, keeping the rest."""
