/* lua_world.h -- a small scenario around a piece of Lua, and what the piece does when it is played.
 *
 *     world_open(&w, script, code, when)    loads a scenario whose option first/listen holds the code
 *     world_play(&w, "listen")              plays that answer; what it did is in w.out, one effect a line
 *
 * What loading finds wrong is in w.out, too: the message's name, the text it points at, and its arguments. */
#ifndef TESTS_UNIT_LUA_WORLD_H
#define TESTS_UNIT_LUA_WORLD_H

#include "rehearse.h"
#include "script/lua_host.h"

#include <stdlib.h>
#include <string.h>

static const char world_rubric[] =
    "<rubric xmlns='urn:rehearse:scenario:1' id='tiny' version='1.0' xml:lang='en'><title>Tiny</title>"
    "<level number='1' cut='0'><name>One</name></level><level number='2' cut='15'><name>Two</name></level>"
    "<level number='3' cut='40'><name>Three</name></level><level number='4' cut='65'><name>Four</name></level>"
    "<level number='5' cut='85'><name>Five</name></level>"
    "<circumstance id='urgent'><name>u</name><summary>u</summary></circumstance>"
    "<circumstance id='mine'><name>m</name><summary>m</summary></circumstance>"
    "<circumstance id='theirs'><name>t</name><summary>t</summary></circumstance>"
    "<circumstance id='heated'><name>h</name><summary>h</summary></circumstance>"
    "<circumstance id='lasting'><name>l</name><summary>l</summary></circumstance>"
    "<competency id='listening'><name>Listening</name><summary>l</summary>"
    "<anchor level='1'>a</anchor><anchor level='2'>a</anchor><anchor level='3'>a</anchor>"
    "<anchor level='4'>a</anchor><anchor level='5'>a</anchor></competency>"
    "<move id='listen:clarify' competency='listening' points='1'><name>Asking</name><summary>a</summary></move>"
    "<move id='svc:overpromise' competency='listening' points='-1'><name>Too much</name><summary>a</summary></move>"
    "</rubric>";

