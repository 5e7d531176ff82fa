#!/usr/bin/env python3
"""Writes one generated conversation in the form of every engine that is measured.

    gen.py --scenes 1000 --kind same FOLDER

The conversation is a graph of 34 layers.  A choice leads one layer on, one time in four two; the last layer holds the
endings.  So a play makes 25 to 32 choices however many scenes there are: more scenes make the layers wider.  Three
counters, listening, feedback and conflict, begin each play at 0; every choice changes all three, and one choice in five
is offered only where a counter is high or low enough.  Conversations to be explored have the same form.

Kinds:
    same      few scripts, used again and again, as authors write them
    distinct  no two scripts alike
    plain     effects that need no script: our form says them with <change>
    few       to be explored: counters of 0 to 12, so that very many plays pass through few situations
    round     the same, and one answer in ten leads back

Files: graph.txt (the C limit), sketch.xml (the XML and Lua sketch), scenario.xml (ours), story.json (compiled ink).
The same arguments give the same bytes on every machine.
"""
import argparse
import json
import os
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
FACTS = ("listening", "feedback", "conflict")
LAYERS = 34
ENDINGS = 5
OPTIONS = 3
NONE, HIGH, LOW = 0, 1, 2  # conditions: none, fact >= bound, fact < bound
BOUNDED = ("few", "round")
BOUNDED_FACT = (0, 12, 6)  # least, most, at the beginning; bench.h has the same

SAID = (
    "The new version came down to the night shift again without a word about what had changed",
    "I asked for the release notes on Monday and what I was sent is half a page of headings",
    "You tell us in every review that quality is ours to guard and then you ship on a Friday",
    "My people were on the phone until four because nobody knew which server had been moved",
    "I read in the minutes that we had agreed to the date and I was not even in the room",
    "Whenever something breaks it is operations that stand in front of the customer, not you",
    "I said nothing in the stand-up because the last time I did it was called complaining",
    "The customer asked me what the fix was and I had to say that I did not know it either",
    "We wrote that checklist together in spring and I have not seen it filled in since then",
    "I know that the deadline came from above but it was you who told us it could be met",
)
MORE = (
    "and I would like to hear how that is meant to go on.",
    "so please do not tell me that it is all under control.",
    "and this time I want more than another apology.",
    "but I came to you first because I think we can mend it.",
    "and two of my best people have asked to be moved.",
    "so what would you have done in my place that night?",
    "and I am too tired to be polite about it today.",
    "but perhaps there is a side of it that I do not see.",
    "and nobody has asked us what we would need for it.",
    "so I am asking you straight what happens next time.",
)
REPLY = (
    "It sounds as if that night cost you more than sleep",
    "Let us look at what happened, one step after another",
    "I did not know that nobody had told your shift",
    "What would have had to be in those notes for you",
    "With respect, the notes were there for all to read",
    "Before I answer, may I say back what I have heard",
    "You are right, I should have called you myself",
    "That was decided above both of us, as you know",
    "I see it otherwise, and I would like to tell you why",
    "Perhaps we could both say what we need from the other",
)
TAIL = (
    "and I want to understand it.",
    "and then we can decide together.",
    "so let us be quick about it.",
    "is that a fair way to put it?",
    "because the date will not move.",
    "and I am sorry about that.",
    "what would help you most now?",
    "so please let us stay calm.",
    "and I take that on myself.",
    "and that is all I can offer.",
)


class Dice:
    """xorshift32, as every adapter draws with it."""

    def __init__(self, seed):
        self.state = (seed * 2654435761 + 1) & 0xFFFFFFFF or 1

    def below(self, n):
        x = self.state
        x ^= x << 13 & 0xFFFFFFFF
        x ^= x >> 17
        x ^= x << 5 & 0xFFFFFFFF
        self.state = x
        return x % n

    def one(self, words):
        return words[self.below(len(words))]


def signed(n):
    return "%s %d" % ("-" if n < 0 else "+", abs(n))


class Choice:
    """WAY 0 adds A, B, C; 1 adds A, 2 B and takes C away; 2 adds A, B and (listening - feedback) C."""
    __slots__ = ("words", "to", "way", "a", "b", "c", "cond", "fact", "bound")

    def effects(self):
        """The new value of each fact, as Lua and ink both write it."""
        second = signed(self.b) + (" * 2" if self.way == 1 else "")
        third = signed(self.c if self.way == 0 else -self.c) if self.way < 2 else "+ (listening - feedback) * %d" % self.c
        return "listening " + signed(self.a), "feedback " + second, "conflict " + third

    def script(self):
        return "; ".join("%s = %s" % pair for pair in zip(FACTS, self.effects()))


