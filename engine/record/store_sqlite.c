/* store_sqlite.c -- SQLite behind the table of sql.h: one file, many processes, every commit on the disk.
 *
 * What is named is checked by store_place.c before SQLite touches it.  Statements are prepared once and kept by their
 * text.  A connection over which the disk failed is not used again: whoever wants to go on opens another, which looks
 * whether all is whole.  Knows no table of ours. */
#include "record/sql.h"

#include "base/arena.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    APPLICATION_ID = 0x52656873, /* "Rehs"; store_place.c looks for it in the file's head */
    PATIENCE_MS = 5000,          /* for other writers */
    NAP_MS = 2,                  /* short: a program that writes without end leaves gaps of less than that */
    STATEMENTS = 64,
    PARAMETERS_MOST = 128,
    COLUMNS_MOST = 48
};

struct statement {
    sqlite3_stmt *at;
    struct text sql; /* its own copy */
    bool busy;       /* its rows are being handed out: asked for again meanwhile, another is made */
    unsigned char place[PARAMETERS_MOST + 1]; /* SQLite's own number of $1, $2, …; 0: it does not ask for it */
};

struct base {
    sqlite3 *db;
    struct sql_config config;
    struct statement kept[STATEMENTS];
    unsigned next;   /* to be replaced */
    bool stopped;    /* the host gave up waiting */
    bool broken;     /* the disk failed under it */
    int64_t waiting_since;
};

/* ---- faults ---- */

static enum store_why why_of(int code, int error)
{
    switch (code & 0xff) {
    case SQLITE_FULL: return STORE_FULL;
    case SQLITE_READONLY: return STORE_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return STORE_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return STORE_DAMAGED;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: return error == ENOSPC || error == EDQUOT ? STORE_FULL : error == EROFS ? STORE_READ_ONLY : STORE_DENIED;
    case SQLITE_IOERR:
        if (error == ENOSPC || error == EDQUOT || error == EFBIG)
            return STORE_FULL;
        return error == EROFS ? STORE_READ_ONLY : STORE_IO;
    case SQLITE_CONSTRAINT: return code == SQLITE_CONSTRAINT_FOREIGNKEY ? STORE_ERASED : STORE_TAKEN;
    case SQLITE_NOMEM: oom_handler(0); return STORE_WRONG;
    default: return STORE_WRONG;
    }
}

static bool fails(struct base *b, struct store_fault *f, int code)
{
    enum store_why why = why_of(code, b->db ? sqlite3_system_errno(b->db) : 0);
    if (why == STORE_BUSY && b->stopped)
        why = STORE_STOPPED;
    b->broken |= why == STORE_IO || why == STORE_DAMAGED;
    if (f)
        snprintf(f->place, sizeof f->place, "%s", b->config.where);
    return store_fails(f, why, b->db ? sqlite3_errmsg(b->db) : sqlite3_errstr(code));
}

/* ---- waiting for other writers ---- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int on_busy(void *self, int times)
{
    struct base *b = self;
    if (times == 0)
        b->waiting_since = now_ms();
    if (now_ms() - b->waiting_since >= PATIENCE_MS)
        return 0;
    b->stopped = !b->config.wait(b->config.self, -1, false, times < 4 ? 1 : NAP_MS);
    return !b->stopped;
}

/* ---- statements ---- */

static struct statement *statement_find(struct base *b, struct text sql)
{
    for (unsigned i = 0; i < STATEMENTS; i++)
        if (b->kept[i].at && !b->kept[i].busy && text_eq(b->kept[i].sql, sql))
            return &b->kept[i];
    return NULL;
}

static void statement_drop(struct statement *s)
{
    sqlite3_finalize(s->at);
    free((char *)(uintptr_t)s->sql.at);
    *s = (struct statement){0};
}

/* Where its parameters are, looked up once: by their names it would be done anew for each value. */
static void statement_places(struct statement *s)
{
    int n = sqlite3_bind_parameter_count(s->at);
    for (int at = 1; at <= n; at++) {
        const char *name = sqlite3_bind_parameter_name(s->at, at);
        long number = name && *name == '$' ? strtol(name + 1, NULL, 10) : 0;
        if (number > 0 && number <= PARAMETERS_MOST)
            s->place[number] = (unsigned char)at;
    }
}

/* The prepared form of SQL; NULL with F. */
static struct statement *statement_take(struct base *b, const char *sql, struct store_fault *f)
{
    struct text words = text_of(sql);
    struct statement *s = statement_find(b, words);
    if (s) {
        s->busy = true;
        return s;
    }
    sqlite3_stmt *made = NULL;
    int code = sqlite3_prepare_v3(b->db, sql, (int)words.len, SQLITE_PREPARE_PERSISTENT, &made, NULL);
    if (code != SQLITE_OK) {
        fails(b, f, code);
        return NULL;
    }
    for (unsigned i = 0; i < STATEMENTS && b->kept[b->next].busy; i++)
        b->next = (b->next + 1) % STATEMENTS;
    s = &b->kept[b->next];
    b->next = (b->next + 1) % STATEMENTS;
    statement_drop(s);
    char *copy = mem_new(words.len + 1);
    memcpy(copy, sql, words.len + 1);
    *s = (struct statement){.at = made, .sql = text_from(copy, words.len), .busy = true};
    statement_places(s);
    return s;
}

