/* store_postgres.c -- PostgreSQL behind the table of sql.h; a plug-in of its own, opened only where postgresql:// is named.
 *
 * Nothing here waits for a server: sockets do not block, each question has a deadline, and waiting is the host's own
 * function, so a dead server costs a screen nothing but a sentence.  A connection over which an answer was lost is not
 * used again.  Away from this machine the server has to prove who it is (sslmode=verify-full).  Knows no table of ours but
 * the one with the schema's version, and no function of the host. */
#include "record/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECT_MS = 5000,
    STATEMENT_MS = 2000,
    GRACE_MS = 500,     /* for the server's own complaint that it took too long */
    NAP_MS = 100,
    SCRUB_MS = 600000,
    PARAMETERS_MOST = 128,
    COLUMNS_MOST = 48,
    TYPE_BYTEA = 17,
    SCHEMA_LOCK = 0x52656873
};

struct base {
    PGconn *conn;
    struct sql_config config;
    int patience;       /* milliseconds for one statement */
    bool broken;        /* an answer got lost: nobody knows where it stands */
};

/* ---- time and waiting ---- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until FD is ready: 1; the time is over: 0; the host gave up: -1. */
static int await(const struct sql_config *config, int fd, bool to_write, int64_t until)
{
    for (;;) {
        struct pollfd p = {.fd = fd, .events = to_write ? POLLOUT : POLLIN};
        if (poll(&p, 1, 0) > 0)
            return 1;
        int64_t left = until - now_ms();
        if (left <= 0)
            return 0;
        if (!config->wait(config->self, fd, to_write, left < NAP_MS ? (int)left : NAP_MS))
            return -1;
    }
}

/* ---- faults ---- */

static const struct {
    const char *state; /* an SQLSTATE, or the first characters of several; what stands further down goes first */
    enum store_why why;
} states[] = {
    {"23", STORE_TAKEN},        {"23503", STORE_ERASED},    {"53100", STORE_FULL},       {"53200", STORE_FULL},
    {"53300", STORE_BUSY},
    {"25006", STORE_READ_ONLY}, {"42501", STORE_DENIED},    {"28", STORE_DENIED},        {"3D", STORE_DENIED},
    {"3F", STORE_DENIED},       {"55P03", STORE_BUSY},      {"57014", STORE_BUSY},       {"40", STORE_BUSY},
    {"57P", STORE_GONE},        {"08", STORE_GONE},         {"XX001", STORE_DAMAGED},    {"XX002", STORE_DAMAGED},
    {"58030", STORE_IO},        {"25P04", STORE_GONE},
};

/* The first line of what the server said. */
static bool says(struct store_fault *f, enum store_why why, const char *said)
{
    char line[STORE_SAID];
    snprintf(line, sizeof line, "%s", said ? said : "");
    line[strcspn(line, "\n")] = '\0';
    return store_fails(f, why, line);
}

static bool lost(struct base *b, struct store_fault *f, enum store_why why, const char *said)
{
    b->broken = true;
    return says(f, why, said);
}

static bool fails(struct base *b, const PGresult *r, struct store_fault *f)
{
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    const char *said = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    enum store_why why = STORE_WRONG;
    if (!state || PQstatus(b->conn) == CONNECTION_BAD)
        return lost(b, f, STORE_GONE, said ? said : PQerrorMessage(b->conn));
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strncmp(state, states[i].state, strlen(states[i].state)) == 0)
            why = states[i].why;
    b->broken |= why == STORE_GONE;
    return says(f, why, said);
}

/* ---- one question ---- */

/* The answer to what was sent: the last result, NULL with F. */
static PGresult *answer(struct base *b, int64_t until, struct store_fault *f)
{
    PGresult *last = NULL;
    for (int flushed = 1; flushed;) {
        flushed = PQflush(b->conn);
        int ready = flushed > 0 ? await(&b->config, PQsocket(b->conn), true, until) : 1;
        if (flushed < 0 || ready <= 0) {
            lost(b, f, ready < 0 ? STORE_STOPPED : STORE_GONE, flushed < 0 ? PQerrorMessage(b->conn) : "no answer");
            return NULL;
        }
    }
    for (;;) {
        while (PQisBusy(b->conn)) {
            int ready = await(&b->config, PQsocket(b->conn), false, until);
            if (ready <= 0 || !PQconsumeInput(b->conn)) {
                PQclear(last);
                lost(b, f, ready < 0 ? STORE_STOPPED : STORE_GONE, ready > 0 ? PQerrorMessage(b->conn) : "no answer");
                return NULL;
            }
        }
        PGresult *r = PQgetResult(b->conn);
        if (!r)
            break;
        PQclear(last);
        last = r;
    }
    if (!last)
        lost(b, f, STORE_GONE, PQerrorMessage(b->conn));
    return last;
}

