"""A proxy whose every CONNECT, whatever host it names, leads to one port of 127.0.0.1.

So a program can be made to meet a local server under any registry's name. Prints PORT n; ends
when standard input does.
"""
import os
import socket
import sys
import threading

target = int(sys.argv[1])


def pump(source, sink):
    try:
        while chunk := source.recv(65536):
            sink.sendall(chunk)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    head = b""
    while b"\r\n\r\n" not in head:
        chunk = client.recv(4096)
        if not chunk:
            return client.close()
        head += chunk
    if not head.startswith(b"CONNECT "):
        client.sendall(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
        return client.close()
    server = socket.create_connection(("127.0.0.1", target))
    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)


def accept(listener):
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0), backlog=64)
print(f"PORT {listener.getsockname()[1]}", flush=True)
threading.Thread(target=accept, args=(listener,), daemon=True).start()
sys.stdin.buffer.read()
os._exit(0)
