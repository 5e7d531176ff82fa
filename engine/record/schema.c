/* schema.c -- the tables, step by step, the same for every database.
 *
 * events is the truth and is only ever added to; sessions says where each stands; versions and files let a session go on
 * with the very files it began with; scores, pieces, moves and conflicts are derived, and keyed by the version whose key
 * they were graded by.  Words, answers and votes belong to their session and go with it. */
#include "record/schema.h"

static const char *const first[] = {
    "CREATE TABLE trainees (id %1, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, department TEXT NOT NULL,"
    " role TEXT NOT NULL, asked BIGINT NOT NULL, tags TEXT NOT NULL, since BIGINT NOT NULL)",

    "CREATE TABLE versions (id %1, digest TEXT NOT NULL UNIQUE, scenario TEXT NOT NULL, version TEXT NOT NULL,"
    " lang TEXT NOT NULL, since BIGINT NOT NULL)",
    "CREATE TABLE titles (version BIGINT NOT NULL REFERENCES versions ON DELETE CASCADE, lang TEXT NOT NULL,"
    " title TEXT NOT NULL, PRIMARY KEY (version, lang))%2",
    "CREATE TABLE files (id %1, digest TEXT NOT NULL UNIQUE, bytes BYTEA NOT NULL)",
    "CREATE TABLE version_files (version BIGINT NOT NULL REFERENCES versions ON DELETE CASCADE, place BIGINT NOT NULL,"
    " po BIGINT NOT NULL, kind BIGINT NOT NULL, name TEXT NOT NULL, lang TEXT NOT NULL, line TEXT NOT NULL,"
    " file BIGINT NOT NULL REFERENCES files, PRIMARY KEY (version, place))%2",
    "CREATE INDEX version_files_file ON version_files (file)",

    "CREATE TABLE sessions (id %1, name TEXT NOT NULL UNIQUE, trainee BIGINT REFERENCES trainees ON DELETE CASCADE,"
    " version BIGINT NOT NULL REFERENCES versions, origin TEXT NOT NULL, roles TEXT NOT NULL, mode BIGINT NOT NULL,"
    " lang TEXT NOT NULL, seed BIGINT NOT NULL, started BIGINT NOT NULL, last BIGINT NOT NULL, events BIGINT NOT NULL,"
    " phase BIGINT NOT NULL, turn BIGINT NOT NULL, ending TEXT NOT NULL, outcome BIGINT NOT NULL,"
    " earlier BIGINT NOT NULL, shared BIGINT NOT NULL, tags TEXT NOT NULL, writer BIGINT NOT NULL, graded BIGINT REFERENCES versions)",
    "CREATE INDEX sessions_trainee ON sessions (trainee, started)",
    "CREATE INDEX sessions_version ON sessions (version)",
    "CREATE INDEX sessions_last ON sessions (last)",
    "CREATE TABLE session_tags (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, tag TEXT NOT NULL,"
    " PRIMARY KEY (session, tag))%2",
    "CREATE INDEX session_tags_tag ON session_tags (tag)",

    "CREATE TABLE events (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, n BIGINT NOT NULL,"
    " at BIGINT NOT NULL, kind TEXT NOT NULL, place TEXT, decision TEXT, option TEXT, chooser TEXT, ms BIGINT,"
    " again BIGINT, self BIGINT, body TEXT NOT NULL, PRIMARY KEY (session, n))%2",
    "CREATE TABLE states (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, kind TEXT NOT NULL,"
    " body TEXT NOT NULL, PRIMARY KEY (session, kind))%2",
    "CREATE TABLE words (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, kind BIGINT NOT NULL,"
    " voter BIGINT NOT NULL, at BIGINT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (session, kind, voter))%2",
    "CREATE TABLE answers (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, item TEXT NOT NULL,"
    " occasion BIGINT NOT NULL, voter BIGINT NOT NULL, at BIGINT NOT NULL, value BIGINT NOT NULL, words TEXT NOT NULL,"
    " PRIMARY KEY (session, item, occasion, voter))%2",

    "CREATE TABLE gradings (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE,"
    " key BIGINT NOT NULL REFERENCES versions, at BIGINT NOT NULL, events BIGINT NOT NULL, ending TEXT NOT NULL,"
    " outcome BIGINT NOT NULL, fit_taken BIGINT NOT NULL, fit_offered BIGINT NOT NULL, back_taken BIGINT NOT NULL,"
    " back_offered BIGINT NOT NULL, asked_taken BIGINT NOT NULL, asked_offered BIGINT NOT NULL, heard BIGINT NOT NULL,"
    " PRIMARY KEY (session, key))%2",
    "CREATE INDEX gradings_key ON gradings (key)",
    "CREATE TABLE scores (session BIGINT NOT NULL, key BIGINT NOT NULL, competency TEXT NOT NULL, places BIGINT NOT NULL,"
    " taken BIGINT NOT NULL, self BIGINT NOT NULL, got BIGINT NOT NULL, best BIGINT NOT NULL, chance BIGINT NOT NULL,"
    " PRIMARY KEY (session, key, competency),"
    " FOREIGN KEY (session, key) REFERENCES gradings ON DELETE CASCADE)%2",
    "CREATE TABLE pieces (session BIGINT NOT NULL, key BIGINT NOT NULL, turn BIGINT NOT NULL, slot TEXT NOT NULL,"
    " competency TEXT NOT NULL, decision TEXT NOT NULL, option TEXT NOT NULL, points BIGINT NOT NULL, best BIGINT NOT NULL,"
    " chance BIGINT NOT NULL, self BIGINT NOT NULL, PRIMARY KEY (session, key, turn, slot, competency),"
    " FOREIGN KEY (session, key) REFERENCES gradings ON DELETE CASCADE)%2",
    "CREATE TABLE moves (session BIGINT NOT NULL, key BIGINT NOT NULL, move TEXT NOT NULL, competency TEXT NOT NULL,"
    " flaw BIGINT NOT NULL, mode BIGINT NOT NULL, taken BIGINT NOT NULL, offered BIGINT NOT NULL, self BIGINT NOT NULL,"
    " PRIMARY KEY (session, key, move), FOREIGN KEY (session, key) REFERENCES gradings ON DELETE CASCADE)%2",
    "CREATE TABLE conflicts (session BIGINT NOT NULL, key BIGINT NOT NULL, turn BIGINT NOT NULL, decision TEXT NOT NULL,"
    " mode TEXT NOT NULL, offered TEXT NOT NULL, apt BIGINT NOT NULL, self BIGINT NOT NULL,"
    " PRIMARY KEY (session, key, turn), FOREIGN KEY (session, key) REFERENCES gradings ON DELETE CASCADE)%2",

    "CREATE TABLE voters (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, voter BIGINT NOT NULL,"
    " secret TEXT NOT NULL, nick TEXT NOT NULL, lang TEXT NOT NULL, joined BIGINT NOT NULL,"
    " PRIMARY KEY (session, voter))%2",
    "CREATE TABLE rounds (session BIGINT NOT NULL REFERENCES sessions ON DELETE CASCADE, round BIGINT NOT NULL,"
    " offered BIGINT NOT NULL, decision TEXT NOT NULL, vote BIGINT NOT NULL, heads BIGINT NOT NULL, opened BIGINT NOT NULL,"
    " closed BIGINT NOT NULL, decided TEXT NOT NULL, how TEXT NOT NULL, PRIMARY KEY (session, round))%2",
    "CREATE TABLE votes (session BIGINT NOT NULL, round BIGINT NOT NULL, voter BIGINT NOT NULL, option TEXT NOT NULL,"
    " at BIGINT NOT NULL, PRIMARY KEY (session, round, voter),"
    " FOREIGN KEY (session, round) REFERENCES rounds ON DELETE CASCADE)%2",
    "CREATE TABLE hands (session BIGINT NOT NULL, round BIGINT NOT NULL, option TEXT NOT NULL, hands BIGINT NOT NULL,"
    " at BIGINT NOT NULL, PRIMARY KEY (session, round, option),"
    " FOREIGN KEY (session, round) REFERENCES rounds ON DELETE CASCADE)%2",
    NULL};

