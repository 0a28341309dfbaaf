"""An FTP server on pyftpdlib: ftp-server.py FOLDER [CERTIFICATE KEY]. Prints PORT n.

Lets in anonymous, and `user` with `p@ss`. `slow-…` files come at 20 kB/s.
"""
import logging
import os
import sys
import threading

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import (
    DTPHandler, FTPHandler, TLS_DTPHandler, TLS_FTPHandler, ThrottledDTPHandler)
from pyftpdlib.servers import FTPServer

logging.basicConfig(level=logging.CRITICAL)
authorizer = DummyAuthorizer()
authorizer.add_user("user", "p@ss", sys.argv[1], perm="elr")
authorizer.add_anonymous(sys.argv[1])
if len(sys.argv) > 3:
    class ImplicitTLS(TLS_FTPHandler):
        """ftps:// means TLS from the first byte on, which pyftpdlib has no handler for."""

        def handle(self):
            self.secure_connection(self.ssl_context)

        def handle_ssl_established(self):
            super().handle()

    class EagerTLS(TLS_DTPHandler):
        """libcurl shakes hands before it asks for a file; pyftpdlib would hang up at that."""

        def readable(self):
            return self._ssl_accepting or super().readable()

    handler = ImplicitTLS
    handler.dtp_handler = EagerTLS
    handler.certfile, handler.keyfile = sys.argv[2], sys.argv[3]
    # Without a name OpenSSL refuses the session that libcurl reuses for the data.
    handler.ssl_context = handler.get_ssl_context()
    handler.ssl_context.set_session_id(b"ftp")
    handler.tls_control_required = handler.tls_data_required = True
else:
    handler = FTPHandler

    class Throttled(ThrottledDTPHandler):
        read_limit, write_limit = 20_000, 20_000

    def transfer(self, file):
        name = os.path.basename(file)
        self.dtp_handler = Throttled if name.startswith("slow-") else DTPHandler
        return FTPHandler.ftp_RETR(self, file)

    handler = type("Handler", (FTPHandler,), {"ftp_RETR": transfer})
handler.authorizer = authorizer
server = FTPServer(("127.0.0.1", 0), handler)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print("PORT", server.address[1], flush=True)
server.serve_forever()
