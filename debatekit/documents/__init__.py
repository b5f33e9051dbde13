"""A kit made into documents: chosen, ordered and numbered data, not yet drawn."""
