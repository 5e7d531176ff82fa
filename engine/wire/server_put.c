/* server_put.c -- what the core knows, written as JSON.
 *
 * Ids leave the engine as names, places as "file:line:col", texts as a string or, where marks stand in them, as a list
 * of strings and {"em":…} or {"term":…}.  Decides nothing. */
#include "wire/server_inside.h"

#include "base/message.h"

#include <string.h>

enum { QUOTED_BYTES = 1000, POINTS_MOST = 64, MOVES_MOST = 16 };

/* ---- texts ---- */

static void value_add(const struct scenario *s, const struct session *se, uint32_t lang, const struct run *run,
                      struct buf *out)
{
    if (!run->fact) {
        bool original;
        buf_text(out, scenario_words(s, lang, s->settings[run->ref].is, &original));
        return;
    }
    const struct fact *f = &s->facts[run->ref];
    int32_t value = se ? state_facts(se->state)[run->ref] : f->start;
    if (f->kind == FACT_ONE_OF)
        buf_text(out, scenario_name(s, s->values[f->values + (uint32_t)value]));
    else
        buf_int(out, value);
}

static void run_put(struct json_out *o, const struct run *run)
{
    if (run->mark != MARK_EM && run->mark != MARK_TERM) {
        json_str(o, run->words);
        return;
    }
    json_open_object(o);
    json_put_text(o, run->mark == MARK_EM ? "em" : "term", run->words);
    json_close_object(o);
}

/* The runs of WORDS as one value; S is needed only where a value may stand in them. */
static void marked_put(struct json_out *o, const struct scenario *s, const struct session *se, uint32_t lang,
                       struct text words)
{
    struct buf value = {0};
    json_open_array(o);
    for (struct run run; mark_next(&words, &run);) {
        buf_reset(&value);
        if (run.mark == MARK_VALUE && s) {
            value_add(s, se, lang, &run, &value);
            run.words = buf_view(&value);
        }
        run_put(o, &run);
    }
    json_close_array(o);
    buf_done(&value);
}

static bool text_has_marks(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.at[i] >= MARK_EM && t.at[i] <= MARK_END)
            return true;
    return false;
}

static void text_put(struct json_out *o, const struct scenario *s, const struct session *se, uint32_t lang,
                     struct text words)
{
    if (text_has_marks(words))
        marked_put(o, s, se, lang, words);
    else
        json_str(o, words);
}

void put_marked(struct server *sv, const char *name, struct text words)
{
    if (words.len == 0)
        return;
    json_key(&sv->out, name);
    text_put(&sv->out, NULL, NULL, 0, words);
}

bool put_words(struct server *sv, const struct session *se, uint32_t lang, const char *name, words_id id)
{
    bool original = false;
    const struct scenario *s = sv->scenario->model;
    struct text words = id.i ? scenario_words(s, lang, id, &original) : (struct text){0};
    if (words.len == 0)
        return false;
    if (name)
        json_key(&sv->out, name);
    text_put(&sv->out, s, se, lang, words);
    return original && lang > 0;
}

/* ---- names and places ---- */

void put_term(struct server *sv, const char *key, const struct terms *terms, uint32_t i)
{
    if (i > 0 && i <= terms->last)
        json_put_text(&sv->out, key, term_word(terms, i));
}

void put_name(struct server *sv, const char *key, name_id id)
{
    json_put_text(&sv->out, key, scenario_name(sv->scenario->model, id));
}

void put_option_name(struct server *sv, const char *key, option_id id)
{
    const struct scenario *s = sv->scenario->model;
    const struct option *o = &s->options[id.i];
    struct buf name = {0};
    buf_text(&name, scenario_name(s, s->decisions[o->decision.i].name));
    buf_char(&name, '/');
    buf_text(&name, scenario_name(s, o->name));
    json_put_text(&sv->out, key, buf_view(&name));
    buf_done(&name);
}

static void slot_name(const struct scenario *s, uint32_t slot, struct buf *out)
{
    buf_text(out, scenario_name(s, s->decisions[s->slots[slot].decision.i].name));
    buf_char(out, '/');
    buf_text(out, scenario_name(s, s->slots[slot].name));
}

void put_slot_name(struct server *sv, const char *key, uint32_t slot)
{
    struct buf name = {0};
    slot_name(sv->scenario->model, slot, &name);
    json_put_text(&sv->out, key, buf_view(&name));
    buf_done(&name);
}

void put_part_name(struct server *sv, const char *key, uint32_t part)
{
    const struct scenario *s = sv->scenario->model;
    struct buf name = {0};
    slot_name(s, s->parts[part].slot, &name);
    buf_char(&name, '/');
    buf_text(&name, scenario_name(s, s->parts[part].name));
    json_put_text(&sv->out, key, buf_view(&name));
    buf_done(&name);
}

