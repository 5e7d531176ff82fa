"""A PostgreSQL of the tests' own: a temporary folder, a private socket, never as root, ended by its process id."""
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: float(p.split("/")[4]))
    return found[-1] if found else None


class Server:
    def __init__(self, port=None):
        self.port = port
        self.folder = tempfile.mkdtemp(prefix="rehearse-pg-")
        self.who = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            self.who = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self.folder, "postgres", "postgres")
        self.p = None
        env = dict(os.environ, LC_ALL="C.UTF-8")
        made = subprocess.run([programs() + "/initdb", "-D", self.folder + "/data", "-A", "trust", "-U", "rehearse", "-E", "UTF8",
                               "--no-locale", "--no-sync"], capture_output=True, text=True, env=env, cwd="/", timeout=120, **self.who)
        if made.returncode:
            raise RuntimeError("initdb: " + made.stdout + made.stderr)
        self.start()
        self.sql("CREATE DATABASE practice", database="postgres")

    def start(self):
        listen = ["-c", "listen_addresses=127.0.0.1", "-p", str(self.port)] if self.port else ["-c", "listen_addresses="]
        self.log = open(self.folder + "/log", "ab")
        self.p = subprocess.Popen([programs() + "/postgres", "-D", self.folder + "/data", "-k", self.folder, *listen,
                                   "-c", "fsync=off", "-c", "max_connections=60"],
                                  stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL, cwd="/",
                                  env=dict(os.environ, LC_ALL="C.UTF-8"), **self.who)
        until = time.monotonic() + 60
        while subprocess.run([programs() + "/pg_isready", "-q", "-h", self.folder, *(["-p", str(self.port)] if self.port else [])]).returncode:
            if self.p.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server did not start: " + open(self.folder + "/log").read()[-2000:])
            time.sleep(0.05)

    def url(self, database="practice", user="rehearse", **more):
        words = {"host": self.folder, "user": user, **more}
        if self.port:
            words["port"] = str(self.port)
        return "postgresql:///%s?%s" % (database, "&".join("%s=%s" % kv for kv in words.items()))

    def sql(self, text, database="practice", user="rehearse"):
        p = subprocess.run([programs() + "/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.url(database, user), "-c", text],
                           capture_output=True, text=True, timeout=60)
        if p.returncode:
            raise RuntimeError(text + ": " + p.stderr)
        return p.stdout.strip()

    def stop(self, how=signal.SIGINT):
        """SIGINT: at once and in order.  SIGQUIT: as after a crash."""
        if self.p and self.p.poll() is None:
            self.p.send_signal(how)
            self.p.wait(60)

    def close(self):
        self.stop()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
