"""A namenode and a datanode that speak WebHDFS. Prints PORT namenode datanode standby.

    webhdfs-server.py FOLDER

Follows "WebHDFS REST API" of Hadoop 3: GETFILESTATUS and OPEN, the latter by way of a redirect to
the datanode. Beneath /private only the user alice reads; /kerberos wants a ticket; a file whose
name begins with `cut-` ends in the middle once, `changing-` besides changes then, and `missing-`
has no datanode any more. The third port is the standby's.
"""
import json
import os
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
cut_once = set()


class Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, value, **headers):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, exception, message):
        self.answer(status, {"RemoteException": {
            "exception": exception, "javaClassName": "org.apache.hadoop." + exception,
            "message": message}}, **{"Content-Type": "application/json"})

    def parts(self):
        url = urllib.parse.urlsplit(self.path)
        if not url.path.startswith("/webhdfs/v1/"):
            return None, None
        query = {n: v[0] for n, v in urllib.parse.parse_qs(url.query).items()}
        return urllib.parse.unquote(url.path[len("/webhdfs/v1"):]), query


class Namenode(Exchange):
    def do_GET(self):
        path, query = self.parts()
        if path is None:
            return self.answer(404, b"<html>Not Found</html>")
        file, user = folder + path, query.get("user.name", "dr.who")
        name = os.path.basename(path)
        if path.startswith("/kerberos"):
            return self.answer(401, b"", **{"WWW-Authenticate": "Negotiate"})
        if not os.path.exists(file):
            return self.refuse(404, "FileNotFoundException", f"File does not exist: {path}")
        if path.startswith("/private") and user != "alice":
            return self.refuse(
                403, "AccessControlException",
                f"Permission denied: user={user}, access=READ\n\tat org.apache")
        if query.get("op") == "GETFILESTATUS":
            info = os.stat(file)
            return self.answer(200, {"FileStatus": {
                "accessTime": 0, "blockSize": 134217728, "group": "g", "owner": "alice",
                "length": info.st_size, "modificationTime": int(info.st_mtime * 1000),
                "pathSuffix": "", "permission": "644", "replication": 1,
                "type": "DIRECTORY" if os.path.isdir(file) else "FILE"}})
        if query.get("op") != "OPEN":
            return self.refuse(400, "IllegalArgumentException", "Invalid operation")
        port = 1 if name.startswith("missing-") else datanode.server_address[1]
        self.answer(307, b"", Location=(
            f"http://127.0.0.1:{port}/webhdfs/v1{urllib.parse.quote(path)}?op=OPEN"
            f"&user.name={user}&namenoderpcaddress=nn:8020&offset={query.get('offset', 0)}"))


class Datanode(Exchange):
    def do_GET(self):
        path, query = self.parts()
        if "Authorization" in self.headers:
            return self.refuse(500, "TestException", "a login came to a datanode")
        name = os.path.basename(path)
        content = open(folder + path, "rb").read()[int(query.get("offset", 0)):]
        if name.startswith(("cut-", "changing-")) and name not in cut_once:
            cut_once.add(name)
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[:len(content) // 2])
            self.close_connection = True
            if name.startswith("changing-"):
                os.utime(folder + path, (1, 1))
        else:
            self.answer(200, content)


class Standby(Exchange):
    def do_GET(self):
        self.refuse(
            403, "StandbyException", "Operation category READ is not supported in state standby")


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


namenode, datanode, standby = serve(Namenode), serve(Datanode), serve(Standby)
print("PORT", *(s.server_address[1] for s in (namenode, datanode, standby)), flush=True)
sys.stdin.read()
os._exit(0)
