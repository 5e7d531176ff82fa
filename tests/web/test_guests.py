"""What people do with their phones: join, vote, change their minds, sleep, come back, write, take something home."""
import re
import time
import urllib.parse

from room import FORM, Phone, Room, connect, raw, request


def quoted(words):
    return urllib.parse.quote_plus(words)


def test_join_vote_change_take_back():
    with Room() as room:
        phone = Phone(room).join()
        assert "You are in" in phone.page
        room.show("vote 1")
        assert phone.vote(1, 2).status == 303
        assert phone.chosen() == 2 and "You chose B" in phone.page
        phone.vote(1, 3)
        phone.vote(1, 1)
        phone.vote(1, 1)
        phone.vote(1, 0)
        assert phone.chosen() == 0
        assert room.heard() == ["joined 1"] + ["voted 1 1 %d" % o for o in (2, 3, 1, 1, 0)]


def test_each_state_has_a_page():
    words = {"lobby": "You are in", "wall": "Look at the wall", "vote 1": "What do you say", "wait": "The vote is closed",
             "discuss": "What did he need", "reveal": "Result", "break": "10:40", "form": "What went well", "home": "Lin Yue"}
    with Room() as room:
        phone = Phone(room).join()
        for command, needle in words.items():
            room.show(command)
            phone.look()
            assert needle in phone.page, (command, phone.page)
            assert "<h1" in phone.page and 'lang="en"' in phone.page
        room.tell("none")
        assert "It begins soon" in phone.look().body


def test_late_votes_are_told():
    with Room() as room:
        phone = Phone(room).join()
        room.show("vote 1")
        phone.look()
        room.show("wait")
        late = phone.send("/vote", "r=1&o=1")
        assert late.status == 409 and "closed meanwhile" in late.body
        room.show("again 2")
        assert phone.send("/vote", "r=1&o=1").status == 409
        assert phone.vote(2, 4).status == 409 and phone.vote(2, 27).status == 400
        assert phone.vote(2, 3).status == 303
        assert room.heard() == ["joined 1", "voted 1 2 3"]


def test_one_browser_is_one_voter():
    with Room() as room:
        phone = Phone(room)
        phone.look()
        token, cookies = phone.token(), dict(phone.cookies)
        for _ in range(3):  # a button pressed more than once, before the answer came
            phone.cookies = dict(cookies)
            assert phone.ask("POST", "/join", "t=" + token).status == 303
        assert phone.ask("POST", "/join", "t=" + token).status == 303  # another tab that still shows the button
        room.show("vote 1")
        phone.vote(1, 1)
        other = Phone(room)
        other.cookies = dict(phone.cookies)
        assert other.chosen() == 1
        other.vote(1, 2)
        assert phone.chosen() == 2
        assert room.heard() == ["joined 1", "voted 1 1 1", "voted 1 1 2"]


def test_reveal_shows_both_rounds_and_ones_own_vote():
    with Room() as room:
        phones = [Phone(room).join() for _ in range(2)]
        room.show("vote 1")
        phones[0].vote(1, 1)
        room.tell("hands 1 4")
        room.tell("hands 3 2")
        room.show("again 2")
        phones[0].vote(2, 3)
        room.tell("hands 3 8")
        page = Phone.look(phones[0]).body
        assert "Second vote" in page
        room.show("reveal")
        page = phones[0].look().body
        rows = re.findall(r"<li.*?</li>", page)
        assert "first:</span><strong>5 votes</strong><em>your vote" in rows[0] and "second:</span><strong>0 votes" in rows[0], rows[0]
        assert "9 votes</strong><em>your vote" in rows[2] and "This was said." in rows[2], rows[2]
        assert "your vote" not in phones[1].look().body
        assert 'width="71%"' in rows[0]


def test_few_votes_show_only_what_leads():
    with Room() as room:
        phones = [Phone(room).join() for _ in range(4)]
        room.show("vote 1")
        for phone, option in zip(phones, (2, 2, 2, 1)):
            phone.vote(1, option)
        room.show("reveal")
        page = phones[3].look().body
        assert "<svg" not in page and not re.search(r"\d votes?<", page), page
        rows = re.findall(r"<li.*?</li>", page)
        assert "leads" in rows[1] and "leads" not in rows[0] and "your vote" in rows[0] and "Fewer than five" in page


