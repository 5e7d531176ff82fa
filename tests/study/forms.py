"""Made-up scenarios with every form of asking, for run.py: topics that yield and are left, messages, own words, listening checks,
discussions, and whatever scripts may do.  Each is played to its end, every answer from every place, and `explore`, `reach` and the
grade are held to what was played.  What an answer is worth is taken from the scenario's text, not from the engine.
"""
import itertools
import json
import random
import re
import xml.etree.ElementTree as ET

NS = "{urn:rehearse:scenario:1}"
FACTS = ('<gauge id="g" label="G" from="0" to="3" start="1"/><flag id="f"/><counter id="n" from="0" to="2"/>'
         '<counter id="w" from="-5" to="600"/><one-of id="o" values="x y z" start="y"/>')
CONDITIONS = ["g &gt;= 2", "f", "not f", "n == 1", "chose('@')", "times('@') &gt;= 2", "seen('s0')", "w &gt; 300", "o == 'z' and w &lt;= 0",
              "points('listening') &gt;= 1", "points('service') + points('listening') &gt; 0", "moves('l:a') == 1", "turn % 2 == 0",
              "random(2) == 1", "not chose('@') and g == 1", "(function() local s = 0 for i = 1, g do s = s + i end return s &gt; 2 end)()",
              "({x=true})[o] == true", "role == 'you'", "turn &gt;= 2 and times('@') + times('@') == 1"]
EFFECTS = ["", "", "", '<change gauge="g" add="1"/>', '<change gauge="g" add="-1"/>', '<change flag="f" to="yes"/>', '<change flag="f" to="no"/>',
           '<change counter="n" add="1"/>', "<do>n = n + 1; f = g &gt;= 2</do>", "<do>g = random(3)</do>", '<change counter="w" add="400"/>',
           "<do>w = w - 1; o = 'z'</do>", "<do>for i = 1, n do g = g + i end</do>", "<do>local t = {1, 2, 3} g = t[n + 1]</do>",
           "<do>pcall(function() f = true error('x') end)</do>", "<do>g = g + 1 if g == 3 then error('bad') end</do>",
           "<do>w = points('listening') * 100</do>", "<do>o = ({'x', 'y', 'z'})[g] or o</do>", '<change one-of="o" to="x"/>']
COMPETENCY = {"l": "listening", "s": "service"}


