"""Limit of the memory that a process may take, where the system has one."""

import contextlib


def limit_memory(most: int) -> None:
    """Let this process take ``most`` bytes from now on; what asks for more gets a MemoryError."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
