"""Stand-ins for the drawing process, to see what it is given and how it is ended."""
