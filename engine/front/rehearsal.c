/* rehearsal.c -- plays a written-down conversation and holds each reply to what was written below it.
 *
 * Options are named, not numbered, so that editing a text or the order keeps the runs. */
#include "front/rehearsal.h"

#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------------------------------------------------ */

static void drop(struct text *t, size_t n)
{
    t->at += n;
    t->len -= n;
}

/* "scenario: late-handover   seed: 7": pairs of a word with a colon and a word. */
static bool parse_head(struct rehearsal *r, struct text line)
{
    struct text key, value;
    long seed;
    while (text_word(&line, &key)) {
        if (!text_word(&line, &value))
            return false;
        if (text_is(key, "scenario:"))
            r->scenario = value;
        else if (text_is(key, "lang:"))
            r->lang = value;
        else if (text_is(key, "role:"))
            r->role = value;
        else if (text_is(key, "seed:") && text_int(value, 0, LONG_MAX, &seed))
            r->seed = (uint64_t)seed;
        else if (text_is(key, "mode:") && term_find(&mode_terms, value))
            r->mode = (enum wire_mode)term_find(&mode_terms, value);
        else
            return false;
    }
    return true;
}

static void add_line(struct rehearsal *r, enum rehearsal_kind kind, struct text text, uint32_t number)
{
    array_room(r->v, r->n, r->cap);
    r->v[r->n].kind = kind;
    r->v[r->n].text = text_trim(text);
    r->v[r->n++].number = number;
}

static bool parse_line(struct rehearsal *r, struct text line, uint32_t number)
{
    if (!line.len || line.at[0] == '#')
        return true;
    if (line.at[0] == '>') {
        drop(&line, 1);
        add_line(r, LINE_INPUT, line, number);
        return text_trim(line).len > 0;
    }
    if (!r->n)
        return parse_head(r, line);
    if (line.at[0] == '!') {
        drop(&line, 1);
        add_line(r, LINE_LACKS, line, number);
    } else if (line.len > 2 && line.at[0] == '/' && line.at[line.len - 1] == '/') {
        add_line(r, LINE_MATCHES, text_from(line.at + 1, line.len - 2), number);
    } else {
        add_line(r, LINE_HOLDS, line, number);
    }
    return true;
}

uint32_t rehearsal_parse(struct text bytes, struct rehearsal *r)
{
    struct text line, rest = bytes;
    *r = (struct rehearsal){.seed = 1};
    for (uint32_t number = 1; text_split(&rest, '\n', &line); number++)
        if (!parse_line(r, text_trim(line), number))
            return number;
    return r->n ? 0 : 1;
}

void rehearsal_done(struct rehearsal *r)
{
    free(r->v);
    *r = (struct rehearsal){0};
}

/* ---- telling a reply ---------------------------------------------------------------------------------------------- */

static void tell_said(const struct client_output *o, struct buf *out)
{
    runs_plain(o->name, out);
    if (o->manner.n) {
        buf_str(out, o->name.n ? " (" : "(");
        runs_plain(o->manner, out);
        buf_char(out, ')');
    }
    buf_str(out, ": ");
    runs_plain(o->text, out);
}

static void tell_points(const struct client_output *o, struct buf *out)
{
    for (uint32_t i = 0; i < o->n_moves; i++) {
        buf_str(out, "move: ");
        buf_text(out, o->moves[i].move);
        buf_char(out, '\n');
    }
    for (uint32_t i = 0; i < o->n_points && !o->again; i++) {
        buf_text(out, o->points[i].competency);
        buf_printf(out, " %+d\n", o->points[i].points);
    }
    buf_str(out, o->again ? "again: " : "because: ");
    runs_plain(o->text, out);
}

static void tell_named(const char *what, const struct client_output *o, struct buf *out)
{
    buf_printf(out, "%s: ", what);
    buf_text(out, o->id);
    buf_char(out, ' ');
    runs_plain(o->title.n ? o->title : o->text, out);
}

static void tell(const struct client_output *o, struct buf *out)
{
    switch (o->kind) {
    case WIRE_OUT_LINE:
    case WIRE_OUT_SAID:
    case WIRE_OUT_REACTION:
        tell_said(o, out);
        break;
    case WIRE_OUT_COMMENT:
        tell_points(o, out);
        break;
    case WIRE_OUT_OPTION:
        tell_named("option", o, out);
        break;
    case WIRE_OUT_ENDED:
        tell_named("ending", o, out);
        break;
    case WIRE_OUT_ASK:
        tell_named("decision", o, out);
        break;
    case WIRE_OUT_LESSON:
        tell_named("lesson", o, out);
        break;
    case WIRE_OUT_SCENE:
        tell_named("scene", o, out);
        break;
    case WIRE_OUT_GAUGE:
        buf_str(out, "gauge: ");
        buf_text(out, o->id);
        buf_printf(out, " %d", o->value);
        break;
    case WIRE_OUT_PROBLEM:
        buf_printf(out, "problem: %s", msg_name(o->problem.code));
        break;
    case WIRE_OUT_CHECKED:
        buf_str(out, o->right ? "right: " : "wrong: ");
        runs_plain(o->text, out);
        break;
    case WIRE_OUT_QUESTION:
        buf_str(out, "question: ");
        runs_plain(o->text, out);
        break;
    case WIRE_OUT_SLOT:
        buf_str(out, "slot: ");
        buf_text(out, o->id);
        break;
    case WIRE_OUT_PART:
        tell_named("part", o, out);
        break;
    case WIRE_OUT_PROPOSED:
        tell_named("proposed", o, out);
        break;
    case WIRE_OUT_WROTE:
        buf_str(out, "wrote: ");
        runs_plain(o->text, out);
        break;
    case WIRE_OUT_STUCK:
        buf_str(out, "stuck");
        break;
    case WIRE_OUT_REWOUND:
        buf_str(out, "back");
        break;
    default:
        runs_plain(o->text, out);
        break;
    }
    buf_char(out, '\n');
}