static const struct schema_step steps[] = {{first}};
const struct schema store_schema = {steps, sizeof steps / sizeof *steps};

static bool take_step(const struct sql_driver *sql, void *db, const struct schema_step *step, struct store_fault *f)
{
    struct text args[2] = {text_of(sql->key), text_of(sql->tail)};
    bool ok = true;
    for (const char *const *s = step->statements; ok && *s; s++) {
        struct buf b = {0};
        words_fill(&b, *s, args, 2);
        buf_char(&b, '\0');
        ok = sql->run(db, b.at, NULL, 0, NULL, NULL, NULL, f);
        buf_done(&b);
    }
    return ok;
}

/* The version, as it is once nobody else changes it; false at the newest already, or with F. */
static bool behind(const struct sql_driver *sql, void *db, const struct schema *schema, int64_t *at, bool *ok,
                   struct store_fault *f)
{
    *ok = sql->version(db, at, f);
    if (*ok && (*at < 0 || *at > schema->n))
        *ok = store_fails(f, STORE_NEWER, "");
    return *ok && *at < schema->n;
}

bool schema_apply(const struct sql_driver *sql, void *db, const struct schema *schema, struct store_fault *f)
{
    int64_t at;
    bool ok;
    if (!behind(sql, db, schema, &at, &ok, f))
        return ok;
    if (!sql->begin(db, SQL_CHANGE, f))
        return false;
    if (behind(sql, db, schema, &at, &ok, f)) {
        for (; ok && at < schema->n; at++)
            ok = take_step(sql, db, &schema->steps[at], f);
        ok = ok && sql->set_version(db, schema->n, f) && sql->commit(db, f);
    }
    sql->rollback(db);
    return ok;
}