def scale(kind):
    """How large effects may be: distinct scripts need more of them, and facts must stay within their bounds."""
    return 160 if kind == "distinct" else 3


def draw_effect(dice, kind, number, choice):
    if kind == "distinct":  # numbers spread over all 3 * 160 * 160 * 4 scripts; 60007 shares no factor with that
        k = number * 60007 % 307200
        choice.way, k = k % 3, k // 3
        choice.c, k = 1 + k % 4, k // 4
        choice.a, choice.b = 1 + k % 160, 1 + k // 160
    elif kind in BOUNDED:
        choice.way = 0
        choice.a, choice.b, choice.c = dice.below(7) - 3, dice.below(7) - 3, dice.below(7) - 3
    else:
        choice.way = dice.below(2 if kind == "plain" else 3)
        choice.a, choice.b, choice.c = 1 + dice.below(3), 1 + dice.below(3), 1 + dice.below(4)


def draw_condition(dice, kind, first, choice):
    choice.cond = choice.fact = choice.bound = 0
    if not first and dice.below(10) < 3:
        choice.cond, choice.fact = 1 + dice.below(2), dice.below(3)
        choice.bound = 2 + dice.below(9) if kind in BOUNDED else (4 + dice.below(40)) * scale(kind) // 3


def layers_of(scenes):
    n = min(LAYERS, max(3, (scenes - ENDINGS) // 2))
    inner = scenes - ENDINGS - 1
    each, more = divmod(inner, n - 2)
    return [1] + [each + (i < more) for i in range(n - 2)] + [ENDINGS]


def build(scenes, seed, kind):
    """[(line, [Choice])], the first scene first; endings have no choices."""
    dice, widths, graph = Dice(seed), layers_of(scenes), []
    starts = [sum(widths[:i]) for i in range(len(widths))]
    for layer, width in enumerate(widths):
        for place in range(width):
            number = len(graph)
            line = "%s (%d) %s" % (dice.one(SAID), number, dice.one(MORE))
            graph.append((line, []))
            for i in range(OPTIONS if layer < len(widths) - 1 else 0):
                choice = Choice()
                ahead = 2 if i and dice.below(4) == 0 and layer + 2 < len(widths) else 1
                there = widths[layer + ahead]
                # The first choice leads straight on, so that every scene of the next layer is met.
                at = place * there // width if i == 0 else dice.below(there)
                choice.to = starts[layer + ahead] + at
                if kind == "round" and i == 2 and layer > 2 and dice.below(3) == 0:
                    choice.to = starts[layer - 1 - dice.below(2)]
                choice.words = "%s, %s" % (dice.one(REPLY), dice.one(TAIL))
                draw_effect(dice, kind, number * OPTIONS + i, choice)
                draw_condition(dice, kind, i == 0, choice)
                graph[-1][1].append(choice)
    return graph


# ---- the forms ----------------------------------------------------------------------------------------------------

def put_limit(graph, kind, out):
    out.write("%d\n" % len(graph))
    for line, choices in graph:
        out.write("N\t%d\t%s\n" % (len(choices), line))
        for c in choices:
            numbers = (c.to, c.way, c.a, c.b, c.c, c.cond, c.fact, c.bound)
            out.write("C\t%s\t%s\n" % ("\t".join(map(str, numbers)), c.words))


def put_sketch(graph, kind, out):
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<story>\n')
    for number, (line, choices) in enumerate(graph):
        out.write('<node id="n%d">\n<line who="lin">%s</line>\n' % (number, line))
        for c in choices:
            when = c.cond and ' when="%s %s %d"' % (FACTS[c.fact], ">=" if c.cond == HIGH else "&lt;", c.bound) or ""
            out.write('<choice to="n%d"%s>\n<text>%s</text>\n<do>%s</do>\n</choice>\n' % (c.to, when, c.words, c.script()))
        out.write("</node>\n")
    out.write("</story>\n")


HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<scenario xmlns="urn:rehearse:scenario:1" id="bench" version="1.0" xml:lang="en">
<info>
<title>Benchmark</title><summary>A generated conversation.</summary><objective>Be measured.</objective>
<audience>Engines</audience><duration minutes="5" minutes-room="10"/><author>gen.py</author><licence>CC0-1.0</licence>
<focus competency="listening"/>
</info>
<rubric use="bench"/>
<cast>
<role id="you" playable="yes"><name>Wei</name><position>development</position></role>
<role id="lin"><name>Lin</name><position>operations</position></role>
</cast>
"""
COUNTER = '<counter id="%s" label="%s" from="%d" to="%d" start="%d"/>\n'


def changes(c):
    values = (c.a, c.b * (2 if c.way == 1 else 1), -c.c if c.way == 1 else c.c)
    return "".join('<change counter="%s" add="%d"/>' % pair for pair in zip(FACTS, values))


def put_scenario(graph, kind, out):
    out.write(HEAD)
    for fact in FACTS:
        out.write(COUNTER % (fact, fact, *(BOUNDED_FACT if kind in BOUNDED else (-1000000, 1000000, 0))))
    for number, (line, choices) in enumerate(graph):
        if not choices:
            out.write('<ending id="n%d" title="The end" outcome="open">\n<line who="lin">%s</line>\n</ending>\n' % (number, line))
            continue
        out.write('<scene id="n%d">\n<line who="lin">%s</line>\n<decision id="d%d" who="you" shuffle="no">\n' % (number, line, number))
        for i, c in enumerate(choices):
            when = ("", ' when="%s >= %d"' % (FACTS[c.fact], c.bound), ' when="%d > %s"' % (c.bound, FACTS[c.fact]))[c.cond]
            effect = changes(c) if kind == "plain" else "<do>%s</do>" % c.script()
            out.write('<option id="%s" next="n%d"%s>\n<says>%s</says>\n%s\n</option>\n' % ("abc"[i], c.to, when, c.words, effect))
        out.write("</decision>\n</scene>\n")
    out.write("<debrief><question>What was said?</question></debrief>\n</scenario>\n")


def ink_effects(c):
    """The three assignments in the order ink's own compiler gives them."""
    listening, feedback, conflict = ({"VAR?": f} for f in FACTS)
    second = [c.b, 2, "*"] if c.way == 1 else [c.b]
    third = ([c.c, "+"], [c.c, "-"], [listening, feedback, "-", c.c, "*", "+"])[c.way]
    values = [listening, c.a, "+"], [feedback, *second, "+"], [conflict, *third]
    return [token for fact, value in zip(FACTS, values) for token in ("ev", *value, "/ev", {"VAR=": fact, "re": True})]


def put_ink(graph, kind, out):
    """Compiled ink, version 21, which inkjs loads; a knot a scene."""
    knots = {}
    for number, (line, choices) in enumerate(graph):
        knot, branches = ["^" + line, "\n"], {}
        for i, c in enumerate(choices):
            knot += ["ev", "str", "^" + c.words, "/str"]
            if c.cond:
                knot += [{"VAR?": FACTS[c.fact]}, c.bound, ">=" if c.cond == HIGH else "<"]
            knot += ["/ev", {"*": ".^.c-%d" % i, "flg": 5 if c.cond else 4}]
            branches["c-%d" % i] = ["\n", *ink_effects(c), {"->": "n%d" % c.to}, None]
        knots["n%d" % number] = [*knot, branches] if choices else [*knot, "end", None]
    knots["global decl"] = ["ev", *(t for f in FACTS for t in (0, {"VAR=": f})), "/ev", "end", None]
    root = [[{"->": "n0"}, ["done", {"#n": "g-0"}], None], "done", knots]
    json.dump({"inkVersion": 21, "root": root, "listDefs": {}}, out, separators=(",", ":"))


FORMS = {"graph.txt": put_limit, "sketch.xml": put_sketch, "scenario.xml": put_scenario, "story.json": put_ink}


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--scenes", type=int, required=True)
    p.add_argument("--kind", choices=("same", "distinct", "plain", *BOUNDED), default="same")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--forms", default=",".join(FORMS), help="files to write, separated by commas")
    p.add_argument("folder")
    a = p.parse_args()
    if a.scenes < 12:
        p.error("a conversation needs 12 scenes")
    graph = build(a.scenes, a.seed, a.kind)
    os.makedirs(a.folder + "/rubrics", exist_ok=True)
    shutil.copy(HERE + "/rubric.xml", a.folder + "/rubrics/bench.xml")
    for name in a.forms.split(","):
        with open(os.path.join(a.folder, name), "w", encoding="ascii", newline="\n") as out:
            FORMS[name](graph, a.kind, out)


if __name__ == "__main__":
    main()
