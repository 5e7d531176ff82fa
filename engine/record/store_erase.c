/* store_erase.c -- forgetting somebody, or what is old: rows, then what is left of their bytes.
 *
 * Everything of a session hangs on its row and goes with it.  Scenario versions and files that no session needs any more
 * go, too.  Deleted rows leave bytes in the file and in the log until the driver's scrub; where that is not possible now,
 * it is said, and the next erasing does it. */
#include "record/store_inside.h"

#include <stdlib.h>

/* ---- what will go ---- */

/* WHICH: a condition on sessions s, in which $1 is VALUE. */
static bool count_all(struct store *s, const char *which, struct sql_value value, struct store_erased *out,
                      struct store_fault *f)
{
    const struct {
        const char *sql;
        uint32_t *to;
    } rows[] = {
        {"SELECT COUNT(*) FROM sessions s WHERE ", &out->sessions},
        {"SELECT COUNT(*) FROM events e JOIN sessions s ON s.id = e.session WHERE ", &out->events},
        {"SELECT COUNT(*) FROM words w JOIN sessions s ON s.id = w.session WHERE ", &out->words},
        {"SELECT COUNT(*) FROM answers a JOIN sessions s ON s.id = a.session WHERE ", &out->answers},
        {"SELECT COUNT(*) FROM votes o JOIN sessions s ON s.id = o.session WHERE ", &out->votes},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf sql = {0};
        int64_t n = 0;
        buf_printf(&sql, "%s%s", rows[i].sql, which);
        buf_char(&sql, '\0');
        bool ok = store_number(s, sql.at, &value, 1, 0, &n, f);
        buf_done(&sql);
        if (!ok)
            return false;
        *rows[i].to = (uint32_t)n;
    }
    return true;
}

/* The versions that sessions were played and graded by: the ones that may not be needed any more. */
struct ids {
    int64_t *v;
    uint32_t n, cap;
};

static bool note_id(void *self, const struct sql_value *v, uint32_t n)
{
    struct ids *ids = self;
    array_room(ids->v, ids->n, ids->cap);
    ids->v[ids->n++] = n ? v->number : 0;
    return true;
}

static bool note_versions(struct store *s, const char *which, struct sql_value value, struct ids *out, struct store_fault *f)
{
    struct buf sql = {0};
    buf_printf(&sql, "SELECT DISTINCT s.version FROM sessions s WHERE %s UNION SELECT g.key FROM gradings g"
                     " JOIN sessions s ON s.id = g.session WHERE %s", which, which);
    buf_char(&sql, '\0');
    bool ok = store_ask(s, sql.at, &value, 1, note_id, out, f);
    buf_done(&sql);
    return ok;
}

/* Those of them that nothing needs now, and their files. */
static bool drop_versions(struct store *s, const struct ids *ids, struct store_erased *out, struct store_fault *f)
{
    for (uint32_t i = 0; i < ids->n; i++) {
        int64_t n = 0;
        if (!store_tell(s, "DELETE FROM versions WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM sessions WHERE version = $1)"
                           " AND NOT EXISTS (SELECT 1 FROM sessions WHERE graded = $1)"
                           " AND NOT EXISTS (SELECT 1 FROM gradings WHERE key = $1)", VALUES(sql_int(ids->v[i])), &n, f))
            return false;
        out->versions += (uint32_t)n;
    }
    return !out->versions ||
           store_tell(s, "DELETE FROM files WHERE NOT EXISTS (SELECT 1 FROM version_files WHERE file = files.id)", NULL, 0,
                      NULL, f);
}

/* Counts the sessions that WHICH says, does away with them by SQL, and with the versions only they needed. */
static bool erase(struct store *s, const char *which, struct sql_value value, const char *sql, struct store_erased *out,
                  struct store_fault *f)
{
    struct ids ids = {0};
    bool ok = count_all(s, which, value, out, f) && note_versions(s, which, value, &ids, f) &&
              store_tell(s, sql, &value, 1, NULL, f) && drop_versions(s, &ids, out, f);
    free(ids.v);
    return ok;
}

static bool scrub(struct store *s, struct store_erased *out)
{
    out->scrubbed = s->db && s->sql->scrub(s->db, &out->why);
    return true;
}

/* ---- names in rooms ---- */

struct nick {
    int64_t session, voter;
};

struct nicks {
    struct text folded;
    struct nick *v;
    uint32_t n, cap;
};

static bool note_nick(void *self, const struct sql_value *v, uint32_t n)
{
    struct nicks *ns = self;
    struct row r = {v, n, 0};
    struct nick nick = {.session = row_int(&r)};
    nick.voter = row_int(&r);
    struct buf folded = {0};
    text_fold(row_text(&r), &folded);
    if (text_eq(buf_view(&folded), ns->folded)) {
        array_room(ns->v, ns->n, ns->cap);
        ns->v[ns->n++] = nick;
    }
    buf_done(&folded);
    return true;
}

/* Votes stay, names do not. */
static bool drop_nicks(struct store *s, struct text name, uint32_t *n, struct store_fault *f)
{
    struct buf folded = {0};
    text_fold(text_trim(name), &folded);
    struct nicks ns = {.folded = buf_view(&folded)};
    bool ok = store_ask(s, "SELECT session, voter, nick FROM voters WHERE nick <> ''", NULL, 0, note_nick, &ns, f);
    for (uint32_t i = 0; ok && i < ns.n; i++)
        ok = store_tell(s, "UPDATE voters SET nick = '' WHERE session = $1 AND voter = $2",
                        VALUES(sql_int(ns.v[i].session), sql_int(ns.v[i].voter)), NULL, f);
    *n = ns.n;
    free(ns.v);
    buf_done(&folded);
    return ok;
}

/* ---- somebody ---- */

static bool forget_all(struct store *s, struct text name, int64_t trainee, struct store_erased *out, struct store_fault *f)
{
    uint32_t nicks = 0;
    if (!drop_nicks(s, name, &nicks, f))
        return false;
    if (!trainee)
        return nicks || store_fails(f, STORE_MISSING, "");
    out->trainees = 1;
    return erase(s, "s.trainee = $1", sql_int(trainee), "DELETE FROM trainees WHERE id = $1", out, f);
}

bool store_forget(struct store *s, struct text name, struct store_erased *out, struct store_fault *f)
{
    struct arena a = {0};
    struct kept_trainee t = {0};
    struct store_fault own = {0};
    f = f ? f : &own;
    *out = (struct store_erased){0};
    bool ok = store_trainee(s, name, false, 0, &a, &t, f) || f->why == STORE_MISSING;
    ok = ok && store_start(s, SQL_WRITE, f) && store_finish(s, forget_all(s, name, t.id, out, f), f) && scrub(s, out);
    arena_done(&a);
    return ok;
}

/* ---- what is old ---- */

static bool forget_old(struct store *s, int64_t before, struct store_erased *out, struct store_fault *f)
{
    int64_t trainees = 0;
    bool ok = erase(s, "s.last < $1", sql_int(before), "DELETE FROM sessions WHERE last < $1", out, f) &&
              store_tell(s, "DELETE FROM trainees WHERE since < $1 AND NOT EXISTS"
                            " (SELECT 1 FROM sessions WHERE trainee = trainees.id)", VALUES(sql_int(before)), &trainees, f);
    out->trainees = (uint32_t)trainees;
    return ok;
}

bool store_forget_older(struct store *s, int64_t before, struct store_erased *out, struct store_fault *f)
{
    *out = (struct store_erased){0};
    return store_start(s, SQL_WRITE, f) && store_finish(s, forget_old(s, before, out, f), f) && scrub(s, out);
}
