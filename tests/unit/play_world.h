/* play_world.h -- a scenario from a string, and a session in it, for the tests of play/.
 *
 * The rubric is small and ours, so that these tests stand when the real one changes.  Scripts are played by a fake that
 * knows, word for word, what the tests write in Lua; so nothing here needs Lua, and a failing script fails on purpose. */
#ifndef TESTS_PLAY_WORLD_H
#define TESTS_PLAY_WORLD_H

#include "base/arena.h"
#include "play/debrief.h"
#include "play/output.h"
#include "play/session.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HELPER static __attribute__((unused))

struct world {
    struct scenario *s;
    struct errs problems;
    struct arena arena;
    struct buf xml;
    const struct po_entry *po; /* English */
    uint32_t n_po;
};

/* ---- a scenario ---- */

#ifndef WORLD_FOCUS
#define WORLD_FOCUS "<focus competency=\"listening\"/>"
#endif

#define NS "xmlns=\"urn:rehearse:scenario:1\""
#define LEVEL(n) "<level number=\"" #n "\" cut=\"" #n "0\"><name>l" #n "</name></level>"
#define ANCHORS                                                                                                        \
    "<anchor level=\"1\">a</anchor><anchor level=\"2\">b</anchor><anchor level=\"3\">c</anchor>"                       \
    "<anchor level=\"4\">d</anchor><anchor level=\"5\">e</anchor>"
#define CIRC(id) "<circumstance id=\"" id "\"><name>" id "</name><summary>s</summary></circumstance>"
#define COMP(id) "<competency id=\"" id "\"><name>" id "</name><summary>s</summary>" ANCHORS "</competency>"
#define MOVE(id, comp, points)                                                                                         \
    "<move id=\"" id "\" competency=\"" comp "\" points=\"" points "\"><name>" id "</name><summary>s</summary></move>"

static const char RUBRIC[] =
    "<rubric " NS " id=\"small\" version=\"1.0\" xml:lang=\"en\"><title>Small</title>" LEVEL(1) LEVEL(2) LEVEL(3)
        LEVEL(4) LEVEL(5) CIRC("urgent") CIRC("mine") CIRC("theirs") CIRC("heated") CIRC("lasting") COMP("listening")
            COMP("service") MOVE("l:reflect", "listening", "2") MOVE("l:advise", "listening", "-1")
                MOVE("s:commit", "service", "2") MOVE("s:wall", "service", "-1") "</rubric>";

HELPER enum read_answer world_read(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    struct world *w = self;
    (void)name;
    if (kind == FILE_SCENARIO)
        *out = (struct file_bytes){TEXT("test.xml"), buf_view(&w->xml)};
    else if (kind == FILE_RUBRIC)
        *out = (struct file_bytes){TEXT("small.xml"), text_of(RUBRIC)};
    else
        return READ_NONE;
    return READ_OK;
}

HELPER enum read_answer world_read_po(void *self, enum file_kind owner, struct text use, struct text lang,
                                      struct text *name, const struct po_entry **v, uint32_t *n)
{
    struct world *w = self;
    (void)use, (void)lang;
    if (owner != FILE_SCENARIO)
        return READ_NONE;
    *name = TEXT("de.po");
    *v = w->po;
    *n = w->n_po;
    return READ_OK;
}

HELPER bool world_report(struct world *w)
{
    for (uint32_t i = 0; i < w->problems.n; i++) {
        const struct err *e = &w->problems.v[i];
        struct where at = source_where(&w->s->sources, e->at);
        if (msg_severity(e->code) == SEV_ERROR)
            fprintf(stderr, "%.*s:%u:%u: %s (%.*s)\n", (int)at.name.len, at.name.at, at.line, at.col, msg_name(e->code),
                    (int)e->args[0].len, e->args[0].at);
    }
    return w->problems.errors == 0;
}

/* BODY stands in <scenario>, behind info, rubric and cast; PO holds its German. */
HELPER struct world *world_with(const char *body, const struct po_entry *po, uint32_t n_po)
{
    struct world *w = calloc(1, sizeof *w);
    struct text langs[] = {TEXT("de")};
    struct reader reader = {.self = w, .read = world_read, .read_po = world_read_po, .langs = langs, .n_langs = n_po > 0};
    w->po = po;
    w->n_po = n_po;
    buf_str(&w->xml, "<scenario " NS " id=\"test\" version=\"1.0\" xml:lang=\"en\"><info><title>T</title>"
                     "<summary>S</summary><objective>O</objective><audience>A</audience><duration minutes=\"5\"/>"
                     "<author>me</author><licence>none</licence>" WORLD_FOCUS "</info>"
                     "<rubric use=\"small\"/><cast>"
                     "<role id=\"you\" playable=\"yes\"><name>You</name><position>p</position></role>"
                     "<role id=\"lin\" playable=\"yes\"><name>Lin</name><position>p</position></role>"
                     "<role id=\"boss\"><name>Boss</name><position>p</position></role></cast>");
    buf_str(&w->xml, body);
    buf_str(&w->xml, "</scenario>");
    errs_init(&w->problems, &w->arena);
    w->s = scenario_load(&reader, NULL, &w->problems);
    if (!world_report(w))
        abort();
    return w;
}

