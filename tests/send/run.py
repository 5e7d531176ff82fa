#!/usr/bin/env python3
"""rehearse-send against real sockets: a record store that is there, away, slow, broken, or not one at all.

Whatever happens, a statement that was taken is either at the record store or still in the spool."""
import glob
import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import store as st

BUILD = os.path.abspath(os.environ["B"])
SEND = BUILD + "/rehearse-send"
passed = failed = 0


def check(what, holds, more=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("FAILED %s %s" % (what, more))


def statements(n, name="wei", pad=0):
    return [{"id": str(uuid.uuid5(uuid.NAMESPACE_URL, "%s/%d" % (name, i))),
             "actor": {"account": {"homePage": "https://example.org/", "name": name}},
             "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
             "object": {"id": "https://example.org/d/%d" % i, "definition": {"name": {"zh-CN": "你怎么说？" + "长" * pad}}},
             "timestamp": "2026-11-27T08:00:00Z"} for i in range(n)]


def lines(v):
    return "".join(json.dumps(s, ensure_ascii=False) + "\n" for s in v)


class Run:
    """One run of the program; `spool` is a folder below which it keeps what waits."""

    def __init__(self, url, spool, *options, text="", files=(), env=None, lang="en"):
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("REHEARSE_LRS", "http", "HTTP", "ALL_PROXY"))}
        keep.update({"LC_ALL": "C.UTF-8"}, **(env or {}))
        argv = [SEND, url, *files, "--spool", spool, "--wait", "0", "--lang", lang, *options]
        p = subprocess.run(argv, input=text.encode(), capture_output=True, timeout=120, env=keep)
        self.status, self.out, self.err = p.returncode, p.stdout.decode(), p.stderr.decode()

    def is_(self, status, out=None):
        return self.status == status and (out is None or self.out == out + "\n")

    def __str__(self):
        return "-> %d\n%s%s" % (self.status, self.out, self.err)


def counts(sent, there, refused, waiting):
    return "sent: %d, there already: %d, refused: %d, waiting: %d" % (sent, there, refused, waiting)


def waiting(spool):
    """Ids that wait below SPOOL."""
    ids = []
    for path in glob.glob(spool + "/*/*@*"):
        start = int(path.rsplit("@", 1)[1])
        with open(path, "rb") as f:
            f.seek(start)
            ids += [json.loads(l)["id"] for l in f]
    return ids


def closed_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- tests: each gets a store and an empty spool folder ----

def plain(s, spool):
    v = statements(250)
    r = Run(s.url, spool, text=lines(v))
    check("all arrive", r.is_(0, counts(250, 0, 0, 0)), r)
    check("in batches", s.posts == [100, 100, 50], s.posts)
    check("as they were", all(s.held[x["id"]]["object"] == x["object"] for x in v))
    heads = s.seen[0]["headers"]
    check("the version is told", heads.get("X-Experience-API-Version") == "1.0.3" and heads["Content-Type"] == "application/json")
    check("at the right place", s.seen[0]["path"] == "/xapi/statements", s.seen[0])
    check("the spool is empty", waiting(spool) == [])
    r = Run(s.url + "/", spool, text=lines(v))
    check("twice does no harm", r.is_(0) and len(s.held) == 250, r)
    r = Run(s.url, spool)
    check("nothing to send is fine", r.is_(0, counts(0, 0, 0, 0)), r)


def letters(s, spool):
    """What is sent is ASCII, whoever may cut it where; what arrives is what was written."""
    v = statements(3, name="林小 \u00e9\u0416 \U0001f375 \u2028 \\u0041 \" \x7f")
    r = Run(s.url, spool, text=lines(v))
    check("every letter arrives", r.is_(0, counts(3, 0, 0, 0)) and s.ascii and [s.held[x["id"]]["actor"] for x in v] == [x["actor"] for x in v], (r, s.held))


def files(s, spool):
    v = statements(7)
    with tempfile.TemporaryDirectory() as d:
        one, two = d + "/one.jsonl", d + "/two.jsonl"
        open(one, "w", encoding="utf-8").write("\ufeff" + lines(v[:3]).replace("\n", "\r\n\r\n"))
        open(two, "w", encoding="utf-8").write(lines(v[3:]).rstrip("\n"))
        r = Run(s.url, spool, "--batch", "2", files=[one, two])
        check("files, with empty lines and a last line without an end", r.is_(0, counts(7, 0, 0, 0)) and s.posts == [2, 2, 2, 1], r)
        r = Run(s.url, spool, files=[d + "/none.jsonl"])
        check("a file that is not there", r.is_(66) and "none.jsonl" in r.err, r)


