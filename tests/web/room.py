"""A room that tests start, talk to and hear: build/web/room, and phones made of sockets."""
import os
import queue
import re
import socket
import subprocess
import threading
import time

BUILD = os.path.abspath(os.environ["B"])
PROGRAM = BUILD + "/web/room"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 20  # seconds until something that should have come never will


class Room:
    """The program, its port, and the lines it says."""

    def __init__(self, *args, wrap=()):
        self.process = subprocess.Popen([*wrap, PROGRAM, *map(str, args)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.passed_over = []
        threading.Thread(target=self.listen, daemon=True).start()
        first = self.line()
        if not first.startswith("address "):
            raise RuntimeError(first)
        self.address = first.split()[1]
        host, _, port = self.address.rpartition(":")
        self.host, self.port = host.strip("[]"), int(port)
        self.url = self.after("url")
        self.secret = self.after("secret")
        self.desk = self.after("desk")
        self.after("published")

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put("")

    def line(self, patience=PATIENCE):
        return self.lines.get(timeout=patience)

    def after(self, word):
        """What stands behind the next line that begins with WORD."""
        while True:
            line = self.line()
            if line.split(" ")[0] == word:
                return line[len(word) + 1:]
            self.passed_over.append(line)
            if line == "" and self.process.poll() is not None:
                raise RuntimeError("the room ended while %s was waited for" % word)

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def show(self, command):
        """A command that publishes; returns when it has."""
        self.say(command)
        return int(self.after("published"))

    def tell(self, command):
        """A command that publishes nothing; returns when it was obeyed."""
        self.say(command)
        self.figures()

    def figures(self):
        self.say("look")
        words = self.after("seen").split()
        return dict(zip(words[::2], map(int, words[1::2])))

    def heard(self):
        """What phones have said since this was last asked, up to now."""
        self.figures()
        lines, self.passed_over = self.passed_over, []
        return [line for line in lines if line.split(" ")[0] in ("joined", "voted", "named", "said", "pressed")]

    def cpu(self):
        with open("/proc/%d/stat" % self.process.pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        """The most memory it ever had, in KiB."""
        with open("/proc/%d/status" % self.process.pid) as f:
            return int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1))

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        """Ends it as its owner would; its exit status."""
        self.process.stdin.close()
        return self.process.wait(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            try:
                self.close()
            except subprocess.TimeoutExpired:
                self.kill()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def all(self, name):
        return [v for k, v in self.headers if k.lower() == name.lower()]

    def get(self, name):
        return (self.all(name) or [""])[0]


def connect(room, source=None, patience=PATIENCE):
    family = socket.AF_INET6 if ":" in room.host else socket.AF_INET
    s = socket.socket(family, socket.SOCK_STREAM)
    s.settimeout(patience)
    if source:
        s.bind((source, 0))
    s.connect((room.host, room.port))
    return s


def read_answer(s):
    """One answer off a connection; None where it was closed without one."""
    f = s.makefile("rb")
    try:
        line = f.readline()
        if not line:
            return None
        status = int(line.split()[1])
        headers = []
        while True:
            line = f.readline().decode("latin-1").rstrip("\r\n")
            if not line:
                break
            name, _, value = line.partition(":")
            headers.append((name, value.strip()))
        length = [v for k, v in headers if k.lower() == "content-length"]
        body = f.read(int(length[0])) if length else b""
        return Answer(status, headers, body.decode("utf-8", "replace"))
    except (ConnectionResetError, BrokenPipeError):
        return None


def raw(room, request, source=None):
    """Sends bytes as they are; the answer to them."""
    with connect(room, source) as s:
        try:
            s.sendall(request)
        except (ConnectionResetError, BrokenPipeError):
            pass
        return read_answer(s)


def request(room, method, path, body=None, headers=(), source=None, host=None):
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: " + (room.address if host is None else host), "Connection: close"]
    lines += ["%s: %s" % h for h in headers]
    data = (body or "").encode()
    if method == "POST":
        lines.append("Content-Length: %d" % len(data))
        if not any(k.lower() == "content-type" for k, _ in headers):
            lines.append("Content-Type: " + FORM)
    return raw(room, ("\r\n".join(lines) + "\r\n\r\n").encode() + data, source)


class Phone:
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, room, source=None, language="en"):
        self.room, self.source, self.language = room, source, language
        self.cookies, self.page, self.given = {}, "", ""

    def ask(self, method, path, body=None, headers=()):
        more = [("Accept-Language", self.language)]
        if self.cookies:
            more.append(("Cookie", "; ".join("%s=%s" % c for c in self.cookies.items())))
        a = request(self.room, method, path, body, [*more, *headers], self.source)
        if a:
            for cookie in a.all("Set-Cookie"):
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            if a.status == 200 and a.get("Content-Type").startswith("text/html"):
                self.page = a.body
        return a

    def look(self, path="/"):
        return self.ask("GET", path)

    def token(self):
        """The one it was given last: a page without a form has none."""
        found = re.search(r'name="t" value="(\w+)"', self.page)
        self.given = found.group(1) if found else self.given
        return self.given

    def send(self, path, body="", headers=()):
        """Posts a form of the page last seen and, as a browser does, goes where it is sent."""
        step = re.search(r'data-step="(\d+)"', self.page)
        step = "&s=" + step.group(1) if step and "&s=" not in "&" + body else ""
        a = self.ask("POST", path, "t=" + self.token() + step + ("&" + body if body else ""), headers)
        if a and a.status == 303:
            self.look(a.get("Location"))
        return a

    def join(self):
        self.look()
        self.send("/join")
        return self

    def vote(self, round, option, headers=()):
        self.look()
        return self.send("/vote", "r=%d&o=%d" % (round, option), headers)

    def chosen(self):
        """The option that its page shows as its own, from 1; 0: none."""
        self.look()
        found = re.search(r'value="(\d+)" aria-pressed="true"', self.page)
        return int(found.group(1)) if found else 0

    def stream(self, path="/live"):
        return Stream(self, path)


class Stream:
    """An event stream, read in the background of whoever waits."""

    def __init__(self, phone, path):
        self.socket = connect(phone.room, phone.source)
        cookies = "; ".join("%s=%s" % c for c in phone.cookies.items())
        self.socket.sendall(("GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Language: %s\r\nCookie: %s\r\n\r\n" %
                             (path, phone.room.address, phone.language, cookies)).encode())
        self.text = ""

    def until(self, needle, patience=PATIENCE):
        """Reads until NEEDLE has come; what came.  False where it ended before."""
        end = time.monotonic() + patience
        while needle not in self.text:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                more = self.socket.recv(65536)
            except (socket.timeout, ConnectionResetError):
                return False
            if not more:
                return False
            self.text += more.decode("utf-8", "replace")
        end = self.text.index(needle) + len(needle)
        seen, self.text = self.text[:end], self.text[end:]
        return seen

    def ended(self, patience=PATIENCE):
        self.socket.settimeout(patience)
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionResetError:
            return True
        except socket.timeout:
            return False
        return True

    def close(self):
        self.socket.close()