def test_languages():
    rows = [("zh-CN,zh;q=0.9,en;q=0.8", True), ("en-GB,en;q=0.9,zh;q=0.8", False), ("fr,zh-Hans;q=0.5", True), ("fr,de", False),
            ("en;q=0.3, zh-TW;q=0.7", True), ("*", False), ("", False), ("zhx", False), ("zh;q=0", False), ("en;q=0.8,zh;q=2", True)]
    with Room() as room:
        for header, chinese in rows:
            page = Phone(room, language=header).look().body
            assert ("用这部手机参加" in page) == chinese, header
            assert ('<html lang="zh-CN">' if chinese else '<html lang="en">') in page
        phone = Phone(room, language="en").join()
        moved = phone.look("/zh")
        assert moved.status == 303 and moved.get("Location") == "/" and "已加入" in phone.look().body
        assert phone.look("/en").status == 303 and "You are in" in phone.look().body
    with Room("--lang", "zh-CN") as room:
        assert "用这部手机参加" in Phone(room, language="fr").look().body


def test_pages_are_small():
    with Room() as room:
        for language in ("en", "zh-CN"):
            phone = Phone(room, language=language).join()
            for command in ("vote 1", "reveal", "form", "home"):
                room.show(command)
                page = phone.look()
                parts = [page] + [phone.look(p) for p in re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg))"', page.body)]
                assert len(parts) == 4
                total = sum(len(a.body.encode()) + sum(len(k) + len(v) + 4 for k, v in a.headers) for a in parts)
                assert total < 15000, (command, total)


def test_live_pages():
    with Room() as room:
        phone, other = Phone(room).join(), Phone(room, language="zh").join()
        one, two = phone.stream(), other.stream()
        assert "You are in" in one.until("It begins soon.")
        room.show("vote 1")
        assert one.until("What do you say?") and two.until("你说什么？")
        phone.vote(1, 2)
        assert one.until('value="2" aria-pressed="true"') and one.until("1 of 2 has answered") and two.until("2 人中已有 1 人作答")
        assert room.figures()["awake"] == 2
        one.close()
        end = time.monotonic() + 10
        while room.figures()["awake"] != 1 and time.monotonic() < end:
            time.sleep(0.05)
        assert room.figures()["awake"] == 1
        room.show("reveal")
        assert two.until("结果")
        assert phone.stream().until("Result")  # whoever comes back sees what holds now
        room.show("home")
        assert two.until("event: page")
        assert phone.look("/f/live").status == 204 and Phone(room).look("/live").status == 204


def test_counts_do_not_move_the_page():
    """Votes of others change a number, never the buttons, and not more often than a few times a second."""
    with Room() as room:
        phones = [Phone(room).join() for _ in range(12)]
        room.show("vote 1")
        stream = phones[0].stream()
        stream.until("0 of 12")
        for phone in phones[1:]:
            phone.vote(1, 1)
        seen = stream.until("11 of 12 have answered")
        assert seen and "event: room" not in seen, seen
        assert seen.count("event: count") <= 11


def test_streams_say_that_they_live():
    with Room("--times", "2000,2000,200,1000") as room:
        stream = Phone(room).join().stream()
        assert stream.until("event: count")
        for _ in range(4):
            assert stream.until(":\n\n", 5)


def test_three_tabs_are_live_and_the_fourth_looks_again():
    with Room() as room:
        phone = Phone(room).join()
        tabs = [phone.stream() for _ in range(3)]
        for tab in tabs:
            assert tab.until("event: room")
        assert phone.look("/live").status == 204
        tabs[0].close()
        end = time.monotonic() + 5
        while time.monotonic() < end:
            tab = phone.stream()
            if tab.until("event: room", 0.5):
                break
        else:
            assert False, "a closed tab keeps its place"


