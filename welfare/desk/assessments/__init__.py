"""How a list was judged, at the desk: drawn up, issued by a second person, and an erratum."""