static bool went_well(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static PGresult *ask(struct base *b, const char *sql, const struct sql_value *in, uint32_t n, struct store_fault *f)
{
    const char *values[PARAMETERS_MOST];
    int lengths[PARAMETERS_MOST], formats[PARAMETERS_MOST];
    Oid types[PARAMETERS_MOST];
    char digits[PARAMETERS_MOST][24], *copies[PARAMETERS_MOST];
    uint32_t n_copies = 0;
    if (b->broken) {
        says(f, STORE_GONE, "the connection was lost");
        return NULL;
    }
    for (uint32_t i = 0; i < n && i < PARAMETERS_MOST; i++) {
        const struct sql_value *v = &in[i];
        values[i] = v->text.at ? v->text.at : "";
        lengths[i] = (int)v->text.len;
        formats[i] = v->kind == SQL_BYTES;
        types[i] = v->kind == SQL_BYTES ? TYPE_BYTEA : 0;
        if (v->kind == SQL_NULL)
            values[i] = NULL;
        if (v->kind == SQL_INT) {
            snprintf(digits[i], sizeof digits[i], "%lld", (long long)v->number);
            values[i] = digits[i];
        }
        if (v->kind == SQL_TEXT) /* it wants a NUL behind it */
            values[i] = copies[n_copies++] = strndup(values[i], v->text.len);
    }
    int64_t until = now_ms() + b->patience + GRACE_MS;
    PGresult *r = NULL;
    if (PQsendQueryParams(b->conn, sql, (int)n, types, values, lengths, formats, 0))
        r = answer(b, until, f);
    else
        lost(b, f, STORE_GONE, PQerrorMessage(b->conn));
    for (uint32_t i = 0; i < n_copies; i++)
        free(copies[i]);
    if (r && !went_well(r)) {
        fails(b, r, f);
        PQclear(r);
        r = NULL;
    }
    return r;
}

/* Column I of ROW; bytes are unpacked into *FREED. */
static struct sql_value column(const PGresult *r, int row, int i, unsigned char **freed)
{
    if (PQgetisnull(r, row, i))
        return (struct sql_value){0};
    char *at = PQgetvalue(r, row, i);
    size_t len = (size_t)PQgetlength(r, row, i);
    switch (PQftype(r, i)) {
    case 20:   /* int8 */
    case 21:   /* int2 */
    case 23:   /* int4 */
    case 1700: /* numeric: a sum */ return sql_int(strtoll(at, NULL, 10));
    case TYPE_BYTEA:
        *freed = PQunescapeBytea((const unsigned char *)at, &len);
        return sql_bytes((struct text){(const char *)*freed, len});
    default: return sql_text((struct text){at, len});
    }
}

static bool run(void *db, const char *sql, const struct sql_value *in, uint32_t n, sql_row_fn *row, void *self,
                int64_t *changed, struct store_fault *f)
{
    struct base *b = db;
    PGresult *r = ask(b, sql, in, n, f);
    if (!r)
        return false;
    int columns = PQnfields(r), rows = PQntuples(r);
    bool more = row != NULL && columns <= COLUMNS_MOST;
    for (int k = 0; more && k < rows; k++) {
        struct sql_value v[COLUMNS_MOST];
        unsigned char *freed[COLUMNS_MOST] = {NULL};
        for (int i = 0; i < columns; i++)
            v[i] = column(r, k, i, &freed[i]);
        more = row(self, v, (uint32_t)columns);
        for (int i = 0; i < columns; i++)
            PQfreemem(freed[i]);
    }
    if (changed)
        *changed = strtoll(PQcmdTuples(r), NULL, 10);
    PQclear(r);
    return columns <= COLUMNS_MOST || store_fails(f, STORE_WRONG, "too many columns");
}

static bool tell(struct base *b, const char *sql, struct store_fault *f) { return run(b, sql, NULL, 0, NULL, NULL, NULL, f); }

/* ---- transactions ---- */

static bool begin(void *db, enum sql_begin kind, struct store_fault *f)
{
    char lock[64];
    if (kind == SQL_READ)
        return tell(db, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", f);
    if (!tell(db, "BEGIN", f))
        return false;
    snprintf(lock, sizeof lock, "SELECT pg_advisory_xact_lock(%d)", SCHEMA_LOCK);
    return kind != SQL_CHANGE || tell(db, lock, f);
}

static void rollback(void *db)
{
    struct base *b = db;
    if (!b->broken && PQtransactionStatus(b->conn) != PQTRANS_IDLE)
        tell(b, "ROLLBACK", NULL);
}

/* A transaction in which something failed answers COMMIT with ROLLBACK. */
static bool commit(void *db, struct store_fault *f)
{
    struct base *b = db;
    PGresult *r = ask(b, "COMMIT", NULL, 0, f);
    if (!r)
        return false;
    bool ok = strcmp(PQcmdStatus(r), "COMMIT") == 0;
    PQclear(r);
    return ok || store_fails(f, STORE_WRONG, "rolled back");
}

/* ---- where the server is ---- */

static bool is_local(const char *host)
{
    return !host || !*host || *host == '/' || *host == '@' || strcmp(host, "localhost") == 0 || strncmp(host, "127.", 4) == 0 ||
           strcmp(host, "::1") == 0;
}

/* In a child, since asking for a name cannot be stopped in any other way. */
static void resolve_child(const char *host, int out)
{
    struct addrinfo *found = NULL, want = {.ai_socktype = SOCK_STREAM};
    char addr[NI_MAXHOST];
    if (getaddrinfo(host, NULL, &want, &found) != 0 || !found ||
        getnameinfo(found->ai_addr, found->ai_addrlen, addr, sizeof addr, NULL, 0, NI_NUMERICHOST) != 0)
        _exit(1);
    _exit(write(out, addr, strlen(addr) + 1) < 0);
}

/* The address of HOST; false where it has none, or nobody says in time. */
static bool resolve(const struct sql_config *config, const char *host, char addr[NI_MAXHOST], int64_t until,
                    struct store_fault *f)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return says(f, STORE_GONE, strerror(errno));
    pid_t child = fork();
    if (child == 0)
        resolve_child(host, ends[1]);
    close(ends[1]);
    int ready = child < 0 ? 0 : await(config, ends[0], false, until);
    ssize_t n = ready > 0 ? read(ends[0], addr, NI_MAXHOST - 1) : 0;
    close(ends[0]);
    if (child > 0) {
        kill(child, SIGKILL);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    addr[n > 0 ? n : 0] = '\0';
    return n > 0 || says(f, ready < 0 ? STORE_STOPPED : STORE_GONE, "no such host");
}

/* ---- connecting ---- */

enum { WORDS_MOST = 64 };

struct words_of {
    const char *keys[WORDS_MOST], *values[WORDS_MOST];
    int n;
    char addr[NI_MAXHOST], options[1024], trusted[512];
};

static const char *value_of(const struct words_of *w, const char *key)
{
    for (int i = 0; i < w->n; i++)
        if (strcmp(w->keys[i], key) == 0)
            return w->values[i];
    return NULL;
}

static void set_word(struct words_of *w, const char *key, const char *value)
{
    for (int i = 0; i < w->n; i++)
        if (strcmp(w->keys[i], key) == 0) {
            w->values[i] = value;
            return;
        }
    if (w->n + 1 < WORDS_MOST) {
        w->keys[w->n] = key;
        w->values[w->n++] = value;
    }
}

/* Where certificates are: what was said, the user's own file, or the machine's. */
static void set_trusted(struct words_of *w)
{
    const char *home = getenv("HOME");
    if (value_of(w, "sslrootcert") || getenv("PGSSLROOTCERT"))
        return;
    snprintf(w->trusted, sizeof w->trusted, "%s/.postgresql/root.crt", home ? home : "");
    if (access(w->trusted, R_OK) != 0)
        set_word(w, "sslrootcert", "/etc/ssl/certs/ca-certificates.crt");
}

static bool set_safe(struct words_of *w, const struct sql_config *config, int patience, int64_t until, struct store_fault *f)
{
    const char *host = value_of(w, "host") ? value_of(w, "host") : getenv("PGHOST"), *mode = value_of(w, "sslmode");
    const char *more = value_of(w, "options");
    snprintf(w->options, sizeof w->options,
             "%s -c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=10000"
             " -c synchronous_commit=on -c client_min_messages=warning", more ? more : "", patience, patience);
    set_word(w, "options", w->options);
    set_word(w, "client_encoding", "UTF8");
    set_word(w, "application_name", "rehearse");
    set_word(w, "tcp_user_timeout", "2000");
    set_word(w, "gssencmode", "disable");
    if (value_of(w, "hostaddr") ? is_local(value_of(w, "hostaddr")) : is_local(host))
        return true;
    if (mode && strcmp(mode, "verify-full") != 0)
        return says(f, STORE_NO_TLS, "");
    set_word(w, "sslmode", "verify-full");
    set_trusted(w);
    if (value_of(w, "hostaddr") || strchr(host, ','))
        return true;
    if (!resolve(config, host, w->addr, until, f))
        return false;
    set_word(w, "hostaddr", w->addr);
    return true;
}

static bool finish_connecting(struct base *b, int64_t until, struct store_fault *f)
{
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state == PGRES_POLLING_WRITING || state == PGRES_POLLING_READING) {
        int ready = await(&b->config, PQsocket(b->conn), state == PGRES_POLLING_WRITING, until);
        if (ready <= 0)
            return says(f, ready < 0 ? STORE_STOPPED : STORE_GONE, "no answer");
        state = PQconnectPoll(b->conn);
    }
    if (state == PGRES_POLLING_OK)
        return true;
    const char *said = PQerrorMessage(b->conn), *tail = strstr(said, "FATAL:");
    /* a server that is there and refuses is another matter than one that is not */
    return says(f, tail && !strstr(said, "the database system is") ? STORE_DENIED : STORE_GONE, tail ? tail + 6 : said);
}

static bool connect_to(struct base *b, struct store_fault *f)
{
    struct words_of w = {.n = 0};
    char *said = NULL;
    int64_t until = now_ms() + CONNECT_MS;
    PQconninfoOption *parsed = PQconninfoParse(b->config.where, &said);
    bool ok = parsed != NULL;
    if (!ok)
        says(f, STORE_DENIED, said);
    for (PQconninfoOption *o = parsed; o && o->keyword; o++)
        if (o->val && *o->val)
            set_word(&w, o->keyword, o->val);
    ok = ok && set_safe(&w, &b->config, b->patience, until, f);
    if (ok) {
        b->conn = PQconnectStartParams(w.keys, w.values, 0);
        ok = (b->conn && PQstatus(b->conn) != CONNECTION_BAD) ||
             says(f, STORE_GONE, b->conn ? PQerrorMessage(b->conn) : "no memory");
    }
    ok = ok && finish_connecting(b, until, f);
    PQconninfoFree(parsed);
    PQfreemem(said);
    return ok;
}

static void quiet(void *self, const char *message)
{
    (void)self;
    (void)message; /* notices belong to the operator's log, not to a trainee's screen */
}

static void close_base(void *db)
{
    struct base *b = db;
    PQfinish(b->conn);
    free(b);
}

static void *open_base(const struct sql_config *config, struct store_fault *f)
{
    struct base *b = calloc(1, sizeof *b);
    if (!b) {
        says(f, STORE_WRONG, "no memory");
        return NULL;
    }
    *b = (struct base){.config = *config, .patience = config->patience ? config->patience : STATEMENT_MS};
    if (connect_to(b, f)) {
        const char *encoding = PQparameterStatus(b->conn, "server_encoding");
        PQsetNoticeProcessor(b->conn, quiet, NULL);
        if (PQsetnonblocking(b->conn, 1) == 0 && encoding && strcmp(encoding, "UTF8") == 0)
            return b;
        says(f, STORE_DENIED, "the database must be encoded in UTF8");
    }
    close_base(b);
    return NULL;
}

/* ---- the schema's version, and erasing ---- */

static bool first_number(void *self, const struct sql_value *row, uint32_t n)
{
    *(int64_t *)self = n ? row->number : 0;
    return false;
}

static bool version(void *db, int64_t *v, struct store_fault *f)
{
    int64_t there = 0;
    *v = 0;
    return run(db, "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('rehearse_schema')", NULL, 0, first_number, &there,
               NULL, f) &&
           (!there || run(db, "SELECT MAX(version) FROM rehearse_schema", NULL, 0, first_number, v, NULL, f));
}

static bool set_version(void *db, int64_t v, struct store_fault *f)
{
    const struct sql_value in = sql_int(v);
    return tell(db, "CREATE TABLE IF NOT EXISTS rehearse_schema (version BIGINT NOT NULL)", f) &&
           tell(db, "DELETE FROM rehearse_schema", f) &&
           run(db, "INSERT INTO rehearse_schema (version) VALUES ($1)", &in, 1, NULL, NULL, NULL, f);
}

/* Rewrites the tables that hold what people wrote.  The server's log and its backups keep what they have. */
static bool scrub(void *db, struct store_fault *f)
{
    static const char *const tables[] = {"events", "words", "answers", "states", "sessions", "trainees", "voters"};
    struct base *b = db;
    int patience = b->patience;
    char sql[64];
    bool ok = tell(b, "SET statement_timeout = 0", f);
    b->patience = SCRUB_MS;
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "VACUUM FULL %s", tables[i]);
        ok = tell(b, sql, f);
    }
    b->patience = patience;
    snprintf(sql, sizeof sql, "SET statement_timeout = %d", patience);
    return tell(b, sql, ok ? f : NULL) && ok;
}

static const struct sql_driver driver = {.abi = SQL_ABI, .key = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
                                         .tail = "", .server = true, .open = open_base, .close = close_base, .run = run,
                                         .begin = begin, .commit = commit, .rollback = rollback, .version = version,
                                         .set_version = set_version, .scrub = scrub};

sql_plugin_fn rehearse_sql_driver;
const struct sql_driver *rehearse_sql_driver(void) { return &driver; }