def dead(s, spool):
    url = "http://127.0.0.1:%d/xapi" % closed_port()
    v = statements(5)
    r = Run(url, spool, "--tries", "2", text=lines(v))
    check("a dead record store", r.is_(75, counts(0, 0, 0, 5)) and sorted(waiting(spool)) == sorted(x["id"] for x in v), r)
    check("and that is said", "cannot be reached" in r.err and "next run sends it" in r.err, r)
    r = Run(url, spool, "--tries", "1", text=lines(statements(2, "lin")), lang="zh-CN")
    check("in Chinese, and more is taken", r.status == 75 and "等待" in r.out and len(waiting(spool)) == 7, r)
    for path in glob.glob(spool + "/*/*"):
        check("for nobody else to read: " + os.path.basename(path), stat.S_IMODE(os.stat(path).st_mode) == 0o600)
    for path in glob.glob(spool + "/*"):
        check("nor to look into", stat.S_IMODE(os.stat(path).st_mode) == 0o700)
    # the same folder, when it is there again: the spool is that of one URL
    r = Run(s.url, spool)
    check("what waits for one store does not go to another", r.is_(0, counts(0, 0, 0, 0)) and not s.held, r)
    folder = [f for f in glob.glob(spool + "/*") if waiting_in(f)][0]
    other = [f for f in glob.glob(spool + "/*") if f != folder][0]
    for path in glob.glob(folder + "/*@*"):
        os.rename(path, other + "/" + os.path.basename(path))
    r = Run(s.url, spool)
    check("and arrives once it is there", r.is_(0, counts(7, 0, 0, 0)) and len(s.held) == 7, r)


def waiting_in(folder):
    return glob.glob(folder + "/*@*")


def moods(s, spool):
    for mood, name in ((500, "500"), (503, "503"), (st.truncated, "cut off"), (st.hang_up, "hung up"), (st.busy(0), "429")):
        v = statements(3, name)
        s.moods = [mood, mood]
        r = Run(s.url, spool, text=lines(v))
        check("tried again after " + name, r.is_(0) and all(x["id"] in s.held for x in v) and not s.moods, r)
    s.always = 500
    r = Run(s.url, spool, "--tries", "3", text=lines(statements(4, "never")))
    check("500 for ever", r.is_(75, counts(0, 0, 0, 4)) and "500" in r.err, r)
    s.always = None
    before = len(s.seen)
    s.moods = [st.busy(4000)]
    r = Run(s.url, spool)
    check("asked to come back much later", r.is_(75, counts(0, 0, 0, 4)) and len(s.seen) == before + 1, r)
    r = Run(s.url, spool)
    check("and later it all arrives", r.is_(0, counts(4, 0, 0, 0)), r)


def slowly(s, spool):
    s.moods = [st.slow]
    start = time.monotonic()
    r = Run(s.url, spool, "--timeout", "1", "--tries", "2", text=lines(statements(2)))
    check("a slow one is not waited for, and asked again", r.is_(0) and time.monotonic() - start < 4 and len(s.held) == 2, r)


def conflicts(s, spool):
    v = statements(20)
    s.held[v[3]["id"]] = dict(v[3], timestamp="2026-11-27T08:00:00.000Z", stored="x")
    s.held[v[11]["id"]] = dict(v[11], verb={"id": "http://adlnet.gov/expapi/verbs/completed"})
    r = Run(s.url, spool, text=lines(v))
    check("another statement has the id", r.is_(65, counts(19, 0, 1, 0)) and "refused.jsonl" in r.err, r)
    check("all others arrive", len(s.held) == 20)
    row = json.loads(open(glob.glob(spool + "/*/refused.jsonl")[0], encoding="utf-8").read())
    check("it is set aside", row["status"] == 409 and row["statement"] == v[11], row)


def conflict_same(s, spool):
    """A record store that says 409 even to the same statement."""
    v = statements(4)
    s.held[v[2]["id"]] = dict(v[2], stored="x", timestamp="2026-11-27T08:00:00.000Z")
    take = s.take

    def strict(handler):
        batch = json.loads(handler.body)
        return handler.answer(409, b"{}") if any(x["id"] in s.held for x in batch) else take(handler)
    s.take = strict
    r = Run(s.url, spool, text=lines(v))
    check("the same statement is no conflict", r.is_(0, counts(3, 1, 0, 0)), r)


