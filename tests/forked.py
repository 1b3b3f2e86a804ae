"""The program, imported once: each run is a fork of this process, so that it starts at once. See ``tests.program``."""

import atexit
import gc
import json
import os
import pkgutil
import socket
import sys
from importlib import import_module
from pathlib import Path

REQUEST = 65536
"""The most bytes that a request takes."""


def serve(asked: socket.socket) -> None:
    """Run the program for each request, in a child; answer with how it ended. Returns in every child, ready to run."""
    while True:
        request, streams, _, _ = socket.recv_fds(asked, REQUEST, 3)
        if not request:
            sys.exit()
        child = os.fork()
        if not child:
            asked.close()
            become(json.loads(request), streams)
            return
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        asked.send(str(os.waitstatus_to_exitcode(status)).encode())


def become(request: dict[str, object], streams: list[int]) -> None:
    """Take over what a process gets from the one that starts it."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(str(request["cwd"]))
    os.environ.clear()
    os.environ.update(request["environment"])  # type: ignore[call-overload]
    arguments = request["arguments"]
    assert isinstance(arguments, list)
    sys.argv[1:] = arguments
    sys.orig_argv[1:] = ["-m", "readiness", *arguments]


if __name__ == "__main__":
    listening = socket.socket(fileno=int(sys.argv[1]))
    root = Path(__file__).parent.parent
    sys.argv = [str(root / "readiness" / "__main__.py")]  # before ours are imported: they ask how we were started
    sys.orig_argv = [sys.executable, "-m", "readiness"]
    for module in pkgutil.walk_packages([str(root / "readiness")], "readiness."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("docx", "icalendar", "openpyxl", "pptx", "pypdf", "rich.table", "typer._adapters", "xlsxwriter"):
        import_module(name)  # late imports of ours, and of typer
    from readiness.cli.main import main
    from readiness.document.engine import weasyprint

    weasyprint()

    gc.disable()  # as the program does when it starts
    gc.freeze()
    serve(listening)
    try:
        main()
    except SystemExit as ended:
        atexit._run_exitfuncs()  # noqa: SLF001 — an exit without taking down what is imported, which is slow
        os._exit(int(ended.code or 0))
