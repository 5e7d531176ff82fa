/* err.c -- one type for everything that can be wrong with somebody's input.
 *
 * The rows of messages.def, as a table, and the list of what was found in one run.  The list is bounded: a generated
 * file may be wrong in a million places, and nobody reads more than a screenful.  Warnings cannot crowd out errors.
 * Knows no language but the English of the rows; message.c chooses words. */
#include "base/err.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

enum { ARG_MAX_BYTES = 300 };

static const struct row {
    const char *name, *what, *mend;
    enum severity severity;
} rows[MSG_COUNT] = {
    [MSG_NONE] = {"none", "", "", SEV_NOTE},
#define MSG(code, name, severity, what, mend) [MSG_##code] = {name, what, mend, SEV_##severity},
#include "base/messages.def"
#undef MSG
};

static const struct row *row_of(enum msg code)
{
    assert(code < MSG_COUNT);
    return &rows[code];
}

enum severity msg_severity(enum msg code)
{
    return row_of(code)->severity;
}

const char *msg_name(enum msg code)
{
    return row_of(code)->name;
}

const char *msg_what(enum msg code)
{
    return row_of(code)->what;
}

const char *msg_mend(enum msg code)
{
    return row_of(code)->mend;
}

enum msg msg_find(struct text name)
{
    for (enum msg m = MSG_NONE + 1; m < MSG_COUNT; m++) {
        if (text_is(name, rows[m].name)) {
            return m;
        }
    }
    return MSG_NONE;
}

bool err_set(struct err *e, enum msg code, struct span at, struct text a1, struct text a2)
{
    if (e) {
        *e = (struct err){.code = code, .at = at, .args = {a1, a2}};
    }
    return false;
}

void errs_init(struct errs *es, struct arena *arena)
{
    *es = (struct errs){.arena = arena};
}

void errs_done(struct errs *es)
{
    free(es->v);
    *es = (struct errs){0};
}

void errs_add(struct errs *es, enum msg code, struct span at, struct text a1, struct text a2, struct text a3)
{
    errs_push(es, &(struct err){.code = code, .at = at, .args = {a1, a2, a3}});
}

/* Whole code points only, and not more than a message shows. */
static struct text cut(struct text t)
{
    if (t.len <= ARG_MAX_BYTES) {
        return t;
    }
    size_t n = ARG_MAX_BYTES;
    while (n > ARG_MAX_BYTES - 4 && ((unsigned char)t.at[n] & 0xC0u) == 0x80u) {
        n--;
    }
    return (struct text){t.at, n};
}

void errs_push(struct errs *es, const struct err *e)
{
    enum severity sev = msg_severity(e->code);
    es->errors += sev == SEV_ERROR;
    es->warnings += sev == SEV_WARNING;
    if (es->n >= (sev == SEV_ERROR ? 2 * ERRS_MAX : ERRS_MAX)) {
        es->dropped++;
        return;
    }
    array_room(es->v, es->n, es->cap);
    struct err *kept = &es->v[es->n++];
    *kept = *e;
    for (int i = 0; i < ERR_ARGS; i++) {
        kept->args[i] = e->args[i].len ? text_keep(es->arena, cut(e->args[i])) : (struct text){0};
    }
}

static int order(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int err_cmp(const void *pa, const void *pb)
{
    const struct err *a = pa, *b = pb;
    int c = order(a->at.file, b->at.file);
    c = c ? c : order(a->at.from, b->at.from);
    c = c ? c : order(a->at.to, b->at.to);
    c = c ? c : order((uint32_t)a->code, (uint32_t)b->code);
    for (int i = 0; i < ERR_ARGS && c == 0; i++) {
        c = text_cmp(a->args[i], b->args[i]);
    }
    return c;
}

void errs_sort(struct errs *es)
{
    if (es->n < 2) {
        return;
    }
    qsort(es->v, es->n, sizeof *es->v, err_cmp);
    uint32_t n = 1;
    for (uint32_t i = 1; i < es->n; i++) {
        if (err_cmp(&es->v[n - 1], &es->v[i]) != 0) {
            es->v[n++] = es->v[i];
            continue;
        }
        enum severity sev = msg_severity(es->v[i].code);
        es->errors -= sev == SEV_ERROR;
        es->warnings -= sev == SEV_WARNING;
    }
    es->n = n;
}