def test_names():
    with Room("--identity", "nick") as room:
        phone, other = Phone(room).join(), Phone(room).join()
        room.show("vote 1")
        assert "What shall we call you?" in phone.look().body
        assert phone.send("/name", "n=" + quoted("  Ana  ")).status == 303 and "aria-pressed" in phone.page
        assert other.send("/name", "n=Ana").status == 409
        hostile = quoted("<b>\u202eB\u200bo\x1b[31m\r\nSet-Cookie: x</b>")
        assert other.send("/name", "n=" + hostile).status == 303
        for bad in ("", "n=", "n=" + quoted("   "), "n=" + quoted("长" * 21), "n=" + "x" * 81, "n=" + quoted("\u200b"), "n=a%00b", "n=%zz", "n=a&n=b"):
            assert other.send("/name", bad).status == 400, bad
        names = [line for line in room.heard() if line.startswith("named")]
        assert names == ["named 1 Ana", "named 2 <b>Bo\ufffd[31m Set-Cookie: x</b>"], names
    with Room() as room:
        phone = Phone(room).join()
        room.show("vote 1")
        phone.look()
        assert phone.send("/name", "n=Ana").status == 400 and room.heard() == ["joined 1"]


def test_names_in_any_writing():
    """What is no text becomes a sign for that; what would hide, turn or pile up is taken out; all else is kept."""
    rows = [("%C3%89lodie", "Élodie"), ("%D9%85%D8%B1%D9%8A%D9%85", "مريم"), ("%E9%99%88%E6%9B%A6", "陈曦"), ("Ame%CC%81lie", "Amélie"), ("+%CC%BCx+", "\u25cc\u033cx"), ("Zo%FF%FEe", "Zo\ufffd\ufffde"), ("a%C3%28b", "a\ufffd(b"),
            ("x%ED%A0%80y", "x\ufffd\ufffd\ufffdy"), ("p%F5%80%80%80q", "p\ufffd\ufffd\ufffd\ufffdq"), ("%E2%80%AEgnp%E2%81%A6.exe", "gnp.exe"),
            ("s%E2%80%8Bp%EF%BB%BFa%C2%ADc%E2%81%A0e", "space"), ("%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB+Ada", "👩\u200d💻 Ada"), ("%F0%9F%A6%8A", "🦊"),
            ("Z" + "%CC%A7%CC%82" * 12, None), ("%EF%BF%BE%EF%B7%90n", "\ufffd\ufffdn"), ("a%C2%85b%7Fc", "a\ufffdb\ufffdc"), ("%22%3E%3Cimg%20src=x%3E", '"><img src=x>'),
            ("tag%F3%A0%81%81%F3%A0%80%A0", "tag"), ("=cmd|%27/c%27!A1", "=cmd|'/c'!A1")]
    with Room("--identity", "nick") as room:
        for sent, wanted in rows:
            phone = Phone(room).join()
            room.heard()
            assert phone.send("/name", "n=" + sent).status == 303, sent
            said = room.heard()[-1].split(" ", 2)[2]
            assert "\x1b" not in phone.page and "<img" not in phone.page
            if wanted is None:
                assert len(said) <= 5, ascii(said)
            else:
                assert said == wanted, (sent, ascii(said))


def test_roster():
    with Room("--identity", "roster") as room:
        phone = Phone(room).join()
        assert "<option>陈曦</option>" in phone.look().body
        for other in ("Nobody", "", "ana", "Ana+Bo", "%E9%99%88", "Ana%00"):
            assert phone.send("/name", "n=" + other).status == 400, other
        assert phone.send("/name", "n=" + quoted("陈曦")).status == 303
        assert room.heard() == ["joined 1", "named 1 陈曦"]
        other = Phone(room).join()
        other.look()
        assert other.send("/name", "n=" + quoted("陈曦")).status == 409  # somebody is that already
        assert other.send("/name", "n=+Ana+").status == 303
        assert other.send("/name", "n=Re%CC%81mi").status == 303 and room.heard()[1:] == ["named 2 Ana", "named 2 R\u00e9mi"]


def test_forms():
    with Room() as room:
        phone = Phone(room).join()
        room.show("form")
        phone.look()
        words = quoted("He asked first.\r\nThen he waited.")
        assert phone.send("/say", "i-sure=4&i-from=2&i-delta=&i-plus=" + words).status == 303
        assert "Sent." in phone.page and "He asked first. Then he waited.</textarea>" in phone.page
        assert re.search(r'value="4" checked', phone.page)
        assert room.heard() == ["joined 1", "said 1 sure 4", "said 1 from 2", "said 1 plus He asked first. Then he waited.", "said 1 delta "]
        for bad in ("i-sure=6", "i-sure=0", "i-sure=-1", "i-sure=x", "i-from=4", "i-plus=" + quoted("字" * 201)):
            phone.send("/say", bad)
        heard = [line for line in room.heard() if line not in ("said 1 sure ", "said 1 from ", "said 1 plus ", "said 1 delta ")]
        assert heard == [], heard
        assert phone.send("/say", "i-plus=" + quoted("字" * 200) + "&i-delta=" + quoted("字" * 200)).status == 303
        assert "字" * 200 in phone.page
        assert phone.ask("POST", "/say", "t=%s&s=1&i-sure=1" % phone.token()).status == 409


