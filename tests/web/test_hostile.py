"""What strangers in the room may try.  Nothing of it may change the room, stop others from voting, or end the server."""
import os
import re
import resource
import socket
import time

from room import FORM, Phone, Room, connect, raw, read_answer, request

HEADERS = ("X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Cache-Control", "Content-Type")


def well(room, phone, round=1):
    """The room goes on: PHONE votes, and nothing else was heard."""
    room.heard()
    assert phone.vote(round, 2).status == 303
    heard = room.heard()
    assert len(heard) == 1 and heard[0].startswith("voted "), heard


def opened(*args, **more):
    room = Room(*args, **more)
    phone = Phone(room).join()
    room.show("vote 1")
    phone.look()
    return room, phone


def cookies_of(phone):
    return "; ".join("%s=%s" % c for c in phone.cookies.items())


# ---- forged -------------------------------------------------------------------------------------------------------

def test_a_form_without_its_token():
    room, phone = opened()
    with room:
        other = Phone(room).join()
        other.look()
        room.heard()
        own, vote = phone.token(), "&r=1&o=1"
        for body in ("r=1&o=1", "t=" + vote, "t=" + other.token() + vote, "t=" + own[:-1] + vote, "t=" + own + own + vote, "t=" + "0" * 32 + vote,
                     "t=%s&t=%s" % (own, own) + vote, "t=" + own.upper() + "%00" + vote):
            assert phone.ask("POST", "/vote", body).status == 403, body
        stranger = Phone(room)
        assert stranger.ask("POST", "/vote", "t=" + own + vote).status == 403
        assert room.heard() == []
        well(room, phone)


def test_cookies_made_up():
    room, phone = opened()
    with room:
        name, value = next(iter(phone.cookies.items()))
        number, random, proof = value.split(".")
        other = Phone(room).join()
        room.heard()
        rows = ["2." + random + "." + proof, number + "." + "0" * 32 + "." + proof, number + "." + random + "." + "0" * 32, "1", "", ".", "..", "1..", value + "0",
                value[:-1], "-1." + random + "." + proof, "99999999999." + random + "." + proof, "1." + proof + "." + random, value.upper(), "9" * 3000]
        for row in rows:
            forger = Phone(room)
            forger.cookies = {name: row}
            assert "Join in" in forger.look().body, row
            forger.cookies = {name: row}
            assert forger.ask("POST", "/vote", "t=%s&r=1&o=1" % phone.token()).status == 403, row
        assert room.heard() == [] and other.chosen() == 0
        well(room, phone)


def test_hosts_that_are_not_ours():
    room, phone = opened()
    with room:
        port = ":%d" % room.port
        rows = [("127.0.0.1" + port, 200), ("192.168.7.7" + port, 200), ("[::1]" + port, 200), ("127.0.0.1", 421), ("127.0.0.1:80", 421), ("localhost" + port, 421),
                ("evil.example" + port, 421), ("evil.example", 421), ("127.0.0.1" + port + ".evil.example", 421), ("127.0.0.1.evil.example" + port, 421),
                ("evil@127.0.0.1" + port, 421), ("[::1" + port, 421), ("::1" + port, 421), ("127.1" + port, 421), ("0x7f.1" + port, 421), ("127.0.0.1:+%d" % room.port, 421),
                ("127.0.0.1:%d " % room.port, 421), ("127.0.0.1:0%d" % room.port, 200), ("127.0.0.1" + port + "0", 421), ("", 421), (":", 421), ("[]" + port, 421), ("a" * 900, 421)]
        for host, status in rows:
            answer = request(room, "GET", "/", host=host)
            assert answer.status == status, (host, answer.status)
            if status == 421:
                assert "wall shows" in answer.body and "大屏幕" in answer.body
            answer = raw(room, ("POST /vote HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: 42\r\n\r\nt=%s&r=1&o=1" %
                                (host, cookies_of(phone), FORM, phone.token())).encode())
            assert answer.status == (303 if status == 200 else 421), host
        assert raw(room, b"GET / HTTP/1.0\r\n\r\n").status == 421
        assert raw(room, b"GET / HTTP/1.1\r\n\r\n").status in (400, 421)
        two = "GET / HTTP/1.1\r\nHost: %s\r\nHost: evil.example\r\n\r\n" % room.address
        assert raw(room, two.encode()).status == 400
        assert raw(room, ("GET http://evil.example/ HTTP/1.1\r\nHost: %s\r\n\r\n" % room.address).encode()).status == 404
        well(room, phone)


