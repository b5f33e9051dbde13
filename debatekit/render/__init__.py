"""Documents to HTML and HTML to PDF; the only stage that knows how things look."""