static bool bind(struct base *b, const struct statement *s, const struct sql_value *in, uint32_t n, struct store_fault *f)
{
    sqlite3_stmt *st = s->at;
    if (n > PARAMETERS_MOST)
        return store_fails(f, STORE_WRONG, "too many parameters");
    for (uint32_t i = 0; i < n; i++) {
        int at = s->place[i + 1], code = SQLITE_OK;
        if (!at)
            continue; /* not every statement asks for all it is given */
        const struct sql_value *v = &in[i];
        const char *bytes = v->text.at ? v->text.at : "";
        switch (v->kind) {
        case SQL_NULL: code = sqlite3_bind_null(st, at); break;
        case SQL_INT: code = sqlite3_bind_int64(st, at, v->number); break;
        case SQL_TEXT: code = sqlite3_bind_text64(st, at, bytes, v->text.len, SQLITE_STATIC, SQLITE_UTF8); break;
        case SQL_BYTES: code = sqlite3_bind_blob64(st, at, bytes, v->text.len, SQLITE_STATIC); break;
        }
        if (code != SQLITE_OK)
            return fails(b, f, code);
    }
    return true;
}

/* Field by field where it is to be: a value made elsewhere and copied was a sixth of a long question's time. */
static void column(sqlite3_stmt *st, int i, struct sql_value *v)
{
    v->text = (struct text){0};
    v->number = 0;
    switch (sqlite3_column_type(st, i)) {
    case SQLITE_NULL: v->kind = SQL_NULL; return;
    case SQLITE_INTEGER:
        v->kind = SQL_INT;
        v->number = sqlite3_column_int64(st, i);
        return;
    case SQLITE_BLOB:
        v->kind = SQL_BYTES;
        v->text.at = sqlite3_column_blob(st, i);
        break;
    default:
        v->kind = SQL_TEXT;
        v->text.at = (const char *)sqlite3_column_text(st, i);
        break;
    }
    v->text.len = (size_t)sqlite3_column_bytes(st, i);
}

static bool rows(struct base *b, sqlite3_stmt *st, sql_row_fn *row, void *self, struct store_fault *f)
{
    struct sql_value v[COLUMNS_MOST];
    int n = sqlite3_column_count(st), code;
    if (n > COLUMNS_MOST)
        return store_fails(f, STORE_WRONG, "too many columns");
    while ((code = sqlite3_step(st)) == SQLITE_ROW) {
        for (int i = 0; row && i < n; i++)
            column(st, i, &v[i]);
        if (row && !row(self, v, (uint32_t)n))
            return true;
    }
    return code == SQLITE_DONE || fails(b, f, code);
}

static bool run(void *db, const char *sql, const struct sql_value *in, uint32_t n, sql_row_fn *row, void *self,
                int64_t *changed, struct store_fault *f)
{
    struct base *b = db;
    b->stopped = false;
    struct statement *s = statement_take(b, sql, f);
    if (!s)
        return false;
    bool ok = bind(b, s, in, n, f) && rows(b, s->at, row, self, f);
    if (ok && changed)
        *changed = sqlite3_changes64(b->db);
    sqlite3_reset(s->at);
    sqlite3_clear_bindings(s->at);
    s->busy = false;
    return ok;
}

