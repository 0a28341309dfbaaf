"""Runs a server program on free ports of loopback, and lets it not outlive its standard input.

    serve.py PORTS FOLDER PROGRAM ARGUMENT...

@PORT1@, @PORT2@ ... and @FOLDER@ in the arguments, and in every file of the folder whose name ends
in .in, become the ports and the folder. Prints PORT n ... once all of them accept.
"""
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time

count, folder, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def free_ports():
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


def filled(text, ports):
    for number, port in enumerate(ports, 1):
        text = text.replace(f"@PORT{number}@", str(port))
    return text.replace("@FOLDER@", folder)


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def start(ports):
    for name in os.listdir(folder):
        if name.endswith(".in"):
            text = open(os.path.join(folder, name)).read()
            open(os.path.join(folder, name[:-3]), "w").write(filled(text, ports))
    libc = ctypes.CDLL(None)
    child = subprocess.Popen(
        [filled(word, ports) for word in command], stdin=subprocess.DEVNULL,
        stdout=sys.stderr, preexec_fn=lambda: libc.prctl(DEATH_SIGNAL, signal.SIGKILL))
    while child.poll() is None:
        if all(accepts(port) for port in ports):
            return child
        time.sleep(0.02)
    return None


# A port that was free a moment ago may be taken now: then the program ends, and others are tried.
for attempt in range(5):
    ports = free_ports()
    child = start(ports)
    if child:
        break
else:
    sys.exit(f"{command[0]} does not start")


def end_with_input():
    sys.stdin.read()
    child.kill()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
print("PORT", *ports, flush=True)
child.wait()
