"""One module a version, each with the SQL of both databases written out."""
