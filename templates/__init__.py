"""The HTML templates and style sheets of the handouts: only here lives their look."""
