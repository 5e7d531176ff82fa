/* store_people.c -- trainees: found by name, whatever the case and width of its letters. */
#include "record/store_inside.h"

#include "base/terminal.h"

#define TRAINEE "SELECT t.id, t.name, t.department, t.role, t.asked, t.tags, t.since FROM trainees t "

static void trainee_read(struct row *r, struct kept_trainee *t)
{
    t->id = row_int(r);
    t->name = row_text(r);
    t->department = row_text(r);
    t->role = row_text(r);
    t->asked = row_int(r) != 0;
    t->tags = row_text(r);
    t->since = row_int(r);
}

struct wanted {
    struct arena *a;
    struct kept_trainee *out;
};

static bool take_trainee(void *self, const struct sql_value *v, uint32_t n)
{
    struct wanted *w = self;
    struct row r = {v, n, 0};
    trainee_read(&r, w->out);
    w->out->name = text_keep(w->a, w->out->name);
    w->out->department = text_keep(w->a, w->out->department);
    w->out->role = text_keep(w->a, w->out->role);
    w->out->tags = text_keep(w->a, w->out->tags);
    return false;
}

static bool find(struct store *s, struct text folded, struct arena *a, struct kept_trainee *out, struct store_fault *f)
{
    struct wanted w = {a, out};
    *out = (struct kept_trainee){0};
    return store_ask(s, TRAINEE "WHERE t.folded = $1", VALUES(sql_text(folded)), take_trainee, &w, f);
}

bool store_trainee(struct store *s, struct text name, bool make, int64_t now, struct arena *a, struct kept_trainee *out,
                   struct store_fault *f)
{
    struct buf clean = {0}, folded = {0};
    terminal_clean(text_trim(name), CLEAN_CHECK, &clean);
    struct text shown = text_trim(buf_view(&clean));
    text_fold(shown, &folded);
    bool fits = folded.len && shown.len <= KEPT_NAME_BYTES;
    bool ok = fits && find(s, buf_view(&folded), a, out, f);
    if (ok && !out->id && make)
        ok = store_tell(s, "INSERT INTO trainees (name, folded, department, role, asked, tags, since)"
                           " VALUES ($1, $2, '', '', 0, '', $3) ON CONFLICT (folded) DO NOTHING",
                        VALUES(sql_text(shown), sql_text(buf_view(&folded)), sql_int(now)), NULL, f) &&
             find(s, buf_view(&folded), a, out, f);
    if (!fits || (ok && !out->id)) {
        char place[KEPT_NAME_BYTES + 1];
        snprintf(place, sizeof place, "%.*s", (int)(shown.len < KEPT_NAME_BYTES ? shown.len : KEPT_NAME_BYTES),
                 shown.at ? shown.at : "");
        store_fault_place(f, place);
        ok = store_fails(f, STORE_MISSING, "");
    }
    buf_done(&clean);
    buf_done(&folded);
    return ok;
}

bool store_trainee_set(struct store *s, const struct kept_trainee *t, struct store_fault *f)
{
    int64_t changed = 0;
    if (!store_tell(s, "UPDATE trainees SET department = $2, role = $3, asked = $4, tags = $5 WHERE id = $1",
                    VALUES(sql_int(t->id), sql_text(t->department), sql_text(t->role), sql_int(t->asked), sql_text(t->tags)),
                    &changed, f))
        return false;
    return changed || store_fails(f, STORE_MISSING, "");
}

struct listing {
    store_trainee_fn *fn;
    void *self;
    const struct kept_filter *filter;
};

static bool list_trainee(void *self, const struct sql_value *v, uint32_t n)
{
    struct listing *l = self;
    struct row r = {v, n, 0};
    struct kept_trainee t = {0};
    trainee_read(&r, &t);
    if (l->filter->tag.len && !text_has_word(t.tags, l->filter->tag))
        return true;
    return l->fn(l->self, &t);
}

bool store_trainees(struct store *s, const struct kept_filter *filter, store_trainee_fn *fn, void *self,
                    struct store_fault *f)
{
    struct listing l = {fn, self, filter};
    struct query q = {0};
    query_add(&q, TRAINEE);
    if (filter->department.len)
        query_with(&q, "WHERE t.department = ? ", sql_text(filter->department));
    query_add(&q, "ORDER BY t.folded, t.id");
    return query_run(s, &q, list_trainee, &l, f);
}
