/* client_read.c -- fields of an answer, by name and type.
 *
 * An engine may have been taken over by the scenario it read: nothing it says is believed without a look.  A field that
 * does not fit makes the whole answer nonsense, and the engine is ended; there is no half-believed answer. */
#include "wire/client_inside.h"

#include <string.h>

void *list_room(struct arena *a, void *v, uint32_t n, size_t size)
{
    enum { FIRST = 8 };
    if (n != 0 && (n < FIRST || (n & (n - 1)) != 0))
        return v;
    void *more = arena_push(a, (n < FIRST ? FIRST : (size_t)n * 2) * size);
    if (n > 0)
        memcpy(more, v, n * size);
    return more;
}

/* The field, or NULL; bad where it must be. */
static const struct json_value *field(struct reading *r, const struct json_value *v, const char *name,
                                      enum need_field need)
{
    const struct json_value *f = json_find(v, name);
    if (!f && need == MUST_BE)
        r->bad = true;
    return f;
}

static struct text text_field(struct reading *r, const struct json_value *v, const char *name, enum need_field need,
                              size_t most)
{
    const struct json_value *f = field(r, v, name, need);
    if (!f)
        return (struct text){0};
    if (f->kind != JSON_IS_TEXT || f->n > most) {
        r->bad = true;
        return (struct text){0};
    }
    return json_text(f);
}

struct text read_text(struct reading *r, const struct json_value *v, const char *name, enum need_field need)
{
    return text_field(r, v, name, need, WORDS_BYTES);
}

struct text read_name(struct reading *r, const struct json_value *v, const char *name, enum need_field need)
{
    return text_field(r, v, name, need, NAME_BYTES);
}

int64_t read_int(struct reading *r, const struct json_value *v, const char *name, enum need_field need, int64_t lo,
                 int64_t hi)
{
    const struct json_value *f = field(r, v, name, need);
    int64_t n = 0;
    if (f && !json_get_int(v, name, lo, hi, &n))
        r->bad = true;
    return n;
}

uint32_t read_count(struct reading *r, const struct json_value *v, const char *name, enum need_field need)
{
    return (uint32_t)read_int(r, v, name, need, 0, INT32_MAX);
}

bool read_bool(struct reading *r, const struct json_value *v, const char *name)
{
    bool b = false;
    if (json_find(v, name) && !json_get_bool(v, name, &b))
        r->bad = true;
    return b;
}

uint32_t read_term(struct reading *r, const struct json_value *v, const char *name, enum need_field need,
                   const struct terms *terms)
{
    struct text word = read_name(r, v, name, need);
    uint32_t found = word.len > 0 ? term_find(terms, word) : 0;
    if (word.len > 0 && !found)
        r->bad = true;
    return found;
}

/* ---- texts with marks ---- */

static void run_read(struct reading *r, const struct json_value *v, struct text_run *out)
{
    *out = (struct text_run){.kind = RUN_PLAIN};
    if (v->kind == JSON_IS_TEXT) {
        out->words = json_text(v);
        return;
    }
    out->kind = json_find(v, "em") ? RUN_EM : RUN_TERM;
    out->words = read_text(r, v, out->kind == RUN_EM ? "em" : "term", MUST_BE);
}

static struct runs runs_of(struct reading *r, const struct json_value *v)
{
    bool list = v->kind == JSON_IS_ARRAY;
    if (!list && v->kind != JSON_IS_TEXT) {
        r->bad = true;
        return (struct runs){0};
    }
    uint32_t n = list ? v->n : 1;
    struct text_run *runs = arena_array(r->a, struct text_run, n + 1);
    for (uint32_t i = 0; i < n; i++)
        run_read(r, list ? &v->items[i] : v, &runs[i]);
    return (struct runs){runs, n};
}

struct runs read_runs(struct reading *r, const struct json_value *v, const char *name)
{
    const struct json_value *f = json_find(v, name);
    return f ? runs_of(r, f) : (struct runs){0};
}

void runs_plain(struct runs runs, struct buf *out)
{
    for (uint32_t i = 0; i < runs.n; i++)
        buf_text(out, runs.v[i].words);
}

/* ---- lists ---- */

/* The array NAME; no list is an empty one. */
static const struct json_value *list_field(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = json_find(v, name);
    *n = 0;
    if (f && f->kind != JSON_IS_ARRAY)
        r->bad = true;
    else if (f)
        *n = f->n;
    return f;
}

const struct runs *read_runs_list(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = list_field(r, v, name, n);
    struct runs *list = arena_array(r->a, struct runs, *n + 1);
    for (uint32_t i = 0; i < *n; i++)
        list[i] = runs_of(r, &f->items[i]);
    return list;
}

const struct text *read_names(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = list_field(r, v, name, n);
    struct text *list = arena_array(r->a, struct text, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        list[i] = json_text(&f->items[i]);
        r->bad |= f->items[i].kind != JSON_IS_TEXT || list[i].len > NAME_BYTES;
    }
    return list;
}

const struct answer_points *read_points(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = list_field(r, v, name, n);
    struct answer_points *list = arena_array(r->a, struct answer_points, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        list[i].competency = read_name(r, &f->items[i], "competency", MUST_BE);
        list[i].points = (int)read_int(r, &f->items[i], "points", MUST_BE, INT8_MIN, INT8_MAX);
    }
    return list;
}

const struct answer_move *read_moves(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = list_field(r, v, name, n);
    struct answer_move *list = arena_array(r->a, struct answer_move, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        list[i].move = read_name(r, &f->items[i], "move", MUST_BE);
        list[i].competency = read_name(r, &f->items[i], "competency", MUST_BE);
        list[i].title = read_runs(r, &f->items[i], "title");
    }
    return list;
}

/* ---- diagnostics ---- */

struct message read_problem(struct reading *r, const struct json_value *v, const char *key)
{
    struct message m = {.code = msg_find(read_name(r, v, key, MUST_BE))};
    m.file = read_text(r, v, "file", MAY_MISS);
    m.line = read_count(r, v, "line", MAY_MISS);
    m.col = read_count(r, v, "col", MAY_MISS);
    m.quoted = read_text(r, v, "quoted", MAY_MISS);
    m.from = read_count(r, v, "from", MAY_MISS);
    m.to = read_count(r, v, "to", MAY_MISS);
    uint32_t n;
    const struct json_value *args = list_field(r, v, "args", &n);
    for (uint32_t i = 0; i < n && i < ERR_ARGS; i++) {
        m.args[i] = json_text(&args->items[i]);
        r->bad |= args->items[i].kind != JSON_IS_TEXT;
    }
    r->bad |= m.code == MSG_NONE || n > ERR_ARGS || m.from > m.to || m.from > m.quoted.len;
    return m;
}
