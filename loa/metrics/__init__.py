"""The figures of the book in the text format of Prometheus."""
