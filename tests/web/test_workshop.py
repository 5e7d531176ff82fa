"""The real program on a wall, and strangers in its room: whatever they send, the screen stays as it is and the vote goes on."""
import os
import socket
import tempfile

from room import FORM, Phone, connect, raw, request
from test_doctor import REHEARSE, Terminal, free_port

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Where:
    """Where phones find the workshop: all that they know of it."""

    def __init__(self, port):
        self.host, self.port, self.address = "127.0.0.1", port, "127.0.0.1:%d" % port


def workshop(home, port, *args):
    os.mkdir(home + "/run", 0o700)
    return Terminal(80, 24, "env", "XDG_DATA_HOME=" + home + "/data", "XDG_RUNTIME_DIR=" + home + "/run", REHEARSE, "workshop", ROOT + "/tests/wall/room",
                    "--lang", "en", "--seed", "1", "--phones", "--address", "127.0.0.1", "--port", str(port), *args)


def attack(room, phone, victim):
    """Everything of test_hostile.py that a stranger in the room may try within a second or two."""
    own = "; ".join("%s=%s" % c for c in victim.cookies.items())
    vote = "t=%s&r=1&o=1"
    post = "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s"

    def send(path="/vote", host=room.address, cookie=own, kind=FORM, more="", body=vote % victim.token(), length=None):
        return raw(room, (post % (path, host, cookie, kind, more, len(body) if length is None else length, body)).encode("utf-8", "surrogateescape"))
    refused = [
        send(host="evil.example"), send(more="Origin: http://evil.example\r\n"), send(more="Origin: null\r\n"), send(more="Sec-Fetch-Site: cross-site\r\n"),
        send(kind="text/plain"), send(kind="application/json"), send(body=vote % ("0" * 32)), send(body=vote % phone.token()), send(cookie="x=y"),
        send(body="x" * 9000), send(more="A: %s\r\n" % ("b" * 9000)), send(more="Content-Length: 3\r\n"), send(more="Transfer-Encoding: chunked\r\n"),
        send(path="/../../etc/passwd"), send(path="/f/key", body="t=%s&s=1&k=32" % victim.token()), request(room, "DELETE", "/"), request(room, "TRACE", "/"),
        request(room, "GET", "/" + "a" * 2000), request(room, "GET", "/%2e%2e/%2e%2e/etc/passwd"), request(room, "GET", "/F/" + "A" * 26),
    ]
    assert all(a is None or 400 <= a.status < 500 for a in refused), [a and a.status for a in refused]
    flood = []
    for i in range(300):
        try:
            s = connect(room, source="127.0.9.%d" % (i % 200 + 1), patience=2)
            s.sendall(b"GET / HTTP/1.1\r\nHo" if i % 2 else b"\x16\x03\x01" + os.urandom(40))
            flood.append(s)
        except OSError:
            pass
    return flood


def test_nothing_that_strangers_send_is_on_the_wall():
    with tempfile.TemporaryDirectory(prefix="rehearse-") as home:
        room = Where(free_port())
        with workshop(home, room.port, "--identity", "nick") as wall:
            wall.until(room.address)
            phones = [Phone(room).join() for _ in range(3)]
            for i, name in enumerate(("Ana", "%3Cscript%3Ealert(1)%3C/script%3E%1B%5B2J%E2%80%AE", "%F0%9F%A6%8A")):
                assert phones[i].send("/name", "n=" + name).status == 303, name
            wall.until("3 people in the room")
            wall.press("Space")
            wall.until("0 of 3 have answered")
            phones[0].vote(1, 1)
            wall.until("1 of 3 have answered")
            before = wall.text()
            flood = attack(room, Phone(room).join(), phones[1])
            wall.until("1 of 4 have answered")  # the stranger who joined is counted, since anybody may
            assert wall.text() == before.replace("1 of 3", "1 of 4"), wall.text()
            for words in ("Ana", "script", "alert", "\U0001f98a"):
                assert words not in wall.text()
            assert phones[1].vote(1, 2).status == 303 and phones[2].vote(1, 2).status == 303
            for _ in range(5):
                phones[0].vote(1, 1)  # as often as it likes
            wall.until("3 of 4 have answered")
            late = Phone(room, source="127.0.0.77").join()
            assert "What shall we call you?" in late.look().body
            for s in flood:
                s.close()
            wall.press("r")
            wall.until("How we voted")
            assert "Ana" not in wall.text() and "script" not in wall.text()


def test_a_second_code_joins_the_wifi():
    with tempfile.TemporaryDirectory(prefix="rehearse-") as home:
        with open(home + "/password", "w") as f:
            f.write("pass;word:1\\,\"\n")
        room = Where(free_port())
        with workshop(home, room.port, "--wifi", "Room; \"3\"", "--wifi-password", home + "/password") as wall:
            shown = wall.until(room.address)
            assert "Room; \"3\"" in shown and "pass" not in shown


def test_a_port_that_is_taken_is_said_before_the_wall_stands():
    with tempfile.TemporaryDirectory(prefix="rehearse-") as home, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with workshop(home, port) as wall:
            said = wall.until("ended 74")
            assert str(port) in said and "rehearse doctor" in said and "hands count" in said.replace("\n", " ")
