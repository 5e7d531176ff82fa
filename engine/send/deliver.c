/* deliver.c -- batches, halved where they have to be, tried again where that may help. */
#include "send/deliver.h"

#include "send/statements.h"

#include <stdlib.h>
#include <string.h>

enum {
    BATCH_BYTES = 1 << 19, /* as they wait; in ASCII Chinese takes twice as much */
    WAIT_MOST_S = 300,
    REFUSED_IN_A_ROW = 10  /* and none taken: then it is not the statements */
};

/* One batch. */
struct batch {
    struct delivery *d;
    struct text *v;        /* statements */
    uint32_t n;
    struct buf body, refused; /* what is sent; lines for refused.jsonl */
    uint64_t sent, there, refusals;
};

static void put_body(struct batch *b, uint32_t from, uint32_t to)
{
    buf_reset(&b->body);
    buf_char(&b->body, '[');
    for (uint32_t i = from; i < to; i++) {
        buf_str(&b->body, i > from ? "," : "");
        statement_ascii(b->v[i], &b->body);
    }
    buf_char(&b->body, ']');
}

/* Whether the answer is what a record store says: the ids of what it was sent, in order. */
static bool answers_ids(struct batch *b, uint32_t from, uint32_t to)
{
    struct arena a = {0};
    const struct json_value *ids = json_parse(&a, buf_view(&b->d->last.body));
    bool ok = ids && ids->kind == JSON_IS_ARRAY && ids->n == to - from;
    for (uint32_t i = 0; ok && i < ids->n; i++) {
        struct text id = {0}, said = json_text(&ids->items[i]);
        json_get_text(json_parse(&a, b->v[from + i]), "id", &id);
        ok = said.len == id.len && strncasecmp(said.at, id.at, id.len) == 0;
    }
    arena_done(&a);
    return ok;
}

/* Milliseconds before try number N (from 2). */
static long pause_before(const struct delivery *d, uint32_t n)
{
    long s = d->wait;
    for (uint32_t i = 2; i < n && s < WAIT_MOST_S; i++)
        s *= 2;
    if (d->last.wait > s)
        s = d->last.wait;
    return (s < WAIT_MOST_S ? s : WAIT_MOST_S) * 1000;
}

/* A request again and again, until it comes to something else than "another time".  TO = FROM: asks for statement FROM. */
static enum post_end ask(struct batch *b, uint32_t from, uint32_t to, struct text id)
{
    struct delivery *d = b->d;
    for (uint32_t n = 1;; n++) {
        if (to > from)
            post_statements(d->post, buf_view(&b->body), &d->last);
        else
            post_ask(d->post, id, &d->last);
        if (d->last.end != POST_LATER || n >= d->tries || d->last.wait > WAIT_MOST_S)
            return d->last.end;
        if (!d->pause(pause_before(d, n + 1)))
            return d->last.end = POST_STOPPED;
    }
}

/* ---- one statement that is not wanted ---- */

static bool refuse(struct batch *b, uint32_t i, long status, const char *why)
{
    struct json_out o = json_to(&b->refused);
    json_open_object(&o);
    json_put_int(&o, "status", status);
    json_put_text(&o, "said", text_of(why));
    json_key(&o, "statement");
    json_raw(&o, b->v[i]);
    json_close_object(&o);
    buf_char(&b->refused, '\n');
    b->refusals++;
    if (b->d->refused + b->refusals < REFUSED_IN_A_ROW || b->d->sent + b->d->there + b->sent + b->there)
        return true;
    b->d->last.end = POST_NO_STORE;
    return false;
}

/* Its id is taken: by itself, when it was sent before, or by another. */
static bool settle_conflict(struct batch *b, uint32_t i)
{
    struct arena a = {0};
    struct text id = {0};
    const struct json_value *ours = json_parse(&a, b->v[i]);
    json_get_text(ours, "id", &id);
    enum post_end end = ask(b, i, i, id);
    bool same = end == POST_TAKEN && statement_same(ours, json_parse(&a, buf_view(&b->d->last.body)));
    bool goes_on = end == POST_TAKEN || end == POST_MISSING || end == POST_REFUSED;
    b->there += same;
    if (goes_on && !same)
        goes_on = refuse(b, i, 409, "another statement has this id");
    arena_done(&a);
    return goes_on;
}

static bool settle_one(struct batch *b, uint32_t i)
{
    struct post_answer *last = &b->d->last;
    if (last->end == POST_CONFLICT)
        return settle_conflict(b, i);
    return refuse(b, i, last->status, last->why);
}

/* ---- a batch ---- */

/* Statements FROM to TO; halves are at most ten deep.  False: it ends here, d->last says why. */
static bool send_range(struct batch *b, uint32_t from, uint32_t to)
{
    put_body(b, from, to);
    switch (ask(b, from, to, (struct text){0})) {
    case POST_TAKEN:
        if (!answers_ids(b, from, to)) {
            b->d->last.end = POST_NO_STORE;
            return false;
        }
        b->sent += to - from;
        return true;
    case POST_REFUSED:
    case POST_CONFLICT:
    case POST_TOO_LARGE:
        if (to - from == 1)
            return settle_one(b, from);
        return send_range(b, from, from + (to - from) / 2) && send_range(b, from + (to - from) / 2, to);
    case POST_MISSING:
    case POST_DENIED:
    case POST_LATER:
    case POST_NO_STORE:
    case POST_STOPPED: break;
    }
    return false;
}

/* LINES, which came from the spool. */
static bool send_batch(struct delivery *d, struct text lines)
{
    struct batch b = {.d = d, .v = mem_new((d->batch + 1) * sizeof *b.v)};
    for (struct text line; b.n < d->batch && text_split(&lines, '\n', &line);)
        b.v[b.n++] = line;
    bool ok = send_range(&b, 0, b.n);
    if (ok && b.refused.len)
        d->error = spool_refused(d->spool, buf_view(&b.refused));
    ok &= !d->error;
    if (ok) {
        d->sent += b.sent;
        d->there += b.there;
        d->refused += b.refusals;
    }
    buf_done(&b.body);
    buf_done(&b.refused);
    free(b.v);
    return ok;
}

static bool send_file(struct delivery *d, struct waiting *w)
{
    struct buf lines = {0};
    bool ok = true;
    while (ok && !w->gone) {
        d->error = waiting_read(w, d->batch, BATCH_BYTES, &lines);
        ok = !d->error && (!lines.len || send_batch(d, buf_view(&lines)));
        if (!ok)
            break;
        d->error = waiting_arrived(d->spool, w, lines.len);
        ok = !d->error;
        if (d->told)
            d->told(d, d->self);
    }
    buf_done(&lines);
    return ok;
}

bool deliver(struct delivery *d)
{
    struct waiting w;
    bool ok = true;
    while (ok && spool_next(d->spool, &w, &d->error)) {
        ok = send_file(d, &w);
        waiting_close(&w);
    }
    return ok && !d->error;
}

void delivery_done(struct delivery *d) { post_answer_done(&d->last); }
