/* store_limit.c -- the least that keeping events takes: SQLite, a table of bodies, a commit a step, on the disk each time.
 *
 *     store_limit FILE EVENTS SESSIONS */
#include "store.h"

#include <sqlite3.h>

static sqlite3 *db;

static void run(const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        exit(1);
}

int main(int argc, char **argv)
{
    static struct play p;
    unsigned long events = 0, commits = 0, body = 0;
    sqlite3_stmt *put;
    if (argc != 4 || sqlite3_open(argv[1], &db) != SQLITE_OK)
        return 2;
    play_read(&p, argv[2]);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE events (session INTEGER, n INTEGER, body TEXT NOT NULL, PRIMARY KEY (session, n)) WITHOUT ROWID");
    if (sqlite3_prepare_v2(db, "INSERT INTO events VALUES (?, ?, ?)", -1, &put, NULL) != SQLITE_OK)
        return 1;
    double began = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int s = 0; s < atoi(argv[3]); s++) {
        int n = 0;
        for (unsigned i = 0; i < p.steps; i++, commits++) {
            run("BEGIN IMMEDIATE");
            for (char *line = p.at[i]; line < p.at[i + 1]; events++) {
                char *end = strchr(line, '\n');
                sqlite3_bind_int(put, 1, s);
                sqlite3_bind_int(put, 2, n++);
                sqlite3_bind_text(put, 3, line, (int)(end - line), SQLITE_STATIC);
                if (sqlite3_step(put) != SQLITE_DONE)
                    return 1;
                sqlite3_reset(put);
                body += (unsigned long)(end - line);
                line = end + 1;
            }
            run("COMMIT");
        }
    }
    double took = now(CLOCK_MONOTONIC) - began;
    cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    sqlite3_finalize(put);
    sqlite3_close(db);
    tell("limit", events, commits, body, took, cpu, argv[1], 2 * 4096);
}