class Made:
    """A scenario out of a seed.  CYCLES: answers may lead back.  SCENARIO: how run.py writes one."""

    def __init__(self, seed, cycles, scenario):
        self.r, self.cycles, self.decisions, self.ids = random.Random(seed), cycles, 0, []
        self.n = self.r.randint(2, 3)
        body = "".join(self.scene(i) for i in range(self.n)) + self.endings()
        self.ids = self.ids or ["d0/a"]
        body = re.sub("@", lambda m: self.r.choice(self.ids), body)
        self.roles = self.r.choice((["you"], ["you"], ["lin"], ["you", "lin"]))
        self.focus = self.r.choice((["listening"], ["listening", "service"], ["service"]))
        self.xml = scenario(body, FACTS, " ".join(self.scripts()), focus="".join('<focus competency="%s"/>' % c for c in self.focus))

    def odds(self, p):
        return self.r.random() < p

    def scripts(self):
        out = ["function on_start() if random(3) == 3 then f = true end end"] * self.odds(.3)
        out += ["function on_end(e) g = 3 - g end"] * self.odds(.3)
        if self.odds(.3):
            out.append('local worth = {["%s"] = 1} function on_choice(o) if worth[o] then n = n + random(2) end end' % self.r.choice(self.ids))
        self.picks = self.odds(.3)
        return out + ['function pick(d) if f then return "a" end if g == 2 then return d .. "/b" end end'] * self.picks

    def when(self, p):
        return ' when="%s"' % self.r.choice(CONDITIONS) if self.odds(p) else ""

    def effect(self):
        return self.r.choice(EFFECTS)

    def next(self, i, p):
        ways = ["s%d" % k for k in range(0 if self.cycles else i + 1, self.n)] + ["e0", "e1", "e2"]
        return ' next="%s"' % self.r.choice(ways) if self.odds(p) else ""

    def options(self, i, d, own, topic):
        out = ""
        for name in "abc"[:self.r.randint(1 if own else 2, 3)]:
            self.ids.append("%s/%s" % (d, name))
            inner = '<score competency="service" points="%d"%s>w</score>' % (self.r.choice((-1, 1, 2)), self.when(.5)) if self.odds(.25) else ""
            if self.odds(.1):
                inner += '<do>if random(2) == 1 then go("%s") end</do>' % self.r.choice(["e0", "e1"] + ["s0"] * self.cycles)
            way = ' leave="yes"' if topic and self.odds(.3) else self.next(i, .4)
            out += '<option id="%s" move="%s" points="%d"%s%s%s weight="%d">%s<says>o %s</says><because>b</because>%s%s</option>' % (
                name, self.r.choice(("l:a", "l:b", "l:x", "s:a", "svc:thank")), self.r.choice((-2, -1, 0, 0, 1, 2)), way, self.when(.25),
                ' once="yes"' if self.odds(.15) else "", self.r.choice((0, 1, 1, 2, 3)), "<phrase>p</phrase>" if own else "", name, inner, self.effect())
        return out

    def asking(self, i, topic=False):
        form = self.r.choice(("decision", "decision", "ask", "recall", "compose", "discuss"))
        d, who = "d%d" % self.decisions, self.r.choice(("you", "you", "you", "boss", "lin"))
        self.decisions += 1
        head = ' id="%s"%s' % (d, self.when(.2)) + (' who="%s"' % who if form != "discuss" else "")
        return getattr(self, form)(i, d, head, topic)

    def decision(self, i, d, head, topic):
        none = '<no-answer%s><reaction who="lin">r</reaction>%s</no-answer>' % (self.next(i, .5), self.effect()) if self.odds(.2) else ""
        return "<decision%s>%s%s</decision>" % (head, self.options(i, d, False, topic), none)

    def ask(self, i, d, head, topic):
        other = '<otherwise%s><reaction who="lin">r</reaction>%s</otherwise>' % (self.next(i, .4), self.effect()) if self.odds(.7) else ""
        return "<ask%s><prompt>p</prompt>%s%s</ask>" % (head, self.options(i, d, True, topic), other)

    def recall(self, i, d, head, topic):
        self.ids += ["%s/answer-1" % d, "%s/answer-2" % d]
        return ('<recall%s move="l:b" points="%d"><prompt>p</prompt><answer right="yes">y</answer><answer>n</answer><because>b</because>'
                "<if-right>%s</if-right><if-wrong>%s</if-wrong></recall>" % (head, self.r.choice((1, 2)), self.effect(), self.effect()))

    def compose(self, i, d, head, topic):
        slots = ""
        for k in range(self.r.randint(1, 2)):
            parts = "".join('<part id="p%d" move="%s" points="%d">part %d %d</part>' % (
                j, self.r.choice(("l:a", "s:a", "l:x")), self.r.choice((-1, 0, 1, 2)), k, j) for j in range(self.r.randint(1, 2)))
            slots += '<slot id="x%d"%s>%s</slot>' % (k, ' may-be-empty="yes"' if self.odds(.5) else "", parts)
        result = '<result%s%s><reaction who="lin">r</reaction><because>b</because>%s</result>'
        results = result % (' at-least="%d"' % self.r.choice((0, 1, 2)), self.next(i, .4), self.effect()) if self.odds(.7) else ""
        return "<compose%s><prompt>p</prompt>%s%s</compose>" % (head, slots, results + result % ("", self.next(i, .4), self.effect()))

    def discuss(self, i, d, head, topic):
        return "<discuss%s><question>q</question></discuss>" % head

    def topics(self, i):
        out = ""
        for k in range(self.r.randint(1, 2)):
            inner = self.effect() + (self.asking(i, True) if self.odds(.6) else "<narration>z</narration>")
            inner += "<yield/>" + self.effect() + "<narration>y</narration>" if self.odds(.4) else ""
            out += '<topic id="k%d" title="K %d"%s%s>%s%s</topic>' % (
                k, k, ' optional="yes"' if self.odds(.4) else "", self.when(.3), inner, self.effect())
            self.ids.append("t%d/k%d" % (i, k))
        return '<topics id="t%d" who="%s"%s>%s</topics>' % (i, self.r.choice(("you", "you", "lin")), self.when(.15), out)

    def scene(self, i):
        ways = ["s%d" % k for k in range(0 if self.cycles else i + 1, self.n)] + ["e0", "e1"]
        body = self.effect() + "<narration%s>m</narration>" % self.when(.5) + self.asking(i)
        body += self.topics(i) if self.odds(.35) else "<narration%s>q</narration>" % self.when(.5) + self.asking(i) if self.odds(.4) else ""
        return '<scene id="s%d">%s<goto next="%s"%s/><goto next="%s"/></scene>' % (i, body, self.r.choice(ways), self.when(.6), self.r.choice(ways))

    def endings(self):
        return "".join('<ending id="e%d" title="E" outcome="%s"><narration%s>m</narration></ending>' % (i, o, self.when(.3))
                       for i, o in enumerate(("agreed", "open", "worse")))


