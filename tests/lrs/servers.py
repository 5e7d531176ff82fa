"""A real record store of the tests' own on loopback: xapi-statements on node, with Debian's redis, and whoever lets in."""
import base64
import json
import os
import random
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
LOGIN = "practice:geheim"


def free_port():
    """Below those that the system gives to whoever names none: one of those may be gone by the time that node listens."""
    while True:
        with socket.socket() as s:
            port = random.randrange(20000, 32000)
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Doorman(BaseHTTPRequestHandler):
    """Tells the record store who asks, as Learning Locker would."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        known = self.headers.get("Authorization") == "Basic " + base64.b64encode(LOGIN.encode()).decode()
        body = json.dumps({"_id": "1", "title": "practice", "isTrusted": True, "organisation": "o", "lrs_id": "l", "scopes": ["all"],
                           "authority": {"objectType": "Agent", "account": {"homePage": "https://example.org/", "name": "practice"}}}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class RecordStore:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="rehearse-lrs-")
        self.running = []
        self.redis, self.port = free_port(), free_port()
        self.door = ThreadingHTTPServer(("127.0.0.1", 0), Doorman)
        threading.Thread(target=self.door.serve_forever, args=(0.05,), daemon=True).start()
        self.start("redis-server", "--port", str(self.redis), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", self.folder)
        self.start("node", HERE + "/node_modules/xapi-statements/dist/server.js", env=dict(
            os.environ, EXPRESS_PORT=str(self.port), EVENTS_REPO="redis", REDIS_URL="redis://127.0.0.1:%d/0" % self.redis, AUTH_REPO="fetch",
            LL_CLIENT_INFO_ENDPOINT="http://127.0.0.1:%d/" % self.door.server_address[1], MODELS_REPO="memory", STORAGE_REPO="local",
            FS_LOCAL_STORAGE_DIR=self.folder, EXPRESS_MORGAN_DIRECTORY=self.folder + "/log", NODE_NO_WARNINGS="1"))
        self.url = "http://127.0.0.1:%d/xAPI" % self.port
        until = time.monotonic() + 60
        while True:
            try:
                self.get("/about")
                return self
            except OSError:
                if time.monotonic() > until or any(p.poll() is not None for p in self.running):
                    log = open(self.folder + "/said").read()
                    self.__exit__()
                    raise RuntimeError("the record store did not start: " + log[-3000:])
                time.sleep(0.1)

    def start(self, *argv, env=None):
        with open(self.folder + "/said", "ab") as log:
            self.running.append(subprocess.Popen(argv, cwd=self.folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def __exit__(self, *_):
        for p in reversed(self.running):
            p.terminate()
            p.wait()
        self.door.shutdown()
        self.door.server_close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def get(self, path):
        r = urllib.request.Request("http://127.0.0.1:%d%s" % (self.port, path if path.startswith("/xAPI") else "/xAPI" + path), headers={
            "Authorization": "Basic " + base64.b64encode(LOGIN.encode()).decode(), "X-Experience-API-Version": "1.0.3"})
        with urllib.request.urlopen(r, timeout=30) as answer:
            return json.load(answer)

    def statements(self):
        """All that it holds, by id."""
        held, more = {}, "/statements?limit=100&ascending=true"
        while more:
            page = self.get(more)
            held.update((s["id"], s) for s in page["statements"])
            more = page.get("more") or ""
        return held

    def told(self):
        """Ids that it told redis of."""
        p = subprocess.run(["redis-cli", "-p", str(self.redis), "LRANGE", "xapistatements:statement.new", "0", "-1"], capture_output=True,
                           text=True, check=True)
        return p.stdout.split()