def refused(s, spool):
    v = statements(30)
    s.bad = {v[7]["id"]}
    r = Run(s.url, spool, text=lines(v))
    check("one that is not wanted", r.is_(65, counts(29, 0, 1, 0)) and len(s.held) == 29, r)
    row = json.loads(open(glob.glob(spool + "/*/refused.jsonl")[0], encoding="utf-8").read())
    check("it is set aside with what was said", row["statement"] == v[7] and "wrong" in row["said"], row)
    r = Run(s.url, spool, text="")
    check("and not sent again", r.is_(0, counts(0, 0, 0, 0)), r)
    w = statements(40, "all")
    s.bad = {x["id"] for x in w}
    s.held = {}
    r = Run(s.url, spool, text=lines(w))
    check("a store that wants none of them is no reason to set all aside", r.is_(69, counts(0, 0, 0, 40)), r)
    check("and its words do no harm", "\x1b" not in r.err, repr(r.err))


def large(s, spool):
    v = statements(12, pad=3000) + statements(1, "huge", pad=30000)
    s.most = 40000
    r = Run(s.url, spool, text=lines(v))
    check("413: smaller requests, and what is too large alone is set aside", r.is_(65, counts(12, 0, 1, 0)) and len(s.held) == 12, r)


def no_store(s, spool):
    other = st.Store()
    for mood, name in ((st.portal, "a portal's page"), (404, "404"), (405, "405"), (st.endless, "an answer without end"),
                       (st.moved(other.url + "/statements"), "a redirection"), (st.moved("file:///etc/passwd"), "a file")):
        s.moods = [mood]
        r = Run(s.url, spool, text=lines(statements(1, name)))
        check(name + " is no record store", r.status == 69, r)
    check("no redirection is followed", not other.seen)
    check("where it leads is told", "file:///etc/passwd" in r.err, r)
    check("and all waits", len(waiting(spool)) == 6)
    other.close()


def rights(s, spool):
    s.auth = st.basic("wei:geheim 是")
    with tempfile.TemporaryDirectory() as d:
        path = d + "/login"
        open(path, "w", encoding="utf-8").write("wei:geheim 是\n")
        r = Run(s.url, spool, "--login", path, text=lines(statements(1)))
        check("a password that others can read", r.is_(77) and "chmod 600" in r.err and not s.seen, r)
        os.chmod(path, 0o600)
        r = Run(s.url, spool, "--login", path, text=lines(statements(1)))
        check("a login from a file", r.is_(0, counts(1, 0, 0, 0)), r)
        r = Run(s.url, spool, text=lines(statements(2)), env={"REHEARSE_LRS_LOGIN": "wei:geheim 是"})
        check("a login from the environment", r.is_(0), r)
        r = Run(s.url, spool, text=lines(statements(3, "x")), env={"REHEARSE_LRS_LOGIN": "wei:wrong"})
        check("not let in", r.is_(77, counts(0, 0, 0, 3)), r)
        s.auth = "Bearer abc.def"
        open(path, "w").write("abc.def\n")
        r = Run(s.url, spool, "--token", path)
        check("a token, and what waited goes", r.is_(0, counts(3, 0, 0, 0)), r)
        r = Run(s.url, spool, env={"REHEARSE_LRS_TOKEN": "abc def"})
        check("no token", r.status == 65 and "REHEARSE_LRS_TOKEN" in r.err, r)
        r = Run(s.url, spool, "--login", path)
        check("no login", r.status == 65 and "name:password" in r.err, r)
        r = Run("http://wei:geheim@127.0.0.1:%d/" % s.port, spool)
        check("no password on the command line", r.status == 2 and "--login" in r.err, r)
    for url, name in (("ftp://127.0.0.1/", "ftp"), ("not a url", "no address"), (s.url + "?a=b", "a question"), ("http://10.1.2.3/x", "http to others")):
        r = Run(url, spool, text=lines(statements(1)))
        check(name + " is refused", r.status == 2, r)


