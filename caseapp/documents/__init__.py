"""Paper: HTML in, tagged PDF bytes out; fetches nothing but our own static files."""
