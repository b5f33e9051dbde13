"""What an author writes: read, decoded, checked and proved, with its positions."""