def test_origins_that_are_not_ours():
    room, phone = opened()
    with room:
        room.heard()
        own = "http://" + room.address
        rows = [("Origin", own, 303), ("Origin", own.upper().replace("HTTP", "http"), 303), ("Origin", "http://evil.example", 403), ("Origin", "null", 403),
                ("Origin", "https://" + room.address, 403), ("Origin", own + "0", 403), ("Origin", own + ".evil.example", 403), ("Origin", "http://127.0.0.1:1", 403),
                ("Origin", own + "/", 403), ("Origin", "x", 403), ("Sec-Fetch-Site", "same-origin", 303), ("Sec-Fetch-Site", "none", 303),
                ("Sec-Fetch-Site", "cross-site", 403), ("Sec-Fetch-Site", "same-site", 403), ("Sec-Fetch-Site", "whatever", 403),
                ("Content-Type", FORM + "; charset=UTF-8", 303), ("Content-Type", FORM.upper(), 303), ("Content-Type", "text/plain", 415),
                ("Content-Type", "application/json", 415), ("Content-Type", "multipart/form-data; boundary=x", 415), ("Content-Type", FORM + "x", 415), ("Content-Type", "", 415)]
        for name, value, status in rows:
            answer = phone.send("/vote", "r=1&o=1", [(name, value)])
            assert answer.status == status, (name, value, answer.status)
            assert not answer.all("Access-Control-Allow-Origin")
            if status == 303:
                time.sleep(0.26)  # slower than the pace of one phone
        assert room.heard() == ["voted 1 1 1"] * 6
        well(room, phone)


# ---- malformed and oversized --------------------------------------------------------------------------------------

def test_requests_out_of_shape():
    room, phone = opened()
    with room:
        host = "Host: %s\r\n" % room.address
        get = "GET / HTTP/1.1\r\n" + host
        post = "POST /vote HTTP/1.1\r\n%sCookie: %s\r\nContent-Type: %s\r\n" % (host, cookies_of(phone), FORM)
        body = "t=%s&r=1&o=1" % phone.token()
        n = len(body)
        rows = {
            "long target": ("GET /%s HTTP/1.1\r\n%s\r\n" % ("a" * 1100, host), 414),
            "very long target": ("GET /%s HTTP/1.1\r\n%s\r\n" % ("a" * 20000, host), (414, 431, None)),
            "many lines": (get + "A: b\r\n" * 60 + "\r\n", 431),
            "long line": (get + "A: %s\r\n\r\n" % ("b" * 8200), 431),
            "very long line": (get + "A: %s\r\n\r\n" % ("b" * 60000), (431, None)),
            "endless lines": (get + "A: b\r\n" * 20000, (431, None)),
            "no length": (post + "\r\n" + body, 411),
            "chunked": (post + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (n, body), 411),
            "chunked with a length": (post + "Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (n, n, body), (400, 411)),
            "coded": (post + "Transfer-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s" % (n, body), (400, 411)),
            "two lengths": (post + "Content-Length: %d\r\nContent-Length: 3\r\n\r\n%s" % (n, body), 400),
            "two lengths alike": (post + "Content-Length: %d\r\nContent-Length: %d\r\n\r\n%s" % (n, n, body), 400),
            "a list of lengths": (post + "Content-Length: %d, %d\r\n\r\n%s" % (n, n, body), 400),
            "a length with a sign": (post + "Content-Length: +%d\r\n\r\n%s" % (n, body), 400),
            "a negative length": (post + "Content-Length: -1\r\n\r\n" + body, 400),
            "a length in hexadecimal": (post + "Content-Length: 0x2a\r\n\r\n" + body, 400),
            "an empty length": (post + "Content-Length:\r\n\r\n" + body, (400, 411)),
            "a length beyond numbers": (post + "Content-Length: 99999999999999999999999\r\n\r\n" + body, (400, 413)),
            "a large body": (post + "Content-Length: 8193\r\n\r\n" + "x" * 8193, 413),
            "a huge body": (post + "Content-Length: 1000000000\r\n\r\n" + "x" * 100000, (413, None)),
            "a huge body, asked for first": (post + "Content-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n", 413),
            "a body of a GET": (get + "Content-Length: 3\r\n\r\nabc", 400),
            "a NUL in a header": (get + "Cookie: a\0b\r\n\r\n", (200, 400, None)),
            "a NUL in the target": ("GET /\0x HTTP/1.1\r\n%s\r\n" % host, (200, 400, 404, None)),
            "a bare line end": ("GET / HTTP/1.1\nHost: %s\n\n" % room.address, (200, 400, None)),
            "another protocol": ("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "a" * 100 + "\r\n\r\n", (400, None)),
            "HTTP/2": ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 405, 421, 505, None)),
            "HTTP/9": ("GET / HTTP/9.9\r\n%s\r\n" % host, (200, 400, 505, None)),
            "no version": ("GET /\r\n\r\n", (400, 421, 505, None)),
            "nothing": ("\r\n\r\n\r\n", (400, None)),
        }
        room.heard()
        for name, (sent, statuses) in rows.items():
            with connect(room, patience=2) as s:
                try:
                    s.sendall(sent.encode("latin-1"))
                    s.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
                try:
                    answer = read_answer(s)
                except socket.timeout:
                    answer = None
            status = answer.status if answer else None
            assert status in (statuses if isinstance(statuses, tuple) else (statuses,)), (name, status)
            if status and status >= 400 and answer.get("Content-Security-Policy"):
                assert answer.get("Connection").lower() == "close", name
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "X" * 200):
            answer = raw(room, ("%s / HTTP/1.1\r\n%s\r\n" % (method, host)).encode())
            assert answer is None or answer.status in (400, 405), (method, answer.status)
        assert room.heard() == []
        well(room, phone)


