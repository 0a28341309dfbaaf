#!/usr/bin/env python3
"""Runs a command whose standard input gives the bytes of a file and then fails with EIO.

    failing-input.py FILE COMMAND [WORD...]

The input is a terminal whose other side is closed behind the bytes, which Linux reports as an
input/output error as a broken disk would be. Ends as the command does.
"""
import os
import pty
import subprocess
import sys
import tty

ours, theirs = pty.openpty()
tty.setraw(theirs)
command = subprocess.Popen(sys.argv[2:], stdin=ours)
os.close(ours)
with open(sys.argv[1], "rb") as file:
    while data := file.read(4096):
        while data:
            data = data[os.write(theirs, data):]
os.close(theirs)
sys.exit(command.wait())