def certificates(s, spool):
    with tempfile.TemporaryDirectory() as d:
        def make(name, subject):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                            "-keyout", d + "/%s.key" % name, "-out", d + "/%s.pem" % name, "-days", "2", "-subj", "/CN=" + name,
                            "-addext", "subjectAltName=" + subject], check=True, capture_output=True)
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(d + "/%s.pem" % name, d + "/%s.key" % name)
            return st.Store(tls=tls)
        good, wrong = make("good", "IP:127.0.0.1"), make("wrong", "DNS:lrs.example.org")
        v = lines(statements(3))
        r = Run(good.url, spool, text=v)
        check("a certificate that nobody vouches for", r.is_(69, counts(0, 0, 0, 3)) and not good.held, r)
        r = Run(good.url, spool, "--ca", d + "/good.pem")
        check("one that we trust", r.is_(0, counts(3, 0, 0, 0)) and len(good.held) == 3, r)
        r = Run(wrong.url, spool, "--ca", d + "/wrong.pem", text=v)
        check("one for another host", r.is_(69, counts(0, 0, 0, 3)) and not wrong.held, r)
        r = Run(good.url, spool, "--ca", d + "/none.pem")
        check("a file of certificates that is not there", r.status == 66, r)
        good.close()
        wrong.close()


def input_(s, spool):
    good = lines(statements(3))
    for text, name, line in (("{\n", "no JSON", 4), ("[]\n", "no object", 4), ('{"id":"7"}\n', "no UUID", 4),
                             ('{"id":"%s"}\n' % uuid.uuid4(), "no parts", 4), ("x" * 300000 + "\n", "too long", 4)):
        r = Run(s.url, spool, text=good + text + good)
        check(name + " is said with its place", r.status == 65 and "-:%d:" % line in r.err and not waiting(spool) and not s.held, r)
    check("nothing is left behind", not glob.glob(spool + "/*/new-*"))


def no_room(s, spool):
    """A disk on which no more than 16 KiB can be written: nothing is taken, and that is said."""
    v = lines(statements(200))
    p = subprocess.run(["sh", "-c", 'ulimit -f 16; exec "$0" "$@"', SEND, s.url, "--spool", spool, "--lang", "en"], input=v.encode(),
                       capture_output=True)
    check("no room", p.returncode == 74 and b"nothing was taken" in p.stderr and not s.held and not waiting(spool), p)


def kill(s, spool):
    """kill -9 while it sends: what was taken arrives, none of it twice."""
    v = statements(60)
    ids = {x["id"] for x in v}
    for wait in range(8):
        one = spool + "/%d" % wait
        s.held, s.moods = {}, [lambda h: (time.sleep(0.05), s.take(h))] * 20
        p = subprocess.Popen([SEND, s.url, "--spool", one, "--batch", "3"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        p.stdin.write(lines(v).encode())
        p.stdin.close()
        time.sleep(0.06 * (wait + 1))
        p.send_signal(signal.SIGKILL)
        p.wait()
        left = set(waiting(one))
        gone = ids - left if left else set()
        check("killed: it waits or it is there", (not left and not s.held) or gone <= set(s.held), (len(left), len(s.held)))
        s.moods = []
        r = Run(s.url, one, text=lines(v) if not left else "")
        check("killed: all arrives afterwards", r.is_(0) and set(s.held) == ids, r)


def stopped(s, spool):
    s.always = 503
    p = subprocess.Popen([SEND, s.url, "--spool", spool, "--wait", "30"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    p.stdin.write(lines(statements(2)).encode())
    p.stdin.close()
    while not s.seen:
        time.sleep(0.01)
    p.send_signal(signal.SIGTERM)
    code = p.wait(timeout=10)
    check("SIGTERM while it waits", code == 143 and len(waiting(spool)) == 2, code)
    p.stdout.close()
    p.stderr.close()


def two(s, spool):
    s.moods = [st.slow]
    p = subprocess.Popen([SEND, s.url, "--spool", spool], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    p.stdin.write(lines(statements(2)).encode())
    p.stdin.close()
    while not s.seen:
        time.sleep(0.01)
    r = Run(s.url, spool, text=lines(statements(2, "second")))
    check("a second one keeps what it read", r.status == 75 and "another program" in r.err, r)
    check("the first sends that, too", p.wait(timeout=20) == 0 and len(s.held) == 4, len(s.held))


def through_rehearse(s, spool):
    p = subprocess.run([BUILD + "/rehearse", "send", s.url, "--spool", spool, "--lang", "en", "-"], input=lines(statements(2)).encode(), capture_output=True)
    check("rehearse send", p.returncode == 0 and p.stdout.decode() == counts(2, 0, 0, 0) + "\n" and len(s.held) == 2, p)


for test in (plain, letters, files, dead, moods, slowly, conflicts, conflict_same, refused, large, no_store, rights, certificates, input_, no_room,
             kill, stopped, two, through_rehearse):
    s = st.Store()
    with tempfile.TemporaryDirectory() as spool:
        test(s, spool)
    s.close()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