def test_take_home():
    with Room() as room:
        phone = Phone(room).join()
        assert phone.look("/keep").status == 404
        room.show("home")
        page = phone.look().body
        assert "What the other side knew" in page and "three hours" in page
        room.heard()
        sentence = "Which day, and who? <b>&\"' 哪天？"
        assert phone.send("/sentence", "w=" + quoted(sentence)).status == 303
        escaped = "Which day, and who? &lt;b&gt;&amp;&quot;&#39; 哪天？"
        assert escaped in phone.page and room.heard() == []
        kept = phone.look("/keep")
        assert kept.get("Content-Disposition") == 'attachment; filename="rehearse.html"'
        assert escaped in kept.body and "Thursday. Good." in kept.body and "<script" not in kept.body
        assert phone.send("/sentence", "pass=1&w=Which+day").status == 303
        assert room.heard() == ["said 1 .sentence Which day"]
        assert phone.send("/sentence", "w=" + quoted("字" * 141)).status == 400
        assert "Which day" not in Phone(room).join().look().body


def test_the_facilitators_phone():
    with Room() as room:
        path = room.desk[room.desk.index("/F/"):]
        assert room.desk.startswith("HTTP://127.0.0.1:") and re.fullmatch(r"/F/[0-9A-HJKMNP-TV-Z]{26}", path)
        phone = Phone(room)
        assert "Code" in phone.look("/f").body and "Wait five seconds" not in phone.page
        assert phone.look(path).get("Location") == "/f"
        room.show("vote 1")
        page = phone.look("/f").body
        for needle in ("Decision 2 of 5", "12 of 45 minutes", "Wait five seconds", "He sits down.", "Decision 3, quick", "Show of hands"):
            assert needle in page, needle
        live = phone.stream("/f/live")
        assert live.until("Wait five seconds")
        assert phone.send("/f/key", "k=32").status == 303
        assert phone.send("/f/key", "k=104&w=a12+b7+c4").status == 303
        assert phone.send("/f/key", "k=104&w=a12+b7+c4").status == 303  # a finger that tapped twice
        assert room.heard() == ["pressed 32 ", "pressed 104 a12 b7 c4"]
        time.sleep(0.45)
        assert phone.send("/f/key", "k=104&w=a13").status == 303 and room.heard() == ["pressed 104 a13"]
        assert phone.send("/f/key", "k=113").status == 400 and phone.send("/f/key", "k=999").status == 400
        Phone(room).join().vote(1, 2)
        assert live.until("<strong>1</strong>") and room.figures()["desks"] == 1
        phone.look("/f")
        room.show("wait")
        late = phone.send("/f/key", "k=32")
        assert late.status == 409 and "gone on meanwhile" in late.body
        typed = Phone(room)
        code = path[3:].lower().replace("0", "o").replace("1", "l")
        typed.look("/f")
        assert typed.ask("POST", "/f", "code=" + quoted(code[:13] + " - " + code[13:])).get("Location") == "/f"
        room.say("renew")
        new = room.after("desk")
        assert new != room.desk and live.ended()
        assert phone.ask("POST", "/f/key", "t=%s&s=3&k=32" % phone.token()).status == 403
        assert "Wait five seconds" not in phone.look("/f").body
        assert phone.look(new[new.index("/F/"):]).status == 303 and "Wait five seconds" in phone.look("/f").body