def test_what_follows_a_refused_request_is_not_heard():
    """Bytes behind a length that was not believed are no second request."""
    room, phone = opened()
    with room:
        room.heard()
        inner = "POST /vote HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: 42\r\n\r\nt=%s&r=1&o=1" % (
            room.address, cookies_of(phone), FORM, phone.token())
        for head in ("Content-Length: 0\r\nContent-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 9000\r\n", "Content-Type: text/plain\r\nContent-Length: 0\r\n"):
            outer = "POST /join HTTP/1.1\r\nHost: %s\r\n%s\r\n" % (room.address, head)
            with connect(room, patience=2) as s:
                s.sendall((outer + inner).encode())
                first = read_answer(s)
                assert first is None or first.status >= 400
        assert room.heard() == []
        well(room, phone)


def test_fields_out_of_shape():
    room, phone = opened()
    with room:
        room.heard()
        for body in ("r=1", "o=1", "r=1&o=", "r=1&o=1&o=2", "r=1&o=-1", "r=1&o=1.0", "r=1&o=01x", "r=1&o=%00", "r=1&o=%", "r=1&o=%4", "r=4294967297&o=1", "r=x&o=1",
                     "r=1&o=99999999999999999999", "r=1&o=+1", "&&&==&", "r=1&o[]=1", "r=1;o=1"):
            other = Phone(room).join()
            other.look()
            assert other.send("/vote", body).status == 400, body
        assert [line for line in room.heard() if line.startswith("voted")] == []
        well(room, phone)


def test_paths_are_exact():
    with Room() as room:
        phone = Phone(room).join()
        css = re.search(r'href="(/[^"]+\.css)"', phone.page).group(1)
        assert phone.look(css).get("Cache-Control") == "public, max-age=31536000, immutable"
        for path in ("/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/", "//", "/./", "/r-0.css", css + "/", css + "%00", css[:-1], css.upper(), "/ICON.SVG", "/engine/front/phones.css",
                     "/f/", "/F/", "/F", "/LIVE", "/join", "/vote", "/f/key", "/%6cive", "/keep/../", "*", "/\\..\\", "/a" * 300):
            answer = phone.look(path)
            assert answer.status == 404, (path, answer.status)
        assert phone.look(css + "?x=../../etc/passwd").status == 200
        assert phone.ask("POST", "/", "").status == 404 and phone.ask("POST", css, "").status == 404


