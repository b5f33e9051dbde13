"""Items to quiz forms, answer keys and sessions, the same for paper and terminal."""