void touch_name(struct buf *names, struct text name)
{
    buf_char(names, '\n');
    buf_text(names, name);
    buf_char(names, '\n');
}

/* ---- playing ------------------------------------------------------------------------------------------------------ */

struct stage {
    struct client_session *se;
    struct rehearsal_result *result;
    struct arena arena;
    struct text asked;       /* the decision now open */
    struct text options[64]; /* offered now, in the order shown */
    uint32_t n_options;
    struct text *parts;      /* of the message now asked for */
    uint32_t n_parts, cap_parts;
    struct text *taken;      /* the ones an input names */
    uint32_t n_taken, cap_taken;
    uint32_t *offers;        /* numbers of the events that offered, of the road now travelled */
    uint32_t n_offers, cap_offers;
};

static void take_answer(struct stage *st, const struct client_answer *a)
{
    struct rehearsal_result *r = st->result;
    uint32_t offered = client_session_offered(st->se);
    if (offered && (!st->n_offers || st->offers[st->n_offers - 1] != offered)) {
        array_room(st->offers, st->n_offers, st->cap_offers);
        st->offers[st->n_offers++] = offered;
    }
    for (uint32_t i = 0; i < a->n; i++) {
        const struct client_output *o = &a->v[i];
        tell(o, &r->reply);
        if (o->kind == WIRE_OUT_ASK) {
            st->asked = text_keep(&st->arena, o->id);
            st->n_options = st->n_parts = 0;
        }
        if (o->kind == WIRE_OUT_PART) {
            array_room(st->parts, st->n_parts, st->cap_parts);
            st->parts[st->n_parts++] = text_keep(&st->arena, o->id);
        }
        if (o->kind == WIRE_OUT_OPTION && st->n_options < 64)
            st->options[st->n_options++] = text_keep(&st->arena, o->id);
        if (o->kind == WIRE_OUT_SAID || o->kind == WIRE_OUT_CHECKED || o->kind == WIRE_OUT_ENDED)
            touch_name(&r->touched, o->id);
        if (o->kind == WIRE_OUT_LINE || o->kind == WIRE_OUT_NARRATION)
            touch_name(&r->touched, o->at);
    }
}

/* The one of V whose whole name is NAME, or its end behind a "/"; empty where none is. */
static struct text named_in(const struct text *v, uint32_t n, struct text name)
{
    for (uint32_t i = 0; i < n; i++) {
        struct text whole = v[i];
        if (text_eq(whole, name) ||
            (whole.len > name.len && whole.at[whole.len - name.len - 1] == '/' &&
             memcmp(whole.at + whole.len - name.len, name.at, name.len) == 0))
            return whole;
    }
    return (struct text){0};
}

/* The option called NAME among those offered: its number, its whole name, or its name within the decision. */
static struct text option_named(const struct stage *st, struct text name)
{
    long number;
    if (text_int(name, 1, st->n_options, &number))
        return st->options[number - 1];
    return named_in(st->options, st->n_options, name);
}

/* "slot/part slot/part"; false where one is not among those offered. */
static bool parts_of(struct stage *st, struct text names, struct client_input *in)
{
    st->n_taken = 0;
    for (struct text name; text_word(&names, &name);) {
        array_room(st->taken, st->n_taken, st->cap_taken);
        st->taken[st->n_taken] = named_in(st->parts, st->n_parts, name);
        if (!st->taken[st->n_taken++].len)
            return false;
    }
    in->kind = WIRE_COMPOSE;
    in->parts = st->taken;
    in->n_parts = st->n_taken;
    return true;
}

/* One decision back: the one before that which is open, or the last one where none is.  0 where there is none. */
static uint32_t step_back(struct stage *st)
{
    if (client_session_offered(st->se) && st->n_offers)
        st->n_offers--;
    return st->n_offers ? st->offers[st->n_offers - 1] : 0;
}