void put_at(struct server *sv, struct range r)
{
    if (r.to == 0)
        return;
    struct where w = source_where(sv->scenario->sources, scenario_span(sv->scenario->model, r));
    struct buf at = {0};
    buf_text(&at, w.name);
    buf_printf(&at, ":%u:%u", w.line, w.col);
    json_put_text(&sv->out, "at", buf_view(&at));
    buf_done(&at);
}

/* A window of the quoted line around the place, so that a file without line ends does not travel with each message. */
static void quoted_cut(struct message *m)
{
    size_t skip = m->from > QUOTED_BYTES / 2 ? m->from - QUOTED_BYTES / 2 : 0;
    if (m->quoted.len <= QUOTED_BYTES)
        return;
    while (skip > 0 && ((unsigned char)m->quoted.at[skip] & 0xc0) == 0x80)
        skip--;
    size_t len = m->quoted.len - skip < QUOTED_BYTES ? m->quoted.len - skip : QUOTED_BYTES;
    while (len > 0 && skip + len < m->quoted.len && ((unsigned char)m->quoted.at[skip + len] & 0xc0) == 0x80)
        len--;
    m->quoted = text_from(m->quoted.at + skip, len);
    m->from -= skip;
    m->to = m->to - skip < len ? m->to - skip : len;
}

static void put_place(struct json_out *o, const struct message *m)
{
    json_put_text(o, "file", m->file);
    if (m->line == 0)
        return;
    json_put_int(o, "line", m->line);
    json_put_int(o, "col", m->col);
    if (m->quoted.len == 0 || memchr(m->quoted.at, 0, m->quoted.len)) /* no line carries U+0000 */
        return;
    json_put_text(o, "quoted", m->quoted);
    json_put_int(o, "from", (int64_t)m->from);
    json_put_int(o, "to", (int64_t)m->to);
}

void put_problem(struct server *sv, const char *key, const struct err *e)
{
    static const char *const severities[] = {[SEV_NOTE] = "note", [SEV_WARNING] = "warning", [SEV_ERROR] = "error"};
    struct json_out *o = &sv->out;
    struct message m = {.code = e->code};
    if (e->at.file && sv->scenario && sv->scenario->sources)
        m = message_of(e, sv->scenario->sources);
    quoted_cut(&m);
    json_put_text(o, key, text_of(msg_name(e->code)));
    json_put_text(o, "severity", text_of(severities[msg_severity(e->code)]));
    if (m.file.len > 0)
        put_place(o, &m);
    uint32_t n = ERR_ARGS;
    while (n > 0 && e->args[n - 1].len == 0)
        n--;
    json_key(o, "args");
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_str(o, e->args[i]);
    json_close_array(o);
}

/* ---- evidence ---- */

void put_points(struct server *sv, const char *key, const struct points *v, uint32_t n)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = &sv->out;
    if (n == 0)
        return;
    json_key(o, key);
    json_open_array(o);
    for (uint32_t i = 0; i < n && i < POINTS_MOST; i++) {
        json_open_object(o);
        put_name(sv, "competency", s->rubric.comps[v[i].comp.i].name);
        json_put_int(o, "points", v[i].points);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_move(struct server *sv, move_id id, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    const struct move *m = &s->rubric.moves[id.i];
    json_open_object(&sv->out);
    put_name(sv, "move", m->name);
    put_name(sv, "competency", s->rubric.comps[m->comp.i].name);
    put_words(sv, NULL, lang, "title", m->title);
    json_close_object(&sv->out);
}

/* Up to MOVES_MOST of the answer E. */
static uint32_t moves_of(const struct scenario *s, const struct event *e, move_id out[MOVES_MOST])
{
    const struct option *o = &s->options[e->a];
    const struct item *items = event_items(e);
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n && n < MOVES_MOST; i++)
        if (items[i].kind == ITEM_TAKEN && s->parts[items[i].ref].move.i)
            out[n++] = s->parts[items[i].ref].move;
    for (uint32_t i = 0; i < o->n_moves && n < MOVES_MOST; i++)
        out[n++] = s->option_moves[o->first_move + i];
    return n;
}

void put_moves(struct server *sv, const struct event *e, uint32_t lang)
{
    move_id moves[MOVES_MOST];
    uint32_t n = e->kind == EV_CHOSE ? moves_of(sv->scenario->model, e, moves) : 0;
    put_move_list(sv, "moves", moves, n, lang);
}

void put_move_list(struct server *sv, const char *key, const move_id *v, uint32_t n, uint32_t lang)
{
    if (n == 0)
        return;
    json_key(&sv->out, key);
    json_open_array(&sv->out);
    for (uint32_t i = 0; i < n; i++)
        put_move(sv, v[i], lang);
    json_close_array(&sv->out);
}