HELPER struct world *world_of(const char *body)
{
    return world_with(body, NULL, 0);
}

HELPER void world_free(struct world *w)
{
    scenario_free(w->s);
    errs_done(&w->problems);
    arena_done(&w->arena);
    buf_done(&w->xml);
    free(w);
}

/* ---- a scorer ---- */

HELPER bool says(struct text code, const char *piece)
{
    return memmem(code.at, code.len, piece, strlen(piece)) != NULL;
}

HELPER bool fake_effects(struct step *p, struct text code, struct err *err)
{
    const struct scenario *s = step_scenario(p);
    fact_id trust = scenario_fact(s, TEXT("trust"));
    if (says(code, "random(6)"))
        step_random(p, 6);
    if (says(code, "trust = trust + 1"))
        step_set(p, trust, step_fact(p, trust) + 1);
    if (says(code, "score(\"listening\", 1, \"heard\")") &&
        !step_score(p, scenario_comp(s, TEXT("listening")), 1, TEXT("heard"), err))
        return false;
    if (says(code, "score(\"listening\", 2)") &&
        !step_score(p, scenario_comp(s, TEXT("listening")), 2, (struct text){0}, err))
        return false;
    if (says(code, "go(\"aside\")") && !step_go(p, scenario_scene(s, TEXT("aside")), err))
        return false;
    for (int i = 0; says(code, "while true") && i < 100000; i++)
        step_random(p, 6);
    return !says(code, "error(") || err_set(err, MSG_SCRIPTS_ABSENT, (struct span){0}, TEXT("boom"), (struct text){0});
}

HELPER bool fake_test(void *self, struct step *p, code_id c, bool *value, struct err *err)
{
    struct text code = step_scenario(p)->codes[c.i].text;
    (void)self;
    *value = says(code, "random(2)") ? step_random(p, 2) == 1 : true;
    return fake_effects(p, code, err);
}

HELPER bool fake_run(void *self, struct step *p, code_id c, struct err *err)
{
    (void)self;
    return fake_effects(p, step_scenario(p)->codes[c.i].text, err);
}

/* Each hook the script text mentions is played: on_choice scores, pick takes its second option. */
HELPER bool fake_hook(void *self, struct step *p, const char *hook, struct text arg, struct text *picked, struct err *err)
{
    const struct scenario *s = step_scenario(p);
    struct text script = s->scripts[s->n_scripts].bytes;
    fact_id trust = scenario_fact(s, TEXT("trust"));
    (void)self;
    if (!says(script, hook))
        return true;
    if (strcmp(hook, "on_start") == 0 || strcmp(hook, "on_end") == 0)
        step_set(p, trust, step_fact(p, trust) + 1);
    if (strcmp(hook, "on_choice") == 0 && text_is(arg, "first/a") &&
        !step_score(p, scenario_comp(s, TEXT("service")), -2, TEXT("hook"), err))
        return false;
    if (strcmp(hook, "pick") == 0)
        *picked = says(script, "nobody") ? TEXT("nobody") : TEXT("b");
    return !says(script, "error(") || err_set(err, MSG_SCRIPTS_ABSENT, (struct span){0}, TEXT("boom"), (struct text){0});
}

static __attribute__((unused)) const struct scorer fake_scorer = {.test = fake_test, .run = fake_run, .hook = fake_hook};

HELPER bool never_test(void *self, struct step *p, code_id c, bool *value, struct err *err)
{
    (void)self, (void)p, (void)c, (void)value, (void)err;
    abort();
}

HELPER bool never_run(void *self, struct step *p, code_id c, struct err *err)
{
    (void)self, (void)p, (void)c, (void)err;
    abort();
}

HELPER bool never_hook(void *self, struct step *p, const char *hook, struct text arg, struct text *picked, struct err *err)
{
    (void)self, (void)p, (void)hook, (void)arg, (void)picked, (void)err;
    abort();
}

HELPER void never_begin(void *self)
{
    (void)self;
    abort();
}

