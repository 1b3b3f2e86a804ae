"""Find out how ready a mental health service is to bring in Peer Workers, and plan what to do next."""

__version__ = "0.1.0"
