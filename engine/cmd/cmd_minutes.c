/* cmd_minutes.c -- `rehearse minutes FILE [SESSION]`: what remains of a workshop, written down. */
#include "cmd/commands.h"
#include "cmd/keep.h"
#include "cmd/paper.h"
#include "front/opening.h"
#include "report/minutes.h"
#include "wire/client_event.h"

#include <errno.h>
#include <string.h>

static int write_minutes(const struct call *call, const struct minutes *m, const char *path)
{
    struct buf out = {0};
    int status = STATUS_FINE;
    if (paper_ends(path, ".csv") || paper_ends(path, ".jsonl")) {
        (paper_ends(path, ".csv") ? minutes_csv : minutes_jsonl)(m, &out);
        status = paper_put(call, path, buf_view(&out));
    } else {
        struct doc d = {0};
        struct doc_look look = {.words = m->words, .lang = m->lang};
        minutes_compose(&d, m);
        int error = doc_write(&d, &look, path);
        if (error)
            status = call_fails(call, STATUS_IO, N_("%1 cannot be written: %2"), path, strerror(error));
        doc_done(&d);
    }
    buf_done(&out);
    return status;
}

/* The facilitator's notes, which are events. */
static void take_notes(struct minutes *m, struct text events)
{
    struct arena a = {0};
    struct client_event e;
    uint32_t n = 0;
    for (struct text rest = events, line; text_split(&rest, '\n', &line);)
        n++;
    m->notes = arena_array(&m->arena, struct text, n + 1);
    for (struct text line; text_split(&events, '\n', &line); arena_reset(&a))
        if (client_event_read(&a, line, &e) && text_is(e.kind, "noted"))
            m->notes[m->n_notes++] = minutes_keep(m, e.text);
    arena_done(&a);
}

/* Everything that has to be asked of an engine. */
static enum opening_end fill(struct minutes *m, struct opening *o, const struct opening_config *config, const struct kept_play *p, struct text tag)
{
    struct client_fault fault = {0};
    struct client_info info;
    struct client_debrief d;
    struct client_turning t;
    enum client_end end;
    struct client_session *s = client_resume(o->client, p->events, NULL, NULL, &end, &fault);
    if (!s)
        return opening_fault(config, &fault);
    if (client_info(o->client, tag, &info, &fault) != CLIENT_OK)
        return opening_fault(config, &fault);
    minutes_take_info(m, &info, text_of(config->role));
    client_info_done(&info);
    if (client_debrief(s, tag, &d, &fault) != CLIENT_OK)
        return opening_fault(config, &fault);
    minutes_take_debrief(m, &d);
    if (client_turning(s, tag, false, &t, &fault) == CLIENT_OK)
        minutes_take_turning(m, &t);
    client_session_end(s);
    take_notes(m, p->events);
    m->digest = minutes_keep(m, p->session.digest);
    return OPENING_FINE;
}

static void take_started(struct minutes *m, struct text events)
{
    struct arena a = {0};
    struct client_event e;
    struct text line;
    if (text_split(&events, '\n', &line) && client_event_read(&a, line, &e))
        m->started = minutes_keep(m, e.started);
    arena_done(&a);
}

static int with_engine(const struct call *call, struct kept_play *p, const char *path)
{
    struct text roles = p->session.roles, role = {0};
    struct opening o = {0};
    struct minutes m;
    const struct words *words = NULL;
    text_word(&roles, &role);
    struct opening_config config = {.command = "minutes", .words = call->words, .scenario = p->session.scenario.at,
                                    .role = text_keep(&p->arena, role).at, .kept = p->files, .n_kept = p->n_files, .watch = -1,
                                    .no_jail = call_value(call, "no-jail") != NULL};
    enum opening_end end = opening_open(&o, &config);
    int status = (int)end;
    if (end == OPENING_FINE) {
        struct text tag = client_serving(client_scenario(o.client), text_of(call->lang ? call->lang : words_tag(call->words)));
        tag = tag.len ? tag : client_scenario(o.client)->langs[0];
        words_find(tag, &words);
        minutes_begin(&m, words, tag);
        take_started(&m, p->events);
        end = fill(&m, &o, &config, p, tag);
        status = end == OPENING_FINE ? write_minutes(call, &m, path) : (int)end;
        minutes_done(&m);
    }
    opening_close(&o);
    return status;
}

static int run(const struct call *call)
{
    const char *path = call->operands[0];
    struct keep k;
    struct kept_play p = {0};
    int status = STATUS_FINE;
    if (!paper_ends(path, ".csv") && !paper_ends(path, ".jsonl") && !doc_named_well(path))
        return call_fails(call, STATUS_USAGE, N_("“%1” must end in .html, .md, .txt, .csv or .jsonl"), path, NULL);
    if (keep_open_store(&k, call, false, &status) && kept_room_find(&p, &k, call, call->n > 1 ? call->operands[1] : NULL, &status) &&
        kept_play_read(&p, &k, call, &status))
        status = with_engine(call, &p, path);
    kept_play_done(&p);
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    OPTION_LANG,
    OPTION_STORE,
    OPTION_NO_JAIL_WORKS,
    OPTION_HELP,
    {0}};

const struct command command_minutes = {
    .name = "minutes",
    .operands = N_("FILE [SESSION]"),
    .least = 1,
    .most = 2,
    .operand = OPERAND_FILES,
    .summary = N_("what a room decided and how it voted, written down"),
    .about = N_("Writes the minutes of a workshop: the way the room took, each vote with both rounds, how it was settled, roads not taken, "
                "the other side's brief. Without SESSION it is the newest workshop. FILE ends in .html, .md or .txt for people, in "
                ".csv for a table, in .jsonl for other programs.\n\n"
                "No names, no points, no level of a room; of fewer than five votes only which option led."),
    .examples = "rehearse minutes friday.html\nrehearse minutes friday.csv",
    .options = options,
    .run = run,
};
