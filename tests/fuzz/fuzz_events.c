/* fuzz_events.c -- a stranger's record, and a stranger at the keys.
 *
 * Each line is replayed as an event; a line that begins with > is an input: >2 takes the second option offered, >r5
 * goes back to event 5, >n lets the time run out, anything else is a note.  Whatever is taken must be written again
 * byte for byte, be shown, and be told in a debrief; at the end, all of it must replay without a script. */
#include "../unit/play_world.h"

#include "play/grade.h"
#include "play/recast.h"

#define OPTION(id, rest, body) "<option id=\"" id "\" " rest "><says>say " id "</says>" body "</option>"
#define REACT "<reaction who=\"lin\">ok <value of=\"trust\"/></reaction>"

static const char TALK[] =
    "<gauge id=\"trust\" label=\"t\" from=\"0\" to=\"9\" start=\"3\" shown=\"always\"/><flag id=\"heard\"/>"
    "<one-of id=\"mood\" values=\"calm tense\" start=\"calm\"/>"
    "<scene id=\"opening\"><line who=\"lin\" when=\"random(2) == 1\">Again? <value of=\"mood\"/></line>"
    "<decision id=\"first\" who=\"you\">"
    OPTION("a", "move=\"l:reflect\" next=\"middle\"",
           REACT "<because>why</because><do>local n = random(6); score(\"listening\", 1, \"heard\")</do>"
                 "<change flag=\"heard\" to=\"yes\"/><change one-of=\"mood\" to=\"tense\"/>")
    OPTION("b", "next=\"middle\"", REACT "<do>error(\"x\")</do>")
    OPTION("g", "next=\"good\" once=\"yes\"", REACT "<do>go(\"middle\")</do>") "</decision></scene>"
    "<scene id=\"middle\"><decision id=\"theirs\" who=\"lin\">" OPTION("x", "", REACT "<change gauge=\"trust\" add=\"1\"/>")
    OPTION("y", "", REACT) "</decision><decision id=\"second\" who=\"you\">" OPTION("c", "next=\"good\"", REACT)
    OPTION("d", "next=\"opening\"", REACT "<score competency=\"service\" points=\"-1\" when=\"heard\">w</score>")
    "<no-answer next=\"good\"/></decision></scene>"
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>";

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static bool step(struct session *se, struct text line)
{
    struct input in = {.kind = IN_NOTE, .text = line};
    struct err err;
    long n;
    if (text_is(line, "n"))
        in.kind = IN_NO_ANSWER;
    else if (line.len && *line.at == 'r' && text_int(text_from(line.at + 1, line.len - 1), 0, INT32_MAX, &n)) {
        in.kind = IN_REWIND;
        in.to = (uint32_t)n;
    } else if (text_int(line, 0, 26, &n)) {
        const struct event *e = session_event(se, se->offered);
        in.kind = se->n_events == 1 ? IN_BEGIN : IN_CHOOSE;
        for (uint32_t i = 0; i < e->n && n; i++)
            if (event_items(e)[i].kind == ITEM_OPTION && --n == 0)
                in.option.i = event_items(e)[i].ref;
    }
    return session_step(se, &in, &err);
}

static void replay(struct session *se, struct text line)
{
    struct err err;
    struct buf again = {0};
    if (session_replay(se, line, &err)) {
        event_json(se, se->n_events - 1, &again);
        demand(text_eq(buf_view(&again), line));
    }
    buf_done(&again);
}

/* A record of any version is graded without being played. */
static void recast(const struct scenario *s, struct text events)
{
    struct recast r;
    struct grade g;
    struct err err;
    if (session_recast(s, events, &r, &err)) {
        session_grade(r.session, &g);
        grade_done(&g);
    }
    recast_done(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct world *w;
    struct text line, rest = {(const char *)bytes, n};
    struct buf events = {0}, out = {0};
    struct debrief d;
    struct err err;
    if (!w)
        w = world_of(TALK);
    struct session *se = session_new(w->s, &fake_scorer, &(struct session_params){.seed = 7});
    while (text_split(&rest, '\n', &line)) {
        if (line.len && *line.at == '>')
            step(se, text_from(line.at + 1, line.len - 1));
        else
            replay(se, line);
    }
    shown(se, 0, 0, &out);
    session_debrief(se, 0, &d);
    debrief_done(&d);
    events_of(se, &events);
    struct session *twin = replayed(w->s, buf_view(&events), &err);
    demand(twin && memcmp(twin->state, se->state, state_size(w->s)) == 0);
    session_free(twin);
    session_free(se);
    recast(w->s, text_from((const char *)bytes, n)); /* whatever it is, and what is well formed */
    recast(w->s, buf_view(&events));
    buf_done(&events);
    buf_done(&out);
    return 0;
}