static bool tell(struct base *b, const char *sql, struct store_fault *f)
{
    int code = sqlite3_exec(b->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fails(b, f, code);
}

/* ---- transactions ---- */

static bool begin(void *db, enum sql_begin kind, struct store_fault *f)
{
    struct base *b = db;
    b->stopped = false;
    if (b->broken)
        return store_fails(f, STORE_IO, "the records have to be opened again");
    return tell(b, kind == SQL_READ ? "BEGIN" : "BEGIN IMMEDIATE", f);
}

static void rollback(void *db)
{
    struct base *b = db;
    if (!sqlite3_get_autocommit(b->db))
        sqlite3_exec(b->db, "ROLLBACK", NULL, NULL, NULL);
}

static bool commit(void *db, struct store_fault *f)
{
    if (tell(db, "COMMIT", f))
        return true;
    rollback(db);
    return false;
}

/* ---- opening ---- */

static bool first_number(void *self, const struct sql_value *row, uint32_t n)
{
    *(int64_t *)self = n ? row->number : 0;
    return false;
}

static bool number_of(struct base *b, const char *pragma, int64_t *out, struct store_fault *f)
{
    *out = 0;
    return run(b, pragma, NULL, 0, first_number, out, NULL, f);
}

static bool says_ok(void *self, const struct sql_value *row, uint32_t n)
{
    struct store_fault *f = self;
    if (n && text_is(row->text, "ok"))
        f->why = STORE_FINE;
    else if (n)
        snprintf(f->said, sizeof f->said, "%.*s", (int)row->text.len, row->text.at);
    return false;
}

static bool is_whole(struct base *b, struct store_fault *f)
{
    struct store_fault found = {.why = STORE_DAMAGED};
    if (!run(b, "PRAGMA quick_check(1)", NULL, 0, says_ok, &found, NULL, f))
        return false;
    if (found.why == STORE_FINE)
        return true;
    b->broken = true;
    if (f)
        snprintf(f->place, sizeof f->place, "%s", b->config.where);
    return store_fails(f, STORE_DAMAGED, found.said);
}

/* Everything in the log goes into the file.  HOW "FULL", or "TRUNCATE": and the log is empty then. */
static bool checkpoint(struct base *b, const char *how, struct store_fault *f)
{
    char sql[48];
    int64_t busy;
    snprintf(sql, sizeof sql, "PRAGMA wal_checkpoint(%s)", how);
    if (!number_of(b, sql, &busy, f))
        return false;
    return !busy || store_fails(f, STORE_BUSY, "");
}

/* After a failed sync what stands in the log may be in memory alone: it is there when it was written once more. */
static bool look_over(struct base *b, struct store_fault *f) { return is_whole(b, f) && checkpoint(b, "FULL", f); }

/* An empty file becomes ours; anything else must be. */
static bool claim(struct base *b, struct store_fault *f)
{
    int64_t id, tables;
    if (!number_of(b, "PRAGMA application_id", &id, f) || !number_of(b, "SELECT count(*) FROM sqlite_schema", &tables, f))
        return false;
    if (id == APPLICATION_ID)
        return true;
    if (id != 0 || tables != 0)
        return store_fails(f, STORE_FOREIGN, "");
    char sql[48];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d", APPLICATION_ID);
    return tell(b, sql, f);
}

static bool settle(struct base *b, struct store_fault *f)
{
    static const char safe[] = "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                               "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY";
    sqlite3_busy_handler(b->db, on_busy, b);
    sqlite3_db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_extended_result_codes(b->db, 1);
    return tell(b, safe, f) && (!b->config.check || look_over(b, f)) && claim(b, f) &&
           tell(b, b->config.no_wal ? "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA"
                                    : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", f);
}

static void close_base(void *db)
{
    struct base *b = db;
    for (unsigned i = 0; i < STATEMENTS; i++)
        statement_drop(&b->kept[i]);
    sqlite3_close(b->db);
    free(b);
}

static struct base *open_once(const struct sql_config *config, struct store_fault *f)
{
    struct base *b = mem_new(sizeof *b);
    *b = (struct base){.config = *config};
    int code = sqlite3_open_v2(config->where, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, NULL);
    bool ok = code == SQLITE_OK ? settle(b, f) : fails(b, f, code);
    if (ok)
        return b;
    close_base(b);
    return NULL;
}

/* While a new file is being made into one with a log, SQLite says at once that others are busy with it, and asks nobody
 * whether to wait. */
static void *open_base(const struct sql_config *config, struct store_fault *f)
{
    struct store_fault own = {0};
    int64_t since = now_ms();
    struct base *b;
    f = f ? f : &own;
    for (;;) {
        *f = (struct store_fault){0};
        b = open_once(config, f);
        if (b || f->why != STORE_BUSY || now_ms() - since >= 2 * PATIENCE_MS)
            break;
        if (!config->wait(config->self, -1, false, 10 * NAP_MS)) {
            store_fails(f, STORE_STOPPED, "");
            break;
        }
    }
    if (!b && !*f->place)
        snprintf(f->place, sizeof f->place, "%s", config->where);
    return b;
}

/* ---- the schema's version, and erasing ---- */

static bool version(void *db, int64_t *v, struct store_fault *f) { return number_of(db, "PRAGMA user_version", v, f); }

static bool set_version(void *db, int64_t v, struct store_fault *f)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version=%lld", (long long)v);
    return tell(db, sql, f);
}

static bool scrub(void *db, struct store_fault *f)
{
    struct base *b = db;
    bool ok = checkpoint(b, "TRUNCATE", f) && tell(b, "VACUUM", f) && checkpoint(b, "TRUNCATE", f);
    if (!ok && f)
        snprintf(f->place, sizeof f->place, "%s", b->config.where);
    return ok;
}

const struct sql_driver sql_sqlite = {.abi = SQL_ABI, .key = "INTEGER PRIMARY KEY", .tail = " WITHOUT ROWID",
                                      .open = open_base, .close = close_base, .run = run, .begin = begin, .commit = commit,
                                      .rollback = rollback, .version = version, .set_version = set_version, .scrub = scrub};
