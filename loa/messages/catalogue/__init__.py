"""Code → sentence, one module an area of codes."""
