/* sql.h -- what a database has to be able to do: the table of operations behind a store.
 *
 * The contract of store.h is written once, in SQL that SQLite and PostgreSQL both speak; a database joins in by this
 * table.  store_sqlite.c is linked in; store_postgres.c is a plug-in that is opened only when postgresql:// is named, and
 * knows nothing of the host but this header.
 *
 * Statements are string literals with parameters $1, $2 …; TEXT, BIGINT and BYTEA are the only types. */
#ifndef RECORD_SQL_H
#define RECORD_SQL_H

#include "record/fault.h"

/* Called instead of waiting: until FD (-1: nothing but the time) can be read, or with TO_WRITE written to, or MS
 * milliseconds are over, whichever comes first.  The host may do other work meanwhile.  False: wait no longer, give up. */
typedef bool store_wait_fn(void *self, int fd, bool to_write, int ms);

enum sql_kind { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BYTES };

struct sql_value {
    enum sql_kind kind;
    int64_t number;
    struct text text;
};

static inline struct sql_value sql_int(int64_t n) { return (struct sql_value){.kind = SQL_INT, .number = n}; }
static inline struct sql_value sql_text(struct text t) { return (struct sql_value){.kind = SQL_TEXT, .text = t}; }
static inline struct sql_value sql_bytes(struct text t) { return (struct sql_value){.kind = SQL_BYTES, .text = t}; }
static inline struct sql_value sql_id(int64_t n) { return (struct sql_value){.kind = n ? SQL_INT : SQL_NULL, .number = n}; }

/* One row; it lives until the function returns.  False: no further row is wanted. */
typedef bool sql_row_fn(void *self, const struct sql_value *row, uint32_t n);

enum sql_begin {
    SQL_READ,   /* one state of the whole, however many statements */
    SQL_WRITE,  /* nobody else writes meanwhile, where the database has one writer */
    SQL_CHANGE  /* of the schema: nobody else changes it meanwhile */
};

struct sql_config {
    const char *where;         /* file, or postgresql://… */
    bool check;                /* look whether all is whole, before anything is written */
    bool no_wal;               /* the file lies where memory cannot be shared */
    int patience;              /* milliseconds a server may take for one statement; 0: 2000 */
    store_wait_fn *wait;       /* never NULL */
    void *self;
};

enum { SQL_ABI = 1 };

struct sql_driver {
    uint32_t abi;
    const char *key;           /* how a column says that it is the row's own id */
    const char *tail;          /* behind a table that is kept in the order of its key */
    bool server;               /* others can reach it over a network */

    /* NULL with F. */
    void *(*open)(const struct sql_config *config, struct store_fault *f);
    void (*close)(void *db);
    /* One statement.  ROW may be NULL; CHANGED (may be NULL) gets the number of rows changed. */
    bool (*run)(void *db, const char *sql, const struct sql_value *in, uint32_t n, sql_row_fn *row, void *self,
                int64_t *changed, struct store_fault *f);
    bool (*begin)(void *db, enum sql_begin kind, struct store_fault *f);
    /* True: it is on the disk.  False: nothing of it is, or (STORE_GONE, STORE_IO) nobody knows. */
    bool (*commit)(void *db, struct store_fault *f);
    void (*rollback)(void *db);
    /* The schema's version; 0 where there is nothing yet. */
    bool (*version)(void *db, int64_t *version, struct store_fault *f);
    bool (*set_version)(void *db, int64_t version, struct store_fault *f);
    /* What was deleted leaves no bytes behind, as far as this database can see to it. */
    bool (*scrub)(void *db, struct store_fault *f);
};

extern const struct sql_driver sql_sqlite;
/* The one symbol of a plug-in: const struct sql_driver *rehearse_sql_driver(void). */
typedef const struct sql_driver *sql_plugin_fn(void);

#endif