# ---- what answers are worth, from the text alone ---------------------------------------------------------------------

def held(points):
    return max(-2, min(2, points))


class Key:
    """Of each decision: its form, and what is known of its options or slots before anybody answers."""

    def __init__(self, xml):
        self.of = {}
        for e in ET.fromstring(xml).iter():
            read = getattr(self, e.tag[len(NS):].replace("-", "_"), None)
            if read and e.get("id"):
                self.of[e.get("id")] = (e.tag[len(NS):], read(e))

    def decision(self, e):
        out = {}
        for o in e.findall(NS + "option"):
            points = {COMPETENCY[o.get("move")[0]]: int(o.get("points"))}
            for s in o.findall(NS + "score"):
                if not s.get("when"):
                    points[s.get("competency")] = points.get(s.get("competency"), 0) + int(s.get("points"))
            out[o.get("id")] = {c: held(p) for c, p in points.items()}
        return out

    def ask(self, e):
        return dict(self.decision(e), otherwise={})

    def recall(self, e):
        worth = {COMPETENCY[e.get("move")[0]]: int(e.get("points"))}
        return {"answer-%d" % (i + 1): worth if a.get("right") == "yes" else {} for i, a in enumerate(e.findall(NS + "answer"))}

    def compose(self, e):
        return [(s.get("id"), s.get("may-be-empty") == "yes", {p.get("id"): (COMPETENCY[p.get("move")[0]], int(p.get("points")))
                                                               for p in s.findall(NS + "part")}) for s in e.findall(NS + "slot")]

    def pieces(self, events, comp):
        """(got, chance, best) of each piece of evidence of a play, how many were placed by oneself, and what is wrong with `again`."""
        offers, offered, met, out, own, wrong = {}, None, set(), [], 0, []
        for ev in events:
            if ev["e"] == "offered":
                offered = offers[ev["n"]] = ev
            if ev["e"] == "rewound":
                offered = offers[ev["to"]]
            if ev["e"] != "chose" or ev["by"] == "engine" or ev["decision"] not in self.of:
                continue
            if (ev["decision"] in met) != ev.get("again", False):
                wrong.append(ev)
            if ev["decision"] in met:
                continue
            met.add(ev["decision"])
            form, key = self.of[ev["decision"]]
            found = self.slots(key, ev, comp) if form == "compose" else self.replies(key, ev, offered["options"], comp)
            found = [f for f in found if f[3] > f[4]]
            own += len(found) if ev.get("self") else 0
            out += [] if ev.get("self") else [f[:3] for f in found]
        return out, own, wrong

    @staticmethod
    def piece(got, values):
        return got, round(1000 * sum(values) / len(values)), max(values), max(values), min(values)

    def slots(self, key, ev, comp):
        taken = dict(p.split("/") for p in ev.get("parts", []))
        for slot, may, parts in key:
            values = {p: points if c == comp else 0 for p, (c, points) in parts.items()}
            yield self.piece(values.get(taken.get(slot), 0), list(values.values()) + [0] * may)

    def replies(self, key, ev, options, comp):
        got = ev.get("evidence", {}).get(comp, 0)
        taken = ev.get("option") if ev["by"] != "nobody" else None
        yield self.piece(got, [got if o == taken else key[o].get(comp, 0) for o in options])


