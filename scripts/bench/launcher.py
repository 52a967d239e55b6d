"""Starts commands for `sides.py`, one per line read: their time from start to exit, and their memory.

A process counts the memory of the one that started it as its own before its program is loaded, so
that this one is as small as Python can be: `python -I -S launcher.py`.
"""
import os
import sys
import time

for line in sys.stdin:
    command = line.rstrip("\n").split("\0")
    read, write = os.pipe()
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, write, 1)])
    os.close(write)
    output = b""
    while piece := os.read(read, 65_536):
        output += piece
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    os.close(read)
    text = output.decode().replace("\n", " ")
    print(os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss * 1024, text, flush=True)
