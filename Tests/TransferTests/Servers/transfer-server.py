"""A web server that misbehaves on request. Prints PORT n; ends when standard input does."""
import hashlib
import json
import os
import socket
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def pattern(count):
    return (bytes(range(251)) * (count // 251 + 1))[:count]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass  # The client has seen enough.

    def handle_any(self):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        n = int(query.get("n", "0"))
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if url.path == "/bytes":
            content, wanted = pattern(n), self.headers.get("Range")
            if wanted:
                start = int(wanted.split("=")[1].split("-")[0])
                where = ("Content-Range", f"bytes {start}-{n - 1}/{n}")
                self.answer(content[start:], 206, [where, ("ETag", '"v1"')])
            else:
                self.answer(content, 200, [("ETag", '"v1"'), ("X-Twice", "a"), ("X-Twice", "b")])
        elif url.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, n, 1000):
                piece = pattern(n)[start:start + 1000]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif url.path == "/redirect":
            target = f"/redirect?n={n - 1}" if n > 1 else "/bytes?n=10"
            self.answer(b"moved", 302, [("Location", target)])
        elif url.path == "/leave":
            self.answer(b"moved", 302, [("Location", query["to"])])
        elif url.path == "/status":
            self.answer(b"status", int(query["code"]))
        elif url.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", str(n))
            self.end_headers()
            self.wfile.write(pattern(n // 2))
            self.wfile.flush()
            self.close_connection = True
        elif url.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"0123456789")
            self.wfile.flush()
            time.sleep(30)
        elif url.path == "/silent":
            time.sleep(30)
        elif url.path == "/endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(bytes(1 << 16))
        elif url.path == "/second":
            self.send_response(200)
            self.send_header("Content-Length", str(n))
            self.end_headers()
            for _ in range(n):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(1)
        elif url.path == "/drip":
            self.send_response(200)
            self.end_headers()
            for _ in range(300):
                self.wfile.write(b".")
                self.wfile.flush()
                time.sleep(0.1)
        elif url.path == "/headers":
            self.send_response(200)
            for number in range(20000):
                self.send_header(f"X-{number}", "y" * 100)
            self.end_headers()
        else:
            seen = {
                "method": self.command, "path": self.path, "length": length,
                "sha256": hashlib.sha256(body).hexdigest(),
                "headers": {name.lower(): value for name, value in self.headers.items()},
            }
            self.answer(json.dumps(seen).encode())

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_LIST = handle_any


class Server6(ThreadingHTTPServer):
    address_family = socket.AF_INET6


if sys.argv[1:] == ["--ipv6"]:
    server = Server6(("::1", 0), Handler)
else:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.server_address[1], flush=True)
server.serve_forever()