static const char world_head[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<scenario xmlns='urn:rehearse:scenario:1' id='world' version='1.0' xml:lang='en'>\n"
    "<info><title>World</title><summary>A world for tests.</summary><objective>To test.</objective>"
    "<focus competency='listening'/></info>\n<rubric use='tiny'/>\n";

static const char world_facts[] =
    "<cast><role id='you' playable='yes'><name>You</name><position>p</position></role>"
    "<role id='he'><name>He</name><position>p</position></role></cast>\n"
    "<gauge id='trust' label='Trust' from='0' to='10' start='5'/><flag id='heard'/><counter id='visits' to='99'/>"
    "<one-of id='mood' values='calm tense' start='calm'/><gauge id='low' label='Low' from='-1000000' to='1000000' "
    "start='0'/>\n"
    "<scene id='opening'><recap>r</recap><line who='he'>Well?</line><decision id='first' who='you'>"
    "<option id='listen' next='done'><says>a</says><reaction>a</reaction>";

static const char world_tail[] =
    "</option><option id='push' next='later'><says>b</says><reaction>b</reaction><do>trust = math.max(trust, 6)</do>"
    "</option></decision></scene>\n"
    "<scene id='later'><line who='he'>So?</line><decision id='second' who='he'>"
    "<option id='one' next='done'><says>a</says><reaction>a</reaction></option>"
    "<option id='two' next='done' weight='0'><says>a</says><reaction>a</reaction>"
    "<change counter='visits' add='1'/></option></decision></scene>\n"
    "<ending id='done' title='Done' outcome='agreed'><line who='he'>Done.</line></ending></scenario>\n";

struct world {
    struct buf xml, out;
    struct text script, shared; /* bytes of score.lua and of the shared script; empty: none */
    struct text body;           /* XML to stand in the option beside the code */
    struct rehearse_scenario *r;
    struct reader reader;
};

static inline enum read_answer world_read(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    struct world *w = self;
    (void)name;
    switch (kind) {
    case FILE_SCENARIO:
        *out = (struct file_bytes){TEXT("world.xml"), buf_view(&w->xml)};
        return READ_OK;
    case FILE_RUBRIC:
        *out = (struct file_bytes){TEXT("tiny.xml"), text_of(world_rubric)};
        return READ_OK;
    case FILE_SCRIPT_SRC:
        *out = (struct file_bytes){TEXT("score.lua"), w->script};
        return READ_OK;
    case FILE_SCRIPT_USE:
        *out = (struct file_bytes){TEXT("shared.lua"), w->shared};
        return READ_OK;
    default:
        return READ_NONE;
    }
}

static inline void world_escape(struct buf *out, struct text t, bool quoted)
{
    for (size_t i = 0; i < t.len; i++) {
        switch (t.at[i]) {
        case '<':
            buf_str(out, "&lt;");
            break;
        case '&':
            buf_str(out, "&amp;");
            break;
        case '"':
            buf_str(out, quoted ? "&quot;" : "\"");
            break;
        default:
            buf_char(out, t.at[i]);
        }
    }
}

/* "code-name-unknown [trst] trst trust" */
static inline void world_problem(struct world *w, const struct err *e)
{
    const struct sources *ss = w->r->sources;
    buf_str(&w->out, msg_name(e->code));
    if (e->at.file && e->at.file <= ss->n && e->at.to > e->at.from && e->at.to <= ss->v[e->at.file].bytes.len) {
        struct text all = ss->v[e->at.file].bytes;
        buf_printf(&w->out, " [%.*s]", (int)(e->at.to - e->at.from), all.at + e->at.from);
    }
    for (int i = 0; i < ERR_ARGS; i++) {
        if (e->args[i].len) {
            buf_printf(&w->out, " %.*s", (int)e->args[i].len, e->args[i].at);
        }
    }
    buf_char(&w->out, '\n');
}

/* CODE is a `do`, WHEN a condition that counts a visit; either may be empty.  LIMITS may be NULL. */
static inline bool world_open(struct world *w, struct text code, struct text when, const struct limits *limits)
{
    buf_str(&w->xml, world_head);
    buf_str(&w->xml, w->shared.len ? "<script use='shared'/>\n" : "");
    buf_str(&w->xml, w->script.len ? "<script src='score.lua'/>\n" : "");
    buf_str(&w->xml, world_facts);
    if (code.len) {
        buf_str(&w->xml, "<do>");
        world_escape(&w->xml, code, false);
        buf_str(&w->xml, "</do>");
    }
    if (when.len) {
        buf_str(&w->xml, "<change counter='visits' add='1' when=\"");
        world_escape(&w->xml, when, true);
        buf_str(&w->xml, "\"/>");
    }
    buf_text(&w->xml, w->body);
    buf_str(&w->xml, world_tail);
    w->reader = (struct reader){.self = w, .read = world_read};
    w->r = rehearse_load(&w->reader, limits);
    for (uint32_t i = 0; i < w->r->problems.n; i++) {
        if (msg_severity(w->r->problems.v[i].code) == SEV_ERROR) {
            world_problem(w, &w->r->problems.v[i]);
        }
    }
    return w->r->problems.errors == 0;
}

static inline void world_value(struct world *w, const struct item *it)
{
    const struct scenario *s = w->r->model;
    const struct fact *f = &s->facts[it->ref];
    struct text name = scenario_name(s, f->name);
    buf_printf(&w->out, "%.*s = ", (int)name.len, name.at);
    if (f->kind == FACT_FLAG) {
        buf_str(&w->out, it->value ? "true" : "false");
    } else if (f->kind == FACT_ONE_OF) {
        buf_text(&w->out, scenario_name(s, s->values[f->values + (uint32_t)it->value]));
    } else {
        buf_int(&w->out, it->value);
    }
    buf_char(&w->out, '\n');
}

/* Items of event number N, from the effects on. */
static inline void world_items(struct world *w, const struct session *se, uint32_t n)
{
    const struct scenario *s = w->r->model;
    const struct event *e = session_event(se, n);
    const struct item *it = event_items(e);
    for (uint32_t i = 0; i < e->n; i++) {
        struct text name, text = {0};
        bool next_text = i + 1 < e->n && (it[i + 1].kind == ITEM_REASON || it[i + 1].kind == ITEM_TEXT);
        if (next_text) {
            text = text_from(se->texts.at + it[i + 1].ref, (size_t)it[i + 1].value);
        }
        switch (it[i].kind) {
        case ITEM_SET:
            world_value(w, &it[i]);
            break;
        case ITEM_SCORE:
            name = scenario_name(s, s->rubric.comps[it[i].comp].name);
            buf_printf(&w->out, "%.*s %+d%s%.*s\n", (int)name.len, name.at, (int)it[i].value, text.len ? " " : "",
                       (int)text.len, text.at ? text.at : "");
            break;
        case ITEM_GO:
            name = scenario_name(s, s->scenes[it[i].ref].name);
            buf_printf(&w->out, "go %.*s\n", (int)name.len, name.at);
            break;
        case ITEM_DRAW:
            if (it[i].ref == 1 && e->by != BY_TRAINEE) { /* the engine's own choice of one */
                break;
            }
            buf_printf(&w->out, "draw %d of %u\n", (int)it[i].value, it[i].ref);
            break;
        case ITEM_PROBLEM: {
            struct err err = {.code = (enum msg)it[i].ref, .at = {(uint32_t)it[i].value, 0, 0}};
            if (i + 1 < e->n && it[i + 1].kind == ITEM_PLACE) {
                err.at.from = it[i + 1].ref;
                err.at.to = (uint32_t)it[i + 1].value;
            }
            for (uint32_t k = 0; k < ERR_ARGS && i + 2 + k < e->n && it[i + 2 + k].kind == ITEM_TEXT; k++) {
                err.args[k] = text_from(se->texts.at + it[i + 2 + k].ref, (size_t)it[i + 2 + k].value);
            }
            world_problem(w, &err);
            break;
        }
        default:
            break;
        }
    }
}

/* Plays first/OPTION in a new session and appends what every step's events did. */
static inline bool world_play(struct world *w, const char *option)
{
    struct err err = {0};
    struct session_params params = {.seed = 7};
    struct rehearse_session *p = rehearse_start(w->r, &params, &err);
    if (!p) {
        return false;
    }
    char name[64] = "first/";
    strncat(name, option, sizeof name - 8);
    struct input begin = {.kind = IN_BEGIN};
    struct input choose = {.kind = IN_CHOOSE, .by = BY_TRAINEE, .option = scenario_option(w->r->model, text_of(name))};
    bool fine = rehearse_step(p, &begin, &err) && rehearse_step(p, &choose, &err);
    const struct session *se = rehearse_session_of(p);
    for (uint32_t i = 0; i < se->n_events; i++) {
        world_items(w, se, i);
    }
    rehearse_end(p);
    return fine;
}

static inline void world_close(struct world *w)
{
    rehearse_unload(w->r);
    buf_done(&w->xml);
    buf_done(&w->out);
    w->r = NULL;
}

#endif
