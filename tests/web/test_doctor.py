"""rehearse doctor: what it says in a pipe, and its test card on a terminal, with a phone that tries it."""
import os
import socket
import subprocess
import tempfile
import time
import urllib.request

REHEARSE = os.path.abspath(os.environ["B"]) + "/rehearse"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def doctor(*args, **more):
    return subprocess.run([REHEARSE, "doctor", *map(str, args)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=20, **more)


def test_doctor_says_what_it_found():
    port = free_port()
    rows = {"en": ("127.0.0.1, port %d: can be listened on." % port, "client isolation", "hands and cards"),
            "zh-CN": ("127.0.0.1，端口 %d：可以使用。" % port, "客户端隔离", "举手和卡片")}
    for lang, needles in rows.items():
        p = doctor("--lang", lang, "--address", "127.0.0.1", "--port", port)
        assert p.returncode == 0 and p.stderr == "", p.stderr
        for needle in needles:
            assert needle in p.stdout.replace("\n", " " if lang == "en" else ""), (needle, p.stdout)
        assert "\x1b" not in p.stdout


def test_doctor_says_what_is_wrong_with_the_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        p = doctor("--lang", "en", "--address", "127.0.0.1", "--port", port)
        assert p.returncode == 1 and "another program has it" in p.stdout
    p = doctor("--lang", "en", "--address", "192.0.2.77", "--port", port)
    assert p.returncode == 1 and "no address of this laptop" in p.stdout.replace("\n", " ")
    for bad in ("0", "65536", "99999999999"):
        p = doctor("--lang", "en", "--port", bad)
        assert p.returncode == 2 and bad in p.stderr, (bad, p.returncode, p.stderr)


class Terminal:
    def __init__(self, columns, rows, *argv):
        self.folder = tempfile.TemporaryDirectory()
        self.tmux = ["tmux", "-S", self.folder.name + "/tmux", "-f", "/dev/null"]
        command = ["env", "-u", "TMUX", "LC_ALL=C.UTF-8", "TERM=screen-256color", "sh", "-c", '"$@"; echo "ended $?"; read line', "sh", *argv]
        subprocess.run([*self.tmux, "new-session", "-d", "-x", str(columns), "-y", str(rows), *command], check=True)

    def text(self):
        return subprocess.run([*self.tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout

    def until(self, needle):
        end = time.monotonic() + 20
        while needle not in self.text():
            assert time.monotonic() < end, (needle, self.text())
            time.sleep(0.05)
        return self.text()

    def ends(self):
        self.until("ended 0")

    def press(self, key):
        subprocess.run([*self.tmux, "send-keys", key], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([*self.tmux, "kill-server"], capture_output=True)
        self.folder.cleanup()


def test_the_card_and_a_phone_that_comes():
    port = free_port()
    rows = [(80, 24, "en", "last row?", "1 phone came through."), (120, 40, "zh-CN", "最后一排", "已有 1 部手机连上。"), (40, 20, "en", "last row?", None)]
    for columns, lines, lang, first, came in rows:
        with Terminal(columns, lines, REHEARSE, "doctor", "--card", "--lang", lang, "--address", "127.0.0.1", "--port", str(port)) as t:
            seen = t.until(first)
            assert "|中文宽度|" in seen and "|ABCDefgh|" in seen and all(len(line) <= columns for line in seen.splitlines())
            assert ("▀" in seen) == (columns > 60)
            if came:
                page = urllib.request.urlopen("http://127.0.0.1:%d/" % port, timeout=5).read().decode()
                assert "This phone reaches the laptop." in page and "这部手机能连上电脑。" in page
                assert "127.0.0.1:%d" % port in t.until(came)
            t.press("q")
            t.ends()


def test_doctor_asks_and_tells_how_many_came():
    port = free_port()
    with Terminal(80, 50, REHEARSE, "doctor", "--lang", "en", "--address", "127.0.0.1", "--port", str(port)) as t:
        t.until("Enter shows a test card")
        t.press("Enter")
        t.until("Can you read this")
        t.press("q")
        t.until("No phone came through.")
