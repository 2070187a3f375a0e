"""One module a platform, each written from the platform's documents and never from our adapters."""
