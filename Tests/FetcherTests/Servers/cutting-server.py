"""Cuts its answers in the middle. Prints PORT n; ends with standard input.

/TIMES/KIND/ANY is cut that many times. The kind says what promises that the rest belongs to the
same content: `strong` or `weak` an entity tag, `none` nothing; with `changing` the content is
another one after the cut, with `shifted` the rest begins one byte too late, and with `broken` the
server has no answer for the rest.
"""
import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

content = (bytes(range(251)) * 400)[:100_000]
requests = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        times, kind = self.path.split("/")[1:3]
        count = requests[self.path] = requests.get(self.path, 0) + 1
        tag = {"weak": 'W/"v1"', "none": None}.get(kind, '"v1"')
        if kind == "changing" and count > 1:
            tag = '"v2"'
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = 0
        if wanted and self.headers.get("If-Range") == tag:
            start = int(wanted[1])
        if wanted and kind == "broken":
            page = b"busy"
            self.send_response(503)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)
            return
        if start and kind == "shifted":
            start += 1
        rest = content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header(
                "Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if count <= int(times):
            rest = rest[:len(rest) // 2]
            self.close_connection = True
        self.wfile.write(rest)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.server_address[1], flush=True)
server.serve_forever()