# ---- every play ------------------------------------------------------------------------------------------------------

def answers_of(parts):
    """What may be answered to the last question among PARTS, and whether silence may be."""
    at = max(i for i, p in enumerate(parts) if p["output"] == "ask")
    if parts[at].get("form") != "compose":
        found = [{"input": "choose", "option": p["option"]} for p in parts[at:] if p["output"] == "option"]
    else:
        slots = []
        for p in parts[at:]:
            if p["output"] == "slot":
                slots.append([None] if p["may-be-empty"] else [])
            elif p["output"] == "part":
                slots[-1].append(p["part"])
        found = [{"input": "compose", "parts": [w for w in way if w]} for way in itertools.product(*slots)]
    return sorted(found, key=repr), parts[at].get("no-answer")


class Brute:
    """Walks the tree of plays; what only silence leads to has no probability and is only seen."""

    def __init__(self, engine, made, seed_for, many, depth, most=2500):
        self.e, self.made, self.seed_for, self.many, self.depth, self.left = engine, made, seed_for, many, depth, most
        self.plays, self.share, self.cut, self.whole = {}, {}, 0.0, True
        self.options, self.decisions, self.scenes, self.facts, self.stuck, self.problems = set(), set(), set(), set(), set(), False
        self.walk((), (), 1.0)

    def run(self, choices, draws):
        self.left -= 1
        if self.left < 0:
            raise self.many
        _, done = self.e.ask(do="start", seed=self.seed_for(draws), roles=self.made.roles)
        number, raw, parts = done["session"], done["raw"], []
        for c in ({"input": "begin"},) + choices:
            parts, done = self.e.ask(do="step", session=number, **c)
            raw += done["raw"]
        self.e.ask(do="end", session=number)
        return done["phase"], [json.loads(line) for line in raw.decode().splitlines()], parts

    def walk(self, choices, draws, p):
        phase, events, parts = self.run(choices, draws)
        made = [(i["draw"], i["of"]) for ev in events for i in ev.get("items", []) if "draw" in i]
        if len(made) > len(draws):
            of = made[len(draws)][1]
            for v in range(1, of + 1):
                self.walk(choices, draws + ((v, of),), p and p / of)
        elif phase != "ask":
            self.see(events)
            self.ended(phase, events, choices, draws, p)
        else:
            self.see(events)
            self.ask(choices, draws, parts, p)

    def ask(self, choices, draws, parts, p):
        if len(choices) == self.depth:
            self.cut, self.whole = self.cut + (p or 0), False
            return
        answers, silent = answers_of(parts)
        for a in answers:
            self.walk(choices + (a,), draws, p and p / len(answers))
        if silent:
            self.walk(choices + ({"input": "no-answer", "ms": 1},), draws, None)

    def ended(self, phase, events, choices, draws, p):
        ending = events[-1].get("ending") if phase == "ended" else None
        if not ending:
            self.stuck.add(events[-1].get("why"))
        if p is None:
            return
        self.share[ending] = self.share.get(ending, 0) + p
        if ending:
            self.plays[self.story(events)] = (ending, self.totals(events), len(choices), choices, draws)

    def totals(self, events):
        """Of first answers only; "": what is graded, without own words."""
        out, met = {"": 0, "listening": 0, "service": 0}, set()
        for ev in events:
            if ev["e"] != "chose" or ev["by"] == "engine" or ev["decision"] in met:
                continue
            met.add(ev["decision"])
            for c, points in ev.get("evidence", {}).items():
                out[c] += points
                out[""] += points if c in self.made.focus and self.made.key.of[ev["decision"]][0] != "ask" else 0
        return out

    @staticmethod
    def story(events):
        """What sets a play apart: who chose what, and what scripts drew.  Numbers by which the engine chose are among them only
        where scripts pick or it puts messages together: then plays are not counted."""
        out = []
        for ev in events:
            if ev["e"] == "chose":
                if ev["by"] == "engine" and out and out[-1][0] == "draw" and ev["option"] != "leave":
                    out.pop()
                out.append((ev["decision"], ev["option"], ev["by"] == "engine") + tuple(ev.get("parts", ())))
            out += [("draw", i["draw"]) for i in ev.get("items", []) if "draw" in i]
        return tuple(out)

    def see(self, events):
        for ev in events:
            if ev["e"] == "chose" and ev["by"] != "nobody":
                self.options.add(ev["decision"] + "/" + ev["option"])
            if ev["e"] in ("chose", "offered"):
                self.decisions.add(ev["decision"])
            self.scenes |= {ev[k] for k in ("scene", "ending") if k in ev}
            for i in ev.get("items", []):
                self.facts |= {i["set"]} if "set" in i else set()
                self.problems |= "problem" in i