static __attribute__((unused)) const struct scorer abort_scorer = {
    .test = never_test, .run = never_run, .hook = never_hook, .begin = never_begin};

/* ---- a session ---- */

HELPER struct session *session_begun(const struct world *w, uint64_t seed, const char *role)
{
    struct session_params params = {.seed = seed, .started = TEXT("2026-11-23T16:30:00Z")};
    if (role)
        params.roles[params.n_roles++] = scenario_role(w->s, text_of(role));
    struct err err = {0};
    if (!session_params_check(w->s, &params, &err))
        abort();
    struct session *se = session_new(w->s, &fake_scorer, &params);
    if (!session_step(se, &(struct input){.kind = IN_BEGIN}, &err))
        abort();
    return se;
}

HELPER bool try_choose(struct session *se, const char *option, struct err *err)
{
    option_id o = scenario_option(se->scenario, text_of(option));
    return session_step(se, &(struct input){.kind = IN_CHOOSE, .option = o, .ms = 100}, err);
}

HELPER void choose(struct session *se, const char *option)
{
    struct err err = {0};
    if (!try_choose(se, option, &err)) {
        fprintf(stderr, "choose %s: %s\n", option, msg_name(err.code));
        abort();
    }
}

HELPER bool try_rewind(struct session *se, uint32_t to, struct err *err)
{
    return session_step(se, &(struct input){.kind = IN_REWIND, .to = to}, err);
}

/* The number of the last event that offered DECISION. */
HELPER uint32_t offer_of(const struct session *se, const char *decision)
{
    for (uint32_t n = se->n_events; n-- > 0;)
        if (session_event(se, n)->kind == EV_OFFERED &&
            session_event(se, n)->a == scenario_decision(se->scenario, text_of(decision)).i)
            return n;
    abort();
}

HELPER int32_t total(const struct session *se, const char *comp)
{
    return state_totals(se->scenario, se->state)[scenario_comp(se->scenario, text_of(comp)).i];
}

HELPER int32_t fact(const struct session *se, const char *name)
{
    return state_facts(se->state)[scenario_fact(se->scenario, text_of(name)).i];
}

HELPER bool at(const struct session *se, const char *scene)
{
    return se->state->scene == scenario_scene(se->scenario, text_of(scene)).i;
}

HELPER void events_of(const struct session *se, struct buf *out)
{
    for (uint32_t n = 0; n < se->n_events; n++) {
        event_json(se, n, out);
        buf_char(out, '\n');
    }
}

/* A line for each output from event FROM on: "kind who words [manner]". */
HELPER void shown(const struct session *se, uint32_t from, uint32_t lang, struct buf *out)
{
    static const char *const kinds[] = {"",        "scene",   "lesson", "line",    "narration", "note",
                                        "said",    "reaction", "comment", "gauge", "ask",       "option",
                                        "problem", "ended",   "stuck",  "rewound", "hint"};
    struct outputs o = {0};
    session_present(se, from, lang, &o);
    for (uint32_t i = 0; i < o.n; i++) {
        const struct output *v = &o.v[i];
        struct text who = v->who.i ? scenario_name(se->scenario, se->scenario->roles[v->who.i].name) : (struct text){0};
        buf_printf(out, "%s %.*s %.*s", kinds[v->kind], (int)who.len, who.at, (int)v->words.len, v->words.at);
        if (v->manner.len)
            buf_printf(out, " [%.*s]", (int)v->manner.len, v->manner.at);
        if (v->kind == OUT_GAUGE)
            buf_printf(out, " %d of %d-%d", v->value, v->from, v->to);
        for (uint32_t k = 0; k < v->n_points; k++)
            buf_printf(out, " %u:%+d", v->points[k].comp.i, v->points[k].points);
        buf_printf(out, "%s%s\n", v->again ? " again" : "", v->original ? " original" : "");
    }
    outputs_done(&o);
}

/* Replays EVENTS with a scorer that aborts; NULL, with ERR, where a line is refused. */
HELPER struct session *replayed(const struct scenario *s, struct text events, struct err *err)
{
    struct arena a = {0};
    struct session_params params;
    struct text line, rest = events;
    struct session *se = NULL;
    if (text_split(&rest, '\n', &line) && session_params_parse(s, line, &a, &params, err)) {
        se = session_new(s, &abort_scorer, &params);
        bool ok = session_replay(se, line, err);
        while (ok && text_split(&rest, '\n', &line))
            ok = session_replay(se, line, err);
        if (!ok) {
            session_free(se);
            se = NULL;
        }
    }
    arena_done(&a);
    return se;
}

#endif