def test_every_answer_says_what_it_may_be_used_for():
    room, phone = opened()
    with room:
        answers = [phone.look("/"), phone.look("/nothing"), phone.look("/icon.svg"), phone.look("/f"), phone.send("/vote", "r=1&o=1"), phone.send("/vote", "r=9&o=1"),
                   phone.ask("POST", "/vote", ""), request(room, "GET", "/", host="evil.example"), phone.look("/keep"), Phone(room).look("/live"), phone.look("/zh")]
        for a in answers:
            for name in HEADERS:
                assert len(a.all(name)) == 1, (a.status, name)
            assert a.get("Content-Type").endswith("charset=utf-8")
            assert "unsafe" not in a.get("Content-Security-Policy") and "'none'" in a.get("Content-Security-Policy")
            assert a.get("Cache-Control") == ("no-store" if not a.body.startswith("<svg") else "public, max-age=31536000, immutable")
            assert not any(k.lower().startswith("access-control") or k.lower() == "server" for k, _ in a.headers)
        for cookie in Phone(room).look().all("Set-Cookie"):
            assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Domain" not in cookie and "Path=/" in cookie
        for script in re.findall(r"<script[^>]*>", phone.look("/").body):
            assert "src=" in script
        assert not re.search(r'style="| on\w+=', phone.page)