# ---- agreement -------------------------------------------------------------------------------------------------------

def agree(check, engine, seed_for, many, name, m, depth):
    """True where M is small enough to be played to its end; MANY is raised where it is not."""
    if not engine.load(m.xml)["playable"]:
        return False
    m.key = Key(m.xml)
    outline, _ = engine.ask(do="outline")
    try:
        b = Brute(engine, m, seed_for, many, depth)
    except many:
        return False
    x = engine.explore(roles=m.roles, plays=50)
    check(name + " exact", x.done["kind"] == "exact", x.done)
    for e, found in x.endings.items():
        want = b.share.get(e, 0)
        check(name + " share of " + e, want - 1e-9 <= found["share"] * 1e-12 <= want + b.cut + 1e-9, (want, found, b.cut))
    if b.whole:
        whole(check, name, m, b, x, outline)
        reached(check, engine, seed_for, name, m, b)
    graded(check, engine, name, m)
    return True


def whole(check, name, m, b, x, outline):
    counted = not m.picks and not re.search('<compose[^>]* who="(boss|lin)"', m.xml)
    check(name + " plays", not counted or x.done.get("plays") == str(len(b.plays)), (x.done, len(b.plays)))
    for comp in ("", "listening", "service"):
        v = [t[comp] for _, t, _, _, _ in b.plays.values()]
        found = x.scores.get(comp, {"worst": 0, "best": 0})
        check(name + " bounds of " + comp, not v or (found["worst"], found["best"]) == (min(v), max(v)), (found, v and (min(v), max(v))))
    if b.plays:
        v = [n for _, _, n, _, _ in b.plays.values()]
        check(name + " lengths", (x.done["shortest"], x.done.get("longest")) == (min(v), max(v)), (x.done, v))
    scene, where, options, scenes, endings = None, {}, [], [], []
    for p in outline:
        if "scene" in p and "node" not in p:
            scene = p["scene"]
            (endings if p.get("outcome") else scenes).append(scene)
        if p.get("node") == "decision":
            where[p["decision"]] = scene
        options += [p["option"]] if "option" in p and not p["option"].endswith("/no-answer") else []
    for kind, key, all_of, seen in (
            ("scene-unreached", "scene", [s for s in scenes if "." not in s], b.scenes), ("ending-unreached", "scene", endings, b.scenes),
            ("decision-unreached", "decision", [d for d, s in where.items() if s in b.scenes], b.decisions),
            ("option-unreached", "option", [o for o in options if o.split("/")[0] in b.decisions], b.options)):
        check(name + " " + kind, x.found(kind, key) == sorted(set(all_of) - seen), (x.found(kind, key), sorted(set(all_of) - seen)))
    check(name + " stuck", {f["why"] for f in x.findings if f["finding"] == "stuck"} == b.stuck, b.stuck)
    check(name + " scripts fail", any(f["finding"] == "script-fails" for f in x.findings) == b.problems, x.findings)
    check(name + " facts", not set(x.found("fact-unchanged", "fact")) & b.facts, b.facts)


