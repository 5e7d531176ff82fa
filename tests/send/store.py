"""A record store for tests, over real sockets, that can be told to misbehave.

It keeps statements by id, as xAPI asks: the same statement twice is one, another one with the same id is a conflict, a batch
is taken whole or not at all.  `moods` are answered one after the other before it behaves: each is a function of the handler
that answers for it, or a number, the status."""
import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", kind="application/json", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        try:
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def let_in(self):
        store = self.server.store
        store.seen.append({"method": self.command, "path": self.path, "headers": dict(self.headers)})
        wanted = store.auth
        if wanted and self.headers.get("Authorization") != wanted:
            self.answer(401, b"{}")
            return False
        return True

    def do_POST(self):
        store = self.server.store
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.let_in():
            return
        with store.lock:
            mood = store.moods.pop(0) if store.moods else store.always
        if mood is not None:
            return self.answer(mood, b'{"message":"not today"}') if isinstance(mood, int) else mood(self)
        store.take(self)

    def do_GET(self):
        if not self.let_in():
            return
        wanted = parse_qs(urlsplit(self.path).query).get("statementId", [""])[0]
        held = self.server.store.held.get(wanted)
        self.answer(200 if held else 404, json.dumps(held or {}).encode())


class Store:
    def __init__(self, auth=None, tls=None):
        self.held, self.moods, self.seen, self.posts = {}, [], [], []
        self.always, self.auth, self.most, self.bad = None, auth, None, set()
        self.ascii = True
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.store = self
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = "%s://127.0.0.1:%d/xapi" % ("https" if tls else "http", self.port)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def take(self, handler):
        if self.most and len(handler.body) > self.most:
            return handler.answer(413, b'{"message":"too large"}')
        batch = json.loads(handler.body)
        self.ascii &= handler.body.isascii()
        with self.lock:
            self.posts.append(len(batch))
            if any(s["id"] in self.bad for s in batch):
                return handler.answer(400, b'{"message":"that one is \\u001b[31mwrong"}')
            if any(s["id"] in self.held and self.held[s["id"]]["verb"] != s["verb"] for s in batch):
                return handler.answer(409, b'{"message":"conflict"}')
            for s in batch:
                self.held.setdefault(s["id"], dict(s, stored="2026-11-27T00:00:00.000Z", authority={"mbox": "mailto:a@b.c"}))
        handler.answer(200, json.dumps([s["id"] for s in batch]).encode())


def basic(login):
    return "Basic " + base64.b64encode(login.encode()).decode()


# ---- moods ----

def slow(handler):
    time.sleep(3)
    handler.server.store.take(handler)


def truncated(handler):
    """Keeps the statements, and is cut off while it says so."""
    class Half:
        body = handler.body

        def answer(self, status, body=b"", **_):
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(body) + 50))
            handler.end_headers()
            handler.wfile.write(body[: len(body) // 2])
            handler.wfile.flush()
            handler.close_connection = True
    handler.server.store.take(Half())


def hang_up(handler):
    handler.close_connection = True


def portal(handler):
    handler.answer(200, b"<html>Please accept our terms</html>", kind="text/html")


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    try:
        for _ in range(4000):
            handler.wfile.write(b"x" * 1024)
    except OSError:
        pass


def moved(to):
    return lambda handler: handler.answer(307, b"", Location=to)


def busy(seconds):
    return lambda handler: handler.answer(429, b"{}", Retry_After=str(seconds))
