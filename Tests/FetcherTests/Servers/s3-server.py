"""An S3 server that checks AWS Signature Version 4. Prints PORT n; ends with standard input.

    s3-server.py FOLDER REGION ACCESS-KEY SECRET-KEY [SESSION-TOKEN]

Objects are the files FOLDER/BUCKET/KEY; the bucket `public` needs no signature, the bucket `cut`
ends its first answer in the middle, and the bucket `abroad` is in the region `eu-north-7`. The
signature is computed from the request alone, after "Create a signed AWS API request" of the AWS
reference.
"""
import datetime
import hashlib
import hmac
import os
import re
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder, home_region, access_key, secret_key = sys.argv[1:5]
session_token = sys.argv[5] if len(sys.argv) > 5 else None
cut_once = set()


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Refusal(Exception):
    def __init__(self, status, code, **headers):
        super().__init__(code)
        self.status, self.code, self.headers = status, code, headers


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def check_signature(self, region):
        words = self.headers.get("Authorization", "")
        match = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
            r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})", words)
        if not match:
            raise Refusal(403, "AccessDenied")
        key, day, signed_region, names, signature = match.groups()
        if key != access_key:
            raise Refusal(403, "InvalidAccessKeyId")
        if signed_region != region:
            raise Refusal(400, "AuthorizationHeaderMalformed", **{"x-amz-bucket-region": region})
        if session_token and self.headers.get("X-Amz-Security-Token") != session_token:
            raise Refusal(403, "InvalidToken")
        names = names.split(";")
        needed = {"host", "x-amz-date", "x-amz-content-sha256"}
        needed |= {n.lower() for n in self.headers if n.lower().startswith("x-amz-")}
        if names != sorted(names) or not needed <= set(names):
            raise Refusal(403, "SignatureDoesNotMatch")
        time = self.headers["X-Amz-Date"]
        then = datetime.datetime.strptime(time, "%Y%m%dT%H%M%SZ")
        if abs((datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - then).total_seconds()) > 900:
            raise Refusal(403, "RequestTimeTooSkewed")
        path, _, query = self.path.partition("?")
        # What came is decoded and encoded again: the canonical path has one form only.
        path = urllib.parse.quote(urllib.parse.unquote_to_bytes(path), safe="/~")
        headers = "".join(
            f"{n}:{' '.join(self.headers[n].split())}\n" for n in names)
        canonical = "\n".join([
            self.command, path, query, headers, ";".join(names),
            self.headers["X-Amz-Content-Sha256"]])
        scope = f"{day}/{region}/s3/aws4_request"
        to_sign = "\n".join([
            "AWS4-HMAC-SHA256", time, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        signing_key = mac(b"AWS4" + secret_key.encode(), day)
        for part in (region, "s3", "aws4_request"):
            signing_key = mac(signing_key, part)
        if not hmac.compare_digest(mac(signing_key, to_sign).hex(), signature):
            raise Refusal(403, "SignatureDoesNotMatch")

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        try:
            self.give()
        except Refusal as refusal:
            page = f"<?xml version='1.0'?><Error><Code>{refusal.code}</Code></Error>"
            self.answer(refusal.status, page.encode(), **refusal.headers)

    do_HEAD = do_GET

    def give(self):
        path = urllib.parse.unquote(self.path.partition("?")[0])
        bucket, _, key = path.lstrip("/").partition("/")
        if bucket != "public":
            self.check_signature("eu-north-7" if bucket == "abroad" else home_region)
        if not os.path.isdir(os.path.join(folder, bucket)):
            raise Refusal(404, "NoSuchBucket")
        file = os.path.join(folder, bucket, key)
        if not os.path.isfile(file):
            raise Refusal(404, "NoSuchKey")
        content = open(file, "rb").read()
        tag = f'"{hashlib.md5(content).hexdigest()}"'
        if self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.end_headers()
            return
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted and self.headers.get("If-Range", tag) == tag:
            start = int(wanted[1])
            self.answer(
                206, content[start:], ETag=tag,
                **{"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"})
        elif bucket == "cut" and key not in cut_once:
            cut_once.add(key)
            self.send_response(200)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[:len(content) // 2])
            self.close_connection = True
        else:
            self.answer(200, content, ETag=tag)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.server_address[1], flush=True)
server.serve_forever()