def test_another_process_knows_the_phones_again():
    with Room() as room:
        phone, other = Phone(room).join(), Phone(room).join()
        desk = Phone(room)
        desk.look(room.desk[room.desk.index("/F/"):])
        room.show("vote 1")
        phone.vote(1, 2)
        other.look()
        secret, port = room.secret, room.port
        room.kill()
        with Room("--secret", secret, "--voters", 2, "--port", port) as again:
            again.tell("kept 1 1 2")
            again.show("vote 1")
            phone.room = other.room = desk.room = again
            assert phone.chosen() == 2
            assert other.send("/vote", "r=1&o=3").status == 303  # the form is from before the accident
            assert "Decision 2 of 5" in desk.look("/f").body
            third = Phone(again).join()
            third.vote(1, 1)
            assert again.heard() == ["voted 2 1 3", "joined 3", "voted 3 1 1"]
            again.kill()
        with Room("--secret", secret, "--voters", 1, "--port", port) as again:
            phone.room = other.room = again
            assert "You are in" in phone.look().body and "Join in" in other.look().body
            again.kill()
        with Room("--voters", 2, "--port", port) as again:
            phone.room = again
            assert "Join in" in phone.look().body


def test_the_room_can_be_locked_and_joins_limited():
    with Room("--joins", 2) as room:
        Phone(room).join()
        second = Phone(room).join()
        third = Phone(room).join()
        assert "No more phones" in third.send("/join").body
        assert "You are in" in Phone(room, source="127.0.0.7").join().page
        assert room.figures()["most"] == 2 and room.figures()["addresses"] == 2
        room.tell("lock")
        locked = Phone(room, source="127.0.0.8")
        assert "closed to new phones" in locked.look().body
        assert "You are in" in second.look().body
        room.tell("unlock")
        assert "You are in" in locked.join().page
        assert room.heard() == ["joined 1", "joined 2", "joined 3", "joined 4"]


def test_without_cookies_nobody_is_counted():
    with Room() as room:
        phone = Phone(room)
        phone.look()
        phone.cookies.clear()
        answer = phone.ask("POST", "/join", "t=" + phone.token())
        assert answer.status == 403 and "cookies" in answer.body and room.heard() == []


def test_reload_without_scripts_loses_nothing():
    """The page reloads by itself only where there is nothing to fill in."""
    with Room() as room:
        phone = Phone(room)
        assert "http-equiv" not in phone.look().body
        phone.join()
        rows = [("lobby", True), ("wall", True), ("vote 1", False), ("wait", True), ("discuss", True), ("reveal", True), ("form", False), ("home", False)]
        for command, reloads in rows:
            room.show(command)
            page = phone.look().body
            assert ('http-equiv="refresh"' in page) == reloads, command
            assert "<noscript>" in page
        room.show("vote 2")
        phone.vote(2, 1)
        assert 'http-equiv="refresh"' in phone.page


def test_ipv6():
    try:
        room = Room("--address", "::1")
    except RuntimeError:
        return  # this machine has none
    with room:
        assert room.address == "[::1]:%d" % room.port and room.url == "HTTP://[::1]:%d/" % room.port
        Phone(room).join()
        assert room.heard() == ["joined 1"]


def test_head_and_keep_alive():
    with Room() as room:
        phone = Phone(room).join()
        cookies = "; ".join("%s=%s" % c for c in phone.cookies.items())
        with connect(room) as s:
            for _ in range(3):
                s.sendall(("GET /icon.svg HTTP/1.1\r\nHost: %s\r\n\r\n" % room.address).encode())
                data = b""
                while b"</svg>" not in data:
                    data += s.recv(4096)
        for path, status in (("/", 200), ("/live", 204), ("/nothing", 404)):
            head = request(room, "HEAD", path, headers=[("Cookie", cookies)])
            assert head.status == status and head.body == "", path


def test_a_port_in_use_is_said():
    with Room() as room:
        try:
            Room("--port", room.port)
        except RuntimeError as e:
            assert "in use" in str(e)
        else:
            assert False
    for address in ("0.0.0.0", "::", "example.com", "192.0.2.1", ""):
        try:
            Room("--address", address)
        except RuntimeError as e:
            assert "failed" in str(e), e
        else:
            assert False, address


def test_a_name_that_was_allowed():
    with Room("--host", "laptop.local") as room:
        port = ":%d" % room.port
        for host in ("laptop.local" + port, "LAPTOP.local" + port):
            assert request(room, "GET", "/", host=host).status == 200
        assert request(room, "GET", "/", host="laptop.local").status == 421
        answer = raw(room, ("POST /join HTTP/1.1\r\nHost: laptop.local%s\r\nOrigin: http://laptop.local%s\r\nContent-Type: %s\r\n"
                            "Content-Length: 0\r\n\r\n" % (port, port, FORM)).encode())
        assert answer.status == 403 and "was not recognised" in answer.body  # heard, and has no cookie