static bool input_of(struct stage *st, struct text line, struct client_input *in)
{
    struct text rest = line, word;
    text_word(&rest, &word);
    *in = (struct client_input){.kind = WIRE_CHOOSE};
    if (text_is(line, "start")) {
        in->kind = WIRE_BEGIN;
    } else if (text_is(line, ":back")) {
        in->kind = WIRE_REWIND;
        in->to = step_back(st);
        return in->to > 0;
    } else if (text_is(line, ":silence")) {
        in->kind = WIRE_NO_ANSWER;
    } else if (text_is(word, ":note")) {
        in->kind = WIRE_NOTE;
        in->text = text_trim(rest);
    } else if (text_is(word, ":lang")) {
        in->kind = WIRE_LANGUAGE;
        in->lang = text_trim(rest);
    } else if (text_is(word, "write:")) {
        in->kind = WIRE_WRITE;
        in->text = text_trim(rest);
    } else if (text_is(word, "compose:")) {
        return parts_of(st, rest, in);
    } else {
        in->option = option_named(st, line);
        return in->option.len > 0;
    }
    return true;
}

static bool fails(struct rehearsal_result *r, const struct rehearsal_line *l, const char *what)
{
    r->line = l->number;
    r->what = what;
    r->expected = l->text;
    return false;
}

/* What an answer touches by itself, whatever is said back. */
static void touch_input(struct stage *st, const struct client_input *in)
{
    struct buf *touched = &st->result->touched, silence = {0};
    buf_text(&silence, st->asked);
    buf_str(&silence, "/no-answer");
    if (in->kind == WIRE_CHOOSE)
        touch_name(touched, in->option);
    else if (in->kind == WIRE_NO_ANSWER)
        touch_name(touched, buf_view(&silence));
    for (uint32_t i = 0; in->kind == WIRE_COMPOSE && i < in->n_parts; i++)
        touch_name(touched, in->parts[i]);
    buf_done(&silence);
}

static bool play_input(struct stage *st, const struct rehearsal_line *l)
{
    struct client_input in;
    struct client_answer answer;
    if (!input_of(st, l->text, &in))
        return fails(st->result, l, N_("this is not among the answers offered"));
    buf_reset(&st->result->reply);
    touch_input(st, &in);
    if (client_step(st->se, &in, &answer, &st->result->fault) != CLIENT_OK)
        return fails(st->result, l, N_("the engine would not take this"));
    take_answer(st, &answer);
    return true;
}

/* True where the extended regular expression matches one line of REPLY. */
static bool matches(struct text pattern, struct text reply)
{
    struct buf nul = {0};
    regex_t re;
    buf_text(&nul, pattern);
    buf_char(&nul, '\0');
    bool found = false;
    if (regcomp(&re, nul.at, REG_EXTENDED | REG_NOSUB) == 0) {
        struct text line;
        struct buf one = {0};
        while (!found && text_split(&reply, '\n', &line)) {
            buf_reset(&one);
            buf_text(&one, line);
            buf_char(&one, '\0');
            found = regexec(&re, one.at, 0, NULL, 0) == 0;
        }
        buf_done(&one);
        regfree(&re);
    }
    buf_done(&nul);
    return found;
}

static bool holds(const struct rehearsal_line *l, struct rehearsal_result *r)
{
    struct text reply = buf_view(&r->reply);
    bool found = reply.len && memmem(reply.at, reply.len, l->text.at, l->text.len);
    if (l->kind == LINE_HOLDS && !found)
        return fails(r, l, N_("this does not stand in the reply"));
    if (l->kind == LINE_LACKS && found)
        return fails(r, l, N_("this stands in the reply and must not"));
    if (l->kind == LINE_MATCHES && !matches(l->text, reply))
        return fails(r, l, N_("no line of the reply matches this"));
    return true;
}

/* A script that fails in answer to input I of RUN is told, unless the run says that it does. */
static bool script_held(const struct rehearsal *run, uint32_t i, struct rehearsal_result *r)
{
    static const char problem[] = "problem: ";
    struct text reply = buf_view(&r->reply), line;
    bool failed = false;
    while (!failed && text_split(&reply, '\n', &line))
        failed = text_starts(line, problem);
    for (uint32_t k = i + 1; failed && k < run->n && run->v[k].kind != LINE_INPUT; k++)
        failed = !text_starts(run->v[k].text, problem);
    return !failed || fails(r, &run->v[i], N_("a script fails here"));
}

bool rehearsal_play(const struct rehearsal *run, struct client *c, struct rehearsal_result *result)
{
    struct client_params params = {.seed = run->seed, .lang = run->lang, .mode = run->mode};
    struct stage st = {.result = result};
    enum client_end end;
    if (run->role.len) {
        params.roles = &run->role;
        params.n_roles = 1;
    }
    result->line = 0;
    result->what = NULL;
    buf_reset(&result->reply);
    st.se = client_start(c, &params, NULL, NULL, &end, &result->fault);
    if (!st.se)
        return fails(result, &run->v[0], N_("the scenario cannot be played so"));
    bool ok = true;
    for (uint32_t i = 0; ok && i < run->n; i++)
        ok = run->v[i].kind == LINE_INPUT ? play_input(&st, &run->v[i]) && script_held(run, i, result) : holds(&run->v[i], result);
    client_session_end(st.se);
    free(st.offers);
    free(st.parts);
    free(st.taken);
    arena_done(&st.arena);
    return ok;
}

void rehearsal_result_done(struct rehearsal_result *r)
{
    buf_done(&r->reply);
    buf_done(&r->touched);
}
