"""DC/OS Secrets API v1 and Vault KV v1 and v2, as far as a client can tell, with their faults.

The path of a secret chooses the fault. Prints PORT n; ends when standard input does. Arguments:
tls=CERTIFICATE,KEY serves TLS; public=FILE is the key of the service account "robot".
GET /seen gives the requests as "METHOD PATH" lines.
"""
import base64
import json
import os
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

options = dict(each.split("=", 1) for each in sys.argv[1:])
lock = threading.Lock()
seen, counts = [], Counter()
large = "x" * (2 << 20)
dcos = {
    "pull": b'{"auths":{}}', "group/pull": b"in a group", "with blank/\u00e4 b": b"odd",
    "binary": bytes(range(256)), "large": large.encode(),
    "hdfs/__dcos_base64__key": base64.b64encode(b"\x00\x01raw"),
}
kv1 = {"pull": {"value": '{"auths":{}}'}, "two": {"a": "1", "b": "2"}, "none": {}}
old = {1: {"value": "first"}, 2: None}
kv2 = {
    "pull": {"value": '{"auths":{}}'}, "two": {"a": "1", "b": "2"}, "group/x": {"v": "x"},
    "large": {"value": large}, "number": {"value": 5},
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", kind="application/json", headers=()):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def fault(self, name, errors):
        """The faults that both stores share; True when one was answered."""
        with lock:
            counts[name] += 1
            count = counts[name]
        if name.startswith("flaky/") and count <= int(name.split("/")[1]):
            self.answer(503, errors)
        elif name.startswith("limited") and count == 1:
            self.answer(429, {"errors": []}, headers=[("Retry-After", "1")])
        elif name.startswith("replicating") and count == 1:
            self.answer(412, {"errors": []})
        elif name == "down":
            self.answer(503, errors)
        elif name == "broken":
            self.answer(500, b"<html>", "text/html")
        elif name == "html":
            self.answer(200, b"<html>", "text/html")
        elif name == "moved":
            self.answer(307, headers=[("Location", "http://127.0.0.1:1/")])
        elif name == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.flush()
            time.sleep(30)
        elif name == "cut" or (name == "cut-once" and count == 1):
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b'{"value": "hun')
            self.close_connection = True
        else:
            return False
        return True

    def handle_any(self):
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if url.path == "/seen":
            return self.answer(200, "\n".join(seen).encode(), "text/plain")
        with lock:
            seen.append(f"{self.command} {self.path}")
        if url.path == "/acs/api/v1/auth/login":
            login = json.loads(body)
            if login.get("uid") == "robot":
                good = set(login) == {"uid", "token"} and self.proves(login["token"])
                return self.answer(200, {"token": "fresh"}) if good else self.answer(401)
            if login == {"uid": "me", "password": 'hunter2"\\'}:
                return self.answer(200, {"token": "fresh"})
            return self.answer(401, {"title": "Unauthorized"})
        if url.path.startswith("/secrets/v1/"):
            return self.dcos(unquote(url.path[len("/secrets/v1/"):]), url.query, body)
        if url.path.startswith("/v1/"):
            return self.vault(unquote(url.path[len("/v1/"):]), url.query, body)
        self.answer(404)

    def proves(self, token):
        """Whether a JWT is signed with the account's key and good for some minutes."""
        def decoded(part):
            return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        header, claims, signature = token.split(".")
        if json.loads(decoded(header)) != {"alg": "RS256", "typ": "JWT"} or "=" in token:
            return False
        claims_ = json.loads(decoded(claims))
        if claims_["uid"] != "robot" or not 0 < claims_["exp"] - time.time() <= 600:
            return False
        with tempfile.NamedTemporaryFile() as file:
            file.write(decoded(signature))
            file.flush()
            return subprocess.run(
                ["openssl", "dgst", "-sha256", "-verify", options["public"], "-signature",
                 file.name], input=f"{header}.{claims}".encode(), capture_output=True,
            ).returncode == 0

    def dcos(self, path, query, body):
        if self.headers.get("Authorization") not in ("token=good", "token=fresh"):
            return self.answer(401)
        if path == "seal-status/default":
            return self.answer(200, {"sealed": counts["down"] > 0})
        name = path[len("secret/default/"):]
        if self.fault(name, {}):
            return None
        if name.startswith("flaky/"):
            return self.answer(200, {"value": "at last"})
        if name.startswith("forbidden"):
            return self.answer(403)
        if name == "cut-once":
            return self.answer(200, {"value": "whole"})
        if query == "list=true":
            folder = name.rstrip("/") + "/" if name else ""
            found = [each[len(folder):] for each in dcos if each.startswith(folder)]
            return self.answer(200, {"array": found})
        if self.command == "PUT" and name in dcos:
            return self.answer(409)
        if self.command in ("PUT", "PATCH"):
            is_text = self.headers["Content-Type"] == "application/json"
            dcos[name] = json.loads(body)["value"].encode() if is_text else body
            return self.answer(201 if self.command == "PUT" else 204)
        if name not in dcos:
            return self.answer(404)
        if self.command == "DELETE":
            del dcos[name]
            return self.answer(204)
        try:
            text = dcos[name].decode()
        except UnicodeDecodeError:
            if self.headers.get("Accept") not in (None, "application/octet-stream"):
                return self.answer(400)
            return self.answer(200, dcos[name], "application/octet-stream")
        self.answer(200, {"value": text, "author": "someone", "labels": []})

    def vault(self, path, query, body):
        if self.headers.get("X-Vault-Request") != "true":
            return self.answer(412, {"errors": ["header missing"]})
        token = self.headers.get("X-Vault-Token")
        if token == "expired":
            return self.answer(403, {"errors": ["permission denied", "invalid token"]})
        if token != "good":
            return self.answer(403, {"errors": ["permission denied"]})
        if path.startswith("sealed/") or path.endswith("mounts/sealed"):
            return self.answer(503, {"errors": ["Vault is sealed"]})
        question = "sys/internal/ui/mounts/"
        if path.startswith(question):
            mount = path[len(question):]
            if mount == "team/kv" and self.headers.get("X-Vault-Namespace") != "team-a":
                return self.answer(403, {"errors": ["preflight capability check returned 403"]})
            options = {"kv1": None, "kv2": {"version": "2"}, "team/kv": {"version": "2"}}
            if mount == "database":
                return self.answer(200, {"data": {"type": "database", "options": None}})
            if mount not in options:
                return self.answer(404, {"errors": ["no handler for route"]})
            return self.answer(
                200, {"data": {"type": "kv", "path": mount + "/", "options": options[mount]}})
        for mount, store, is_second in (
                ("kv1/", kv1, False), ("old1/", kv1, False), ("kv2/", kv2, True),
                ("old2/", kv2, True), ("team/kv/", kv2, True)):
            if path.startswith(mount):
                return self.kv(path[len(mount):], query, body, store, is_second)
        self.answer(404, {"errors": []})

    def kv(self, path, query, body, store, is_second):
        name = path
        if is_second:
            part, _, name = path.partition("/")
            if part not in ("data", "metadata"):
                return self.answer(404, {"errors": ["invalid path for a versioned K/V engine"]})
        if self.fault(name, {"errors": ["try again"]}):
            return None
        if name.split("/")[0] in ("flaky", "limited", "replicating", "cut-once"):
            data = {"value": "at last"}
            return self.answer(200, {"data": self.versioned(data) if is_second else data})
        if name == "forbidden":
            return self.answer(403, {"errors": ["1 error occurred: permission denied"]})
        if name in ("gone", "destroyed") and is_second:
            metadata = {
                "version": 3, "destroyed": name == "destroyed",
                "deletion_time": "" if name == "destroyed" else "2024-05-01T10:00:00Z"}
            return self.answer(404, {"data": {"data": None, "metadata": metadata}})
        if query == "list=true":
            folder = name.rstrip("/") + "/" if name else ""
            rest = [each[len(folder):] for each in store if each.startswith(folder)]
            keys = {each.split("/")[0] + ("/" if "/" in each else "") for each in rest}
            return self.answer(*((200, {"data": {"keys": list(keys)}}) if keys
                                 else (404, {"errors": []})))
        if self.command == "POST":
            sent = json.loads(body)
            store[name] = sent["data"] if is_second else sent
            return self.answer(*((200, {"data": {"version": 1}}) if is_second else (204,)))
        if self.command == "DELETE":
            store.pop(name, None)
            return self.answer(204)
        if name == "pull" and query.startswith("version=") and is_second:
            number = int(query[len("version="):])
            if number not in old:
                return self.answer(404, {"errors": []})
            metadata = {"version": number, "created_time": "t", "destroyed": False,
                        "deletion_time": "" if old[number] else "2024-05-01T10:00:00Z"}
            return self.answer(200 if old[number] else 404,
                               {"data": {"data": old[number], "metadata": metadata}})
        if name not in store:
            return self.answer(404, {"errors": []})
        self.answer(200, {"data": self.versioned(store[name]) if is_second else store[name]})

    @staticmethod
    def versioned(data):
        metadata = {"version": 1, "created_time": "t", "deletion_time": "", "destroyed": False}
        return {"data": data, "metadata": metadata}

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
if "tls" in options:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options["tls"].split(","))
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.server_address[1], flush=True)
server.serve_forever()
