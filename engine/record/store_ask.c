/* store_ask.c -- questions to the database, and what rows say.
 *
 * Everything goes through here, so that a store that a fault has closed answers as one that is gone. */
#include "record/store_inside.h"

#include <sys/random.h>

static bool closed(struct store *s, struct store_fault *f)
{
    store_fault_place(f, s->shown.at);
    return store_fails(f, STORE_GONE, "not open");
}

/* Where a fault arose is said even by drivers that do not know. */
static bool placed(struct store *s, bool ok, struct store_fault *f)
{
    if (!ok && f && !*f->place)
        store_fault_place(f, s->shown.at);
    return ok;
}

/* Before each write: a file that was removed takes what is written, and nobody will ever read it. */
static bool stands(struct store *s, struct store_fault *f)
{
    if (s->together || s->kind == STORE_SERVER || place_stands(&s->place))
        return true;
    store_fault_place(f, s->shown.at);
    return store_fails(f, STORE_VANISHED, "");
}

bool store_ask(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, sql_row_fn *row, void *self,
               struct store_fault *f)
{
    return s->db ? placed(s, s->sql->run(s->db, sql, in, n, row, self, NULL, f), f) : closed(s, f);
}

bool store_tell(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, int64_t *changed,
                struct store_fault *f)
{
    if (!s->db)
        return closed(s, f);
    return stands(s, f) && placed(s, s->sql->run(s->db, sql, in, n, NULL, NULL, changed, f), f);
}

static bool take_number(void *self, const struct sql_value *row, uint32_t n)
{
    if (n && row->kind != SQL_NULL)
        *(int64_t *)self = row->number;
    return false;
}

bool store_number(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, int64_t otherwise,
                  int64_t *out, struct store_fault *f)
{
    *out = otherwise;
    return store_ask(s, sql, in, n, take_number, out, f);
}

bool store_start(struct store *s, enum sql_begin kind, struct store_fault *f)
{
    if (s->together && s->db)
        return true;
    if (!s->db)
        return closed(s, f);
    return (kind == SQL_READ || stands(s, f)) && placed(s, s->sql->begin(s->db, kind, f), f);
}

bool store_finish(struct store *s, bool ok, struct store_fault *f)
{
    if (s->together)
        return ok; /* whoever began it ends it */
    if (ok && s->db)
        return placed(s, s->sql->commit(s->db, f), f);
    if (s->db)
        s->sql->rollback(s->db);
    return false;
}

bool store_together(struct store *s, struct store_fault *f)
{
    s->together = false;
    s->together = store_start(s, SQL_WRITE, f);
    return s->together;
}

bool store_together_end(struct store *s, bool ok, struct store_fault *f)
{
    s->together = false;
    return store_finish(s, ok, f);
}

/* ---- putting a statement together ---- */

void query_add(struct query *q, const char *sql) { buf_str(&q->sql, sql); }

void query_with(struct query *q, const char *sql, struct sql_value value)
{
    for (; *sql; sql++)
        if (*sql == '?')
            buf_printf(&q->sql, "$%u", q->n + 1);
        else
            buf_char(&q->sql, *sql);
    q->in[q->n++] = value;
}

bool query_run(struct store *s, struct query *q, sql_row_fn *row, void *self, struct store_fault *f)
{
    buf_char(&q->sql, '\0');
    bool ok = store_ask(s, q->sql.at, q->in, q->n, row, self, f);
    query_done(q);
    return ok;
}

void query_done(struct query *q)
{
    buf_done(&q->sql);
    *q = (struct query){0};
}

int64_t store_random(void)
{
    uint64_t bits = 0;
    while (getrandom(&bits, sizeof bits, 0) != (ssize_t)sizeof bits)
        continue; /* interrupted */
    return (int64_t)(bits >> 2) + 1;
}