def test_old_and_hasty_clients():
    """HTTP/1.0, and requests written one behind the other before the first was answered."""
    room, phone = opened()
    with room:
        room.heard()
        old = raw(room, ("GET / HTTP/1.0\r\nHost: %s\r\n\r\n" % room.address).encode())
        assert old.status == 200 and "Join in" in old.body
        with connect(room) as s:  # and is hung up on
            s.sendall(("GET /icon.svg HTTP/1.0\r\nHost: %s\r\n\r\n" % room.address).encode())
            seen = b""
            while True:
                more = s.recv(65536)
                if not more:
                    break
                seen += more
            assert seen.endswith(b"</svg>\n")
        post = "POST /vote HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        bodies = ["t=%s&r=1&o=%d" % (phone.token(), option) for option in (1, 3, 2)]
        with connect(room) as s:
            s.sendall("".join(post % (room.address, cookies_of(phone), FORM, len(b), b) for b in bodies).encode())
            statuses = [read_one(s) for _ in bodies]
        assert statuses == [303, 303, 303]
        assert room.heard() == ["voted 1 1 1", "voted 1 1 3", "voted 1 1 2"]
        with connect(room) as s:  # the other side says that it will send no more, and still reads
            s.sendall(("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % room.address).encode())
            s.shutdown(socket.SHUT_WR)
            answer = read_answer(s)
            assert answer is None or answer.status == 200
        well(room, phone)


def read_one(s):
    """The status of one answer without a body, and no byte more."""
    seen = b""
    while not seen.endswith(b"\r\n\r\n"):
        seen += s.recv(1)
    assert b"Content-Length: 0" in seen
    return int(seen.split()[1])


def test_line_ends_do_not_get_into_headers():
    room, phone = opened()
    with room:
        room.heard()
        evil = "%0d%0aX-Bad:%20yes%0d%0aSet-Cookie:%20x=y"
        for path in ("/zh" + evil, "/zh?" + evil, "/zh?f" + evil, "/en?\u000bX-Bad: yes", "/F/" + evil, "/keep" + evil, "/?" + evil):
            answer = phone.look(path)
            assert not answer.all("X-Bad") and "x" not in [c.split("=")[0] for c in answer.all("Set-Cookie")], path
            assert answer.get("Location") in ("", "/", "/f")
        phone.cookies["l" + str(room.port)] = "7a680d0a582d4261643a20796573"  # "zh\r\nX-Bad: yes"
        assert not phone.look("/").all("X-Bad")
        room.show("home")
        phone.look()
        answer = phone.send("/sentence", "w=a" + evil)
        assert answer.status == 303 and not answer.all("X-Bad")
        assert all("\r" not in c and "\n" not in c for c in answer.all("Set-Cookie"))
        assert "a X-Bad: yes Set-Cookie: x=y</textarea>" in phone.page


def test_cookies_beyond_measure():
    room, phone = opened()
    with room:
        room.heard()
        own = cookies_of(phone)
        rows = [("x=" + "a" * 7000, 200), ("x=" + "a" * 8200, 431), ("; " * 3500, (200, 431)), ("a=b; " * 1500, (200, 431)), ("".join("app%d=%016d; " % (i, i) for i in range(150)), 200), ("=" * 7000, 200), ("x=\u00ff\u00fe", 200), ("\x7f\x01=\x02", (200, 400))]
        for more, statuses in rows:
            answer = raw(room, ("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nCookie: %s; %s\r\n\r\n" % (room.address, own, more)).encode("latin-1"))
            assert answer.status in (statuses if isinstance(statuses, tuple) else (statuses,)), (more[:10], answer.status)
            if answer.status == 200:
                assert "What do you say?" in answer.body, more[:10]  # still known
        name = next(iter(phone.cookies))
        twice = raw(room, ("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nCookie: %s=1.2.3; %s\r\n\r\n" % (room.address, name, own)).encode())
        assert "Join in" in twice.body  # the first counts, and it is made up
        well(room, phone)


def test_one_phone_on_twenty_connections_is_one_vote():
    room, phone = opened()
    with room:
        other = Phone(room).join()
        other.vote(1, 1)
        room.heard()
        body = "t=%s&r=1&o=%%d" % phone.token()
        socks = [connect(room, source="127.0.0.%d" % (9 + i)) for i in range(18)]
        for i, s in enumerate(socks):
            b = body % (i % 3 + 1)
            s.sendall(("POST /vote HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" %
                       (room.address, cookies_of(phone), FORM, len(b), b)).encode())
        assert all(read_answer(s).status in (303, 429) for s in socks)
        room.say("tally")
        voters, *counts = map(int, room.after("tally").split())
        assert voters == 2 and sum(counts) == 2, counts


# ---- words that would like to be more -----------------------------------------------------------------------------

def test_markup_in_a_scenario_is_text():
    with Room("--hostile") as room:
        phone = Phone(room).join()
        stream = phone.stream()
        assert stream.until("event: count")
        for command in ("vote 1", "discuss", "reveal"):
            room.show(command)
            for page in (phone.look("/").body, phone.look("/zh") and phone.look("/").body):
                assert "<script>" not in page and "<svg onload" not in page and "<img" not in page and "<b>x" not in page and "onclick=bad()>" not in page.replace("onclick=bad()&gt;", "")
                assert "&lt;" in page and "\x1b" not in page
            phone.look("/en")
        seen = stream.until("Result")
        assert "\nevent: room\n\n" not in seen and "&lt;script&gt;" in seen and "data: <h1>bad" not in seen


def test_answers_are_quoted_where_they_are_shown_again():
    with Room() as room:
        phone = Phone(room).join()
        room.show("form")
        phone.look()
        assert phone.send("/say", "i-plus=%3C%2Ftextarea%3E%3Cscript%3Ebad%28%29%3C%2Fscript%3E").status == 303
        assert "<script>bad" not in phone.page and "&lt;/textarea&gt;" in phone.page
        room.show("home")
        phone.look()
        name = [n for n in phone.cookies if n.startswith("r")][0]
        forged = "s" + name[1:]
        for value in ("zz", "3c", "3", "00", "0d0a5365742d436f6f6b69653a20783d79", "3c2f74657874617265613e3c7363726970743e"):
            phone.cookies[forged] = value
            page = phone.look().body
            assert "<script>" not in page.replace('<script src', ''), value
            assert "</textarea><" not in page.replace("</textarea></label>", ""), value
            assert not [c for c in phone.look().all("Set-Cookie") if "x=y" in c]


# ---- the facilitator's page ---------------------------------------------------------------------------------------

def test_phones_cannot_steer():
    room, phone = opened()
    with room:
        desk = Phone(room)
        desk.look(room.desk[room.desk.index("/F/"):])
        room.heard()
        assert phone.send("/f/key", "k=32").status == 403
        assert "Wait five seconds" not in phone.look("/f").body and "Wait five seconds" not in phone.look("/").body
        desk.look("/f")
        token = desk.token()
        assert phone.ask("POST", "/f/key", "t=%s&s=2&k=32" % token).status == 403
        assert desk.ask("POST", "/f/key", "t=%s&s=2&k=32" % phone.token()).status == 403
        assert desk.ask("POST", "/f/key", "t=%s&s=2&k=32" % token, [("Origin", "http://evil.example")]).status == 403
        assert desk.ask("GET", "/f/key?t=%s&s=2&k=32" % token).status == 404
        name = [n for n in desk.cookies if n.startswith("d")][0]
        for value in ("", "0" * 32, desk.cookies[name][:-1] + ("0" if desk.cookies[name][-1] != "0" else "1"), next(iter(phone.cookies.values())).split(".")[2]):
            forger = Phone(room)
            forger.cookies = {name: value}
            assert forger.ask("POST", "/f/key", "t=%s&s=2&k=32" % token).status == 403
            assert forger.look("/f/live").status == 204
        assert room.heard() == []
        well(room, phone)


def test_guessed_codes():
    room, phone = opened()
    with room:
        code = room.desk[room.desk.index("/F/") + 3:]
        rows = ["A" * 26, code[:-1] + ("A" if code[-1] != "A" else "B"), code + "A", code[:25], ""]
        statuses = [phone.ask("POST", "/f", "code=" + row).status for row in rows]
        assert statuses == [403] * 5, statuses
        refused = phone.ask("POST", "/f", "code=" + code)  # not even looked at
        assert refused.status == 429 and refused.get("Retry-After") in ("1", "2")
        assert phone.look("/F/" + code).status == 429
        assert Phone(room, source="127.0.0.9").look("/F/" + code).status == 303
        waits = []
        for _ in range(2):
            time.sleep(float(refused.get("Retry-After")) + 0.05)
            assert phone.look("/F/" + "B" * 26).status == 404
            refused = phone.look("/F/" + code)
            assert refused.status == 429
            waits.append(int(refused.get("Retry-After")))
        assert waits[0] < waits[1], waits
        time.sleep(waits[1] + 0.05)
        assert phone.look("/F/" + code).status == 303
        assert room.figures()["guesses"] == 7
        well(room, phone)


# ---- slow, many, and too many -------------------------------------------------------------------------------------

def drip(socks, bytes_each):
    for s in socks:
        try:
            s.send(bytes_each)
        except OSError:
            pass


def closed(s):
    s.settimeout(0.01)
    try:
        return s.recv(4096) == b""
    except socket.timeout:
        return False
    except OSError:
        return True


def test_a_drip_is_cut_off():
    room, phone = opened("--times", "600,900,5000,5000")
    with room:
        heads = [b"G", b"GET / HTTP/1.1\r\n", ("POST /vote HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: 4000\r\n\r\n" % (room.address, FORM)).encode()]
        socks = [connect(room, source="127.0.0.9") for _ in range(30)]
        for i, s in enumerate(socks):
            s.sendall(heads[i % 3])
        start = time.monotonic()
        while time.monotonic() - start < 2 and socks:
            drip(socks, b"a")
            time.sleep(0.1)
            socks = [s for s in socks if not closed(s)]
        assert not socks, "%d still open" % len(socks)
        with connect(room) as idle:  # what was answered may idle a little longer, and no longer
            idle.sendall(("GET /icon.svg HTTP/1.1\r\nHost: %s\r\n\r\n" % room.address).encode())
            idle.recv(4096)
            time.sleep(0.6)
            assert not closed(idle)
            time.sleep(0.8)
            assert closed(idle)
        with connect(room) as silent:
            time.sleep(1.2)
            assert closed(silent)
        time.sleep(1)
        well(room, phone)


def test_nobody_waits_for_a_phone_that_does_not_read():
    room, phone = opened("--times", "800,5000,5000,900")
    with room:
        stuck = []
        for _ in range(3):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            s.connect((room.host, room.port))
            s.sendall(("GET /live HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n" % (room.address, cookies_of(phone))).encode())
            stuck.append(s)
        other = Phone(room).join()
        live = other.stream()
        assert live.until("event: count")
        for i in range(400):
            room.show("vote %d" % (2 + i % 9) if i % 2 else "wall")
            if i % 40 == 0:
                time.sleep(0.02)
        room.show("vote 12")
        assert live.until('name="r" value="12"')
        end = time.monotonic() + 10
        while room.figures()["awake"] > 1:
            assert time.monotonic() < end, room.figures()
            time.sleep(0.1)
        well(room, other, 12)
        for s in stuck:
            s.close()


def test_a_flood_leaves_room_for_others():
    room, phone = opened("--connections", "100,8")
    with room:
        live = phone.stream()
        assert live.until("event: count")
        flood = []
        for i in range(300):
            try:
                flood.append(connect(room, source="127.0.0.9"))
            except OSError:
                break
        flood += [connect(room, source="127.0.1.%d" % (i % 200 + 1)) for i in range(200)]
        for s in flood[::3]:
            try:
                s.sendall(b"GET / HTTP/1.1\r\nHost: 1")
            except OSError:
                pass
        for _ in range(5):
            well(room, phone)
        newcomer = Phone(room, source="127.0.0.3").join()
        assert "What do you say?" in newcomer.page
        room.show("wait")
        assert live.until("The vote is closed.")
        for s in flood:
            s.close()


def test_a_flood_takes_little_memory():
    """As many connections as there may be, each with headers that never end."""
    room, phone = opened()
    with room:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        half = b"GET / HTTP/1.1\r\nA: " + b"b" * 7000
        flood = []
        for i in range(min(1800, hard - 200)):
            try:
                s = connect(room, source="127.0.%d.%d" % (i % 60 + 2, i % 200 + 1), patience=2)
                s.sendall(half)
                flood.append(s)
            except OSError:
                pass
        assert len(flood) > 300
        well(room, phone)
        if not os.environ.get("SANITIZED"):
            assert room.peak() < 48 * 1024, "%d KiB" % room.peak()
        for s in flood:
            s.close()


def test_streams_of_one_address_do_not_fill_the_house():
    room, phone = opened("--connections", "80,8")
    with room:
        crowd = [Phone(room, source="127.0.0.9").join() for _ in range(60)]
        streams = [p.stream() for p in crowd]
        time.sleep(0.3)
        well(room, phone)
        assert "What do you say?" in Phone(room, source="127.0.0.4").join().page
        room.show("wait")
        told = sum(bool(s.until("The vote is closed.", 0.5)) for s in streams[:25])
        assert told == 25, told  # the first came while there was room
        for s in streams:
            s.close()


def test_many_requests_on_one_connection():
    room, phone = opened()
    with room:
        one = ("GET /icon.svg HTTP/1.1\r\nHost: %s\r\n\r\n" % room.address).encode()
        with connect(room, source="127.0.0.9") as s:
            s.sendall(one * 500)
            seen = b""
            while seen.count(b"</svg>") < 500:
                more = s.recv(65536)
                assert more
                seen += more
        well(room, phone)


def test_a_program_that_votes_is_slowed_down():
    room, phone = opened()
    with room:
        other = Phone(room).join()
        other.look()
        room.heard()
        statuses = [phone.send("/vote", "r=1&o=%d" % (i % 3 + 1)).status for i in range(60)]
        slow = [s for s in statuses if s == 429]
        assert 20 <= statuses.count(303) <= 30 and len(slow) >= 30, statuses
        well(room, other)
        time.sleep(1.1)
        well(room, phone)


def test_out_of_descriptors():
    """Accepting pauses instead of spinning, those who are in go on, and newcomers come in as soon as others leave."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    room, phone = opened(wrap=("sh", "-c", "ulimit -n 40 && exec \"$@\"", "sh"))
    with room:
        live = phone.stream()
        assert live.until("event: count")
        crowd = [connect(room, source="127.0.0.9") for _ in range(60)]
        time.sleep(0.3)
        before = room.cpu()
        time.sleep(1.5)
        spent = room.cpu() - before
        assert spent < 0.5, "%.2f s of CPU while waiting" % spent
        room.show("wait")
        assert live.until("The vote is closed.")
        for s in crowd:
            s.close()
        time.sleep(1.2)
        room.show("vote 3")
        well(room, phone, 3)
        assert "What do you say?" in Phone(room).join().page


def test_idle_costs_nothing():
    room, phone = opened()
    with room:
        streams = [Phone(room).join().stream() for _ in range(5)]
        for s in streams:
            assert s.until("event: count")
        time.sleep(0.5)
        before = room.cpu()
        time.sleep(1)
        assert room.cpu() - before < 0.1
        for s in streams:
            s.close()


def test_it_ends_cleanly():
    room, phone = opened()
    streams = [phone.stream() for _ in range(2)]
    half = connect(room)
    half.sendall(b"GET / HT")
    for s in streams:
        assert s.until("event: count")
    assert room.close() == 0
    assert all(s.ended(5) for s in streams)
    half.close()
