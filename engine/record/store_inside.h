/* store_inside.h -- what the files of the store share.  Nobody else includes it. */
#ifndef RECORD_STORE_INSIDE_H
#define RECORD_STORE_INSIDE_H

#include "record/store.h"
#include "record/store_place.h"

struct store {
    struct store_config config;
    const struct sql_driver *sql;
    void *db;              /* NULL: closed by a fault */
    void *plugin;
    struct place place;    /* of a file */
    struct buf where;      /* as the driver gets it, NUL behind it */
    struct buf shown;      /* as people see it */
    struct buf moved;      /* a damaged file's new name, NUL behind it */
    enum store_kind kind;
    bool together;         /* a commit is open that holds several calls */
};

/* ---- asking: store_ask.c ---- */

#define VALUES(...)                                                                                                    \
    (const struct sql_value[]){__VA_ARGS__}, (uint32_t)(sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value))

bool store_ask(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, sql_row_fn *row, void *self,
               struct store_fault *f);
/* The same without rows; CHANGED may be NULL. */
bool store_tell(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, int64_t *changed,
                struct store_fault *f);
/* The number in the first column of the first row, OTHERWISE where there is no row. */
bool store_number(struct store *s, const char *sql, const struct sql_value *in, uint32_t n, int64_t otherwise,
                  int64_t *out, struct store_fault *f);
bool store_start(struct store *s, enum sql_begin kind, struct store_fault *f);
/* Ends what store_start began: commits where OK, else takes it back.  OK once it is on the disk. */
bool store_finish(struct store *s, bool ok, struct store_fault *f);

/* The columns of a row, one after another. */
struct row {
    const struct sql_value *v;
    uint32_t n, i;
};
static inline int64_t row_int(struct row *r) { return r->i < r->n ? r->v[r->i++].number : 0; }
static inline uint32_t row_count(struct row *r)
{
    int64_t n = row_int(r);
    return n < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
}
static inline struct text row_text(struct row *r) { return r->i < r->n ? r->v[r->i++].text : (struct text){0}; }

/* A statement put together, with its parameters. */
struct query {
    struct buf sql;
    struct sql_value in[24];
    uint32_t n;
};
void query_add(struct query *q, const char *sql);
/* SQL, in which ? stands for VALUE. */
void query_with(struct query *q, const char *sql, struct sql_value value);
bool query_run(struct store *s, struct query *q, sql_row_fn *row, void *self, struct store_fault *f);
void query_done(struct query *q);

/* ---- sessions: store_sessions.c ---- */

/* Tables that a filter speaks of: s sessions, v versions, t trainees. */
#define SESSION_TABLES " FROM sessions s JOIN versions v ON v.id = s.version LEFT JOIN trainees t ON t.id = s.trainee "
/* WHERE and what FILTER asks for.  ROWS: the table with a column `key` beside them, or NULL. */
void query_filter(struct query *q, const struct kept_filter *filter, const char *rows);
/* ORDER BY session, then THEN; and how many. */
void query_order(struct query *q, const struct kept_filter *filter, const char *then);
/* SELECT and a session's columns, titles in LANG. */
void query_session(struct query *q, struct text lang);
void session_read(struct row *r, struct kept_session *out);
void session_keep(struct arena *a, struct kept_session *s);

/* The sessions of a filter, to be named by the rows of other tables. */
struct found {
    struct arena arena;
    struct kept_session *v;
    uint32_t n, cap;
};
bool found_sessions(struct store *s, const struct kept_filter *filter, struct found *out, struct store_fault *f);
const struct kept_session *found_at(const struct found *found, int64_t id);
void found_done(struct found *found);

/* Random bits, never 0. */
int64_t store_random(void);

#endif
