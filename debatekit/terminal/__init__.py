"""A quiz session and cards drawn in lines of text, safe for any terminal."""
