"""Files of the check corpus that are made, not kept: too large, too deep, or no regular file."""
import os

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<scenario xmlns="urn:rehearse:scenario:1" id="probe" version="1.0" xml:lang="en">
  <info>
    <title>The late handover</title>
    <summary>A handover note arrives after dark, and thin.</summary>
    <objective>Take in what the other person feels before you explain.</objective>
    <focus competency="listening"/>
  </info>
  <rubric use="tiny"/>
  <cast>
    <role id="you" playable="yes"><name>Wei</name></role>
    <role id="lin"><name>Lin</name></role>
  </cast>
%s  <scene id="opening">
    <line who="lin">This is the third time.</line>
%s    <decision id="first" who="you">
      <option id="reflect" move="listen:reflect-feeling" next="%s">
        <says>You rebuilt the plan at midnight again, and you are tired.</says>
        <reaction>That is about it.</reaction>
        <because>Names the work and the feeling behind it.</because>
      </option>
      <option id="clarify" move="listen:clarify" next="better">
        <says>Which of the three nights cost you most, and what was missing?</says>
        <reaction>The second. There were no steps to roll back.</reaction>
        <because>Finds out the facts; what she feels stays unsaid.</because>
      </option>
      <option id="defend" move="listen:defend" next="better">
        <says>The test machines were down for two days, so we had no way out.</says>
        <reaction>Then write that down.</reaction>
        <because>Explains one's own side before hers was heard.</because>
      </option>
    </decision>
  </scene>
"""
TAIL = """  <ending id="better" title="A plan for tonight" outcome="agreed"/>
</scenario>
"""


def scenario(before="", within="", first="better", scenes=""):
    return HEAD % (before, within, first) + scenes + TAIL


def ring(n):
    """A chain of scenes that asks nobody and, at its end, leads to its beginning."""
    return "".join('  <scene id="s%d"><goto next="s%d" when="turn > 3"/><goto next="s%d"/></scene>\n'
                   % (i, (i * 7 + 1) % n, (i + 1) % n) for i in range(n))


def chain(n):
    return "".join('  <scene id="s%d"><goto next="%s"/></scene>\n' % (i, "s%d" % (i + 1) if i + 1 < n else "better")
                   for i in range(n))


FILES = {
    # every element allowed, and one more; the loader must not fall over any of them
    "made-elements": lambda: scenario(within="    <note>x</note>\n" * 100000),
    "made-elements-most": lambda: scenario(within="    <note>x</note>\n" * 99000),
    "made-elements-unknown": lambda: scenario(within="    <nota>x</nota>\n" * 20000),
    "made-attribute": lambda: scenario(within='    <line who="lin" manner="%s">Yes.</line>\n' % ("x" * 17000)),
    "made-attribute-open": lambda: scenario(within='    <line who="lin" manner="%s' % ("x" * 300000)),
    "made-attributes": lambda: scenario(within="    <line who=\"lin\" %s>Yes.</line>\n"
                                        % " ".join('a%d="%d"' % (i, i) for i in range(2000))),
    "made-text": lambda: scenario(within="    <line who=\"lin\">%s</line>\n" % ("And so on. " * 1600)),
    "made-comment": lambda: scenario(within="    <!-- %s -->\n" % ("<a b='c'> " * 50000)),
    "made-depth": lambda: "<scenario xmlns=\"urn:rehearse:scenario:1\">" + "<scene>" * 20000,
    "made-depth-closed": lambda: "<x>" * 50000 + "</x>" * 50000,
    "made-namespaces": lambda: scenario(within="    <note %s>x</note>\n"
                                        % " ".join('xmlns:n%d="urn:%d"' % (i, i) for i in range(300))),
    "made-ring": lambda: scenario(first="s0", scenes=ring(9000)),
    "made-chain": lambda: scenario(first="s0", scenes=chain(9000)),
    "made-scenes-many": lambda: scenario(first="s0", scenes=chain(10001)),
    "made-scripts-many": lambda: scenario(before="  <script>local x = 1</script>\n  <script src=\"good-full.lua\"/>\n" * 10000),
    "made-scripts-missing": lambda: scenario(before="".join('  <script src="s%d.lua"/>\n' % i for i in range(10000))),
    "made-script-codes": lambda: scenario(within="".join("    <do>for i = 1, %d do turn_(i) end</do>\n" % i for i in range(60000)),
                                          before="  <script>function turn_(n) end</script>\n"),
    "made-script-large": lambda: scenario(before="  <script>-- %s</script>\n" % ("x" * 66000),
                                          within="    <do>-- %s</do>\n" % ("x" * 66000)),
    "made-facts": lambda: scenario(before="".join('  <flag id="f%d"/>\n' % i for i in range(4000)),
                                   within="    <do>%s</do>\n" % "; ".join("f%d = not f%d" % (i, (i * 7) % 4000)
                                                                          for i in range(2000))),
    "made-roles": lambda: scenario(scenes=ring(2000)).replace("</cast>", "".join(
        '<role id="r%d" playable="yes"><name>R</name></role>\n' % i for i in range(2000)) + "</cast>"),
    "made-conditions": lambda: scenario(within="".join('    <note when="turn > %d and %s">x</note>\n'
                                                       % (i, " and ".join(["turn > 1"] * 20)) for i in range(5000))),
    "made-condition-deep": lambda: scenario(within='    <note when="%sturn > 1%s">x</note>\n' % ("(" * 5000, ")" * 5000)),
    "made-condition-not": lambda: scenario(within='    <note when="%sturn > 1">x</note>\n' % ("not " * 3000)),
    "made-value-names": lambda: scenario(before='  <one-of id="mood" start="v1" values="%s"/>\n'
                                         % " ".join("v%d" % i for i in range(2500))),
    "made-lua-long": lambda: scenario(within="    <do>turn_ = 1 %s</do>\n" % ("-- x\n" * 10000)),
    "made-ids-twice": lambda: scenario(scenes='  <scene id="s"><goto next="better"/></scene>\n' * 5000),
    "made-file-large": lambda: scenario(within="    <!-- %s -->\n" % ("x" * (5 << 20))),
    "made-entities": lambda: scenario(within="    <note>%s</note>\n" % ("&amp;&lt;" * 1500)),
    "made-quotes": lambda: scenario(within="    <line who=\"lin\" manner=\"'''\">%s</line>\n" % ("\"" * 5000)),
    "made-misspelt": lambda: scenario(scenes="".join('  <scene id="a%d"><goto next="b%d"/></scene>\n' % (i, i)
                                                     for i in range(9000))),
}


def make(folder):
    os.mkdir(folder + "/made")
    os.symlink("../good-full.lua", folder + "/made/link.lua")
    os.symlink("../scripts", folder + "/made/folder-link")
    os.mkfifo(folder + "/made/pipe.lua")
    with open(folder + "/made/large.lua", "w") as f:
        f.write("-- x\n" * 20000)
    with open(folder + "/made-sparse.xml", "w") as f:
        f.truncate(1 << 40)
    for name, text in FILES.items():
        with open("%s/%s.xml" % (folder, name), "w") as f:
            f.write(text())
