"""Serves the files of a folder and remembers every request. Prints PORT n; ends when standard
input does.

In the query: rate=N bytes a second, cut=N ends the connection after N bytes, nolength leaves the
length out, notag the ETag, length=N claims a wrong one to HEAD. /log answers with the requests so
far, as JSON.
"""
import hashlib
import json
import os
import sys
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

folder = sys.argv[1]
log = []
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_any(self):
        url = urlsplit(self.path)
        query = {name: values[0]
                 for name, values in parse_qs(url.query, keep_blank_values=True).items()}
        if url.path == "/log":
            with lock:
                return self.answer(200, json.dumps(log).encode())
        with lock:
            log.append(f"{self.command} {url.path}")
        path = os.path.join(folder, url.path.lstrip("/"))
        if not os.path.isfile(path):
            return self.answer(404, b"<html>no such file</html>")
        with open(path, "rb") as file:
            body = file.read()
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        headers = [] if "notag" in query else [("ETag", tag)]
        headers.append(("Last-Modified", formatdate(os.path.getmtime(path), usegmt=True)))
        wanted = self.headers.get("If-None-Match")
        if wanted and wanted == tag and "notag" not in query:
            self.send_response(304)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            return None
        self.send_response(200)
        for name, value in headers:
            self.send_header(name, value)
        if "nolength" in query:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            claimed = query.get("length", len(body)) if self.command == "HEAD" else len(body)
            self.send_header("Content-Length", str(claimed))
        self.end_headers()
        if self.command == "HEAD":
            return None
        if "cut" in query:
            body = body[:int(query["cut"])]
            self.close_connection = True
        rate = int(query.get("rate", "0"))
        step = max(1, rate // 20) if rate else 1 << 18
        for start in range(0, len(body), step):
            self.wfile.write(body[start:start + step])
            if rate:
                time.sleep(step / rate)
        return None

    do_GET = do_HEAD = handle_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
server.request_queue_size = 256
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.server_address[1], flush=True)
server.serve_forever()