def reached(check, engine, seed_for, name, m, b, most=6):
    """Prices and luck of some plays are what all plays that begin alike say, for each that is graded and for all together."""
    for comp in [""] + m.focus:
        points = {s: p[1][comp] for s, p in b.plays.items()}
        best = {}
        for s, total in points.items():
            for n in range(len(s) + 1):
                best[s[:n]] = max(total, best.get(s[:n], -99))
        for s in sorted(points, key=repr)[::max(1, len(points) // most)]:
            _, _, _, choices, draws = b.plays[s]
            _, start = engine.ask(do="start", seed=seed_for(draws), roles=m.roles)
            for c in ({"input": "begin"},) + choices:
                engine.ask(do="step", session=start["session"], **c)
            parts, done = engine.ask(do="reach", session=start["session"])
            engine.ask(do="end", session=start["session"])
            total = [p for p in parts if p.get("reach") == comp]
            check(name + " reach", done["fit"] == "known" and total and (total[0]["got"], total[0]["worst"], total[0]["best"])
                  == (points[s], min(points.values()), max(points.values())), (done, total, points[s]))
            lost = [(best[s[:i]] - best[s[:i + 1]], step[0] == "draw" or step[2]) for i, step in enumerate(s)]
            prices = {p["turn"]: p["points"] for p in parts if p.get("price") == comp}
            got = [prices.get(p["before"], 0) for p in parts if "before" in p]
            check(name + " prices", got == [p for p, luck in lost if not luck], (comp, got, lost))
            check(name + " luck", total and total[0]["luck"] == sum(p for p, luck in lost if luck), (comp, total, lost))


def graded(check, engine, name, m, plays=3):
    """The evidence of a few plays by dice, some answers taken back, is what the text says."""
    r = random.Random(name)
    for seed in range(plays):
        _, done = engine.ask(do="start", seed=seed, roles=m.roles)
        session, raw = done["session"], done["raw"]
        parts, done = engine.ask(do="step", session=session, input="begin")
        raw += done["raw"]
        for _ in range(14):
            if done["phase"] != "ask":
                break
            answers, silent = answers_of(parts)
            offers = [json.loads(line)["n"] for line in raw.decode().splitlines() if '"e":"offered"' in line]
            if parts[-1]["output"] == "option" and parts[-1]["option"].endswith("/otherwise") and r.random() < .5:
                raw += engine.ask(do="step", session=session, input="write", text="p")[1]["raw"]
            take = {"input": "rewind", "to": r.choice(offers)} if r.random() < .1 else \
                {"input": "no-answer", "ms": 1} if silent and r.random() < .3 else r.choice(answers)
            shown, now = engine.ask(do="step", session=session, **take)
            if "error" not in now: # going back to where it stands is refused
                parts, done, raw = shown, now, raw + now["raw"]
        events = [json.loads(line) for line in raw.decode().splitlines()]
        told, _ = engine.ask(do="debrief", session=session, grade=True)
        for comp in m.focus:
            grade = [p for p in told if p.get("grade") == comp][0]
            want, own, wrong = m.key.pieces(events, comp)
            got = [(p["points"], p["chance"], p["best"]) for p in grade["pieces"]]
            alike = len(got) == len(want) and all(g[0] == w[0] and abs(g[1] - w[1]) <= 1 and g[2] == w[2] for g, w in zip(sorted(got), sorted(want)))
            check(name + " evidence", alike and not wrong, (comp, got, want, wrong))
            check(name + " own words", grade["self"] == own, (comp, grade, own))
            check(name + " what is said", grade["says"] == ("not-enough" if len(want) < 3 else "impression")
                  and ("quality" in grade) == (len(want) >= 10), grade)
        engine.ask(do="end", session=session)
