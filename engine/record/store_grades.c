/* store_grades.c -- grades: written in one piece by one key, and read row by row.
 *
 * A session keeps the grading of every key it was graded by; sessions.graded names the newest.  All of it can be made
 * again from the events. */
#include "record/store_inside.h"

/* ---- writing ---- */

static bool put_scores(struct store *s, int64_t session, int64_t key, const struct store_grades *g, struct store_fault *f)
{
    for (uint32_t i = 0; i < g->n_scores; i++) {
        const struct kept_score *x = &g->scores[i];
        if (!store_tell(s, "INSERT INTO scores (session, key, competency, places, taken, self, got, best, chance)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        VALUES(sql_int(session), sql_int(key), sql_text(x->competency), sql_int(x->places), sql_int(x->taken),
                               sql_int(x->self), sql_int(x->got), sql_int(x->best), sql_int(x->chance)), NULL, f))
            return false;
    }
    return true;
}

static bool put_pieces(struct store *s, int64_t session, int64_t key, const struct store_grades *g, struct store_fault *f)
{
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        const struct kept_piece *x = &g->pieces[i];
        if (!store_tell(s, "INSERT INTO pieces (session, key, turn, slot, competency, decision, option, points, best, chance,"
                           " self) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                        VALUES(sql_int(session), sql_int(key), sql_int(x->turn), sql_text(x->slot), sql_text(x->competency),
                               sql_text(x->decision), sql_text(x->option), sql_int(x->points), sql_int(x->best),
                               sql_int(x->chance), sql_int(x->self)), NULL, f))
            return false;
    }
    return true;
}

static bool put_moves(struct store *s, int64_t session, int64_t key, const struct store_grades *g, struct store_fault *f)
{
    for (uint32_t i = 0; i < g->n_moves; i++) {
        const struct kept_move *x = &g->moves[i];
        if (!store_tell(s, "INSERT INTO moves (session, key, move, competency, flaw, mode, taken, offered, self)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        VALUES(sql_int(session), sql_int(key), sql_text(x->move), sql_text(x->competency), sql_int(x->flaw),
                               sql_int(x->mode), sql_int(x->taken), sql_int(x->offered), sql_int(x->self)), NULL, f))
            return false;
    }
    return true;
}

static bool put_conflicts(struct store *s, int64_t session, int64_t key, const struct store_grades *g,
                          struct store_fault *f)
{
    for (uint32_t i = 0; i < g->n_conflicts; i++) {
        const struct kept_conflict *x = &g->conflicts[i];
        if (!store_tell(s, "INSERT INTO conflicts (session, key, turn, decision, mode, offered, apt, self)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        VALUES(sql_int(session), sql_int(key), sql_int(x->turn), sql_text(x->decision), sql_text(x->mode),
                               sql_text(x->offered), sql_int(x->apt), sql_int(x->self)), NULL, f))
            return false;
    }
    return true;
}

static bool put_grading(struct store *s, int64_t session, int64_t key, const struct kept_grading *g, struct store_fault *f)
{
    return store_tell(s, "INSERT INTO gradings (session, key, at, events, ending, outcome, fit_taken, fit_offered, back_taken,"
                         " back_offered, asked_taken, asked_offered, heard)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                      VALUES(sql_int(session), sql_int(key), sql_int(g->at), sql_int(g->events), sql_text(g->ending),
                             sql_int(g->outcome), sql_int(g->fit.taken), sql_int(g->fit.offered),
                             sql_int(g->reflections.taken), sql_int(g->reflections.offered), sql_int(g->questions.taken),
                             sql_int(g->questions.offered), sql_int(g->listened_first)), NULL, f);
}

/* The row of the session names its newest key; the outcome stands there while no further event came. */
static bool point_at(struct store *s, int64_t session, int64_t key, const struct kept_grading *g, struct store_fault *f)
{
    int64_t changed = 0;
    if (!store_tell(s, "UPDATE sessions SET graded = $2, outcome = CASE WHEN events = $3 THEN $4 ELSE outcome END WHERE id = $1",
                    VALUES(sql_int(session), sql_int(key), sql_int(g->events), sql_int(g->outcome)), &changed, f))
        return false;
    return changed || store_fails(f, STORE_MISSING, "");
}

static bool grade_all(struct store *s, int64_t session, int64_t key, const struct store_grades *g, struct store_fault *f)
{
    return point_at(s, session, key, &g->grading, f) &&
           store_tell(s, "DELETE FROM gradings WHERE session = $1 AND key = $2", VALUES(sql_int(session), sql_int(key)), NULL,
                      f) &&
           put_grading(s, session, key, &g->grading, f) && put_scores(s, session, key, g, f) &&
           put_pieces(s, session, key, g, f) && put_moves(s, session, key, g, f) && put_conflicts(s, session, key, g, f);
}

bool store_grade(struct store *s, int64_t session, int64_t key, const struct store_grades *grades, struct store_fault *f)
{
    return store_start(s, SQL_WRITE, f) && store_finish(s, grade_all(s, session, key, grades, f), f);
}

/* ---- reading ---- */

/* What hands rows of any of the tables out. */
struct handing {
    struct found found;
    void *self;
    store_grading_fn *grading;
    store_score_fn *score;
    store_piece_fn *piece;
    store_move_fn *move;
    store_conflict_fn *conflict;
};

/* Session and key, with which every row begins; false where the session came later than the question. */
static bool head(struct handing *h, struct row *r, const struct kept_session **session, int64_t *key, bool *own)
{
    *session = found_at(&h->found, row_int(r));
    *key = row_int(r);
    *own = *session && (*session)->version_id == *key;
    return *session != NULL;
}

static bool hand(struct store *s, const struct kept_filter *filter, struct handing *h, const char *columns,
                 const char *rows, const char *order, sql_row_fn *row, struct store_fault *f)
{
    if (!found_sessions(s, filter, &h->found, f))
        return false;
    struct query q = {0};
    query_add(&q, "SELECT x.session, x.key, ");
    query_add(&q, columns);
    query_add(&q, SESSION_TABLES "JOIN ");
    query_add(&q, rows);
    query_filter(&q, filter, "x");
    query_order(&q, filter, order);
    bool ok = query_run(s, &q, row, h, f);
    found_done(&h->found);
    return ok;
}

static bool hand_grading(void *self, const struct sql_value *v, uint32_t n)
{
    struct handing *h = self;
    struct row r = {v, n, 0};
    struct kept_grading g = {0};
    if (!head(h, &r, &g.session, &g.key, &g.own))
        return true;
    g.key_version = row_text(&r);
    g.key_digest = row_text(&r);
    g.at = row_int(&r);
    g.events = row_count(&r);
    g.ending = row_text(&r);
    g.outcome = (enum wire_outcome)row_count(&r);
    g.fit.taken = row_count(&r);
    g.fit.offered = row_count(&r);
    g.reflections.taken = row_count(&r);
    g.reflections.offered = row_count(&r);
    g.questions.taken = row_count(&r);
    g.questions.offered = row_count(&r);
    g.listened_first = row_int(&r) != 0;
    return h->grading(h->self, &g);
}

bool store_gradings(struct store *s, const struct kept_filter *filter, store_grading_fn *fn, void *self,
                    struct store_fault *f)
{
    struct handing h = {.self = self, .grading = fn};
    return hand(s, filter, &h, "k.version, k.digest, x.at, x.events, x.ending, x.outcome, x.fit_taken, x.fit_offered,"
                               " x.back_taken, x.back_offered, x.asked_taken, x.asked_offered, x.heard",
                "gradings x ON x.session = s.id JOIN versions k ON k.id = x.key", ", x.at, x.key", hand_grading, f);
}

static bool hand_score(void *self, const struct sql_value *v, uint32_t n)
{
    struct handing *h = self;
    struct row r = {v, n, 0};
    struct kept_score x = {0};
    if (!head(h, &r, &x.session, &x.key, &x.own))
        return true;
    x.competency = row_text(&r);
    x.places = row_count(&r);
    x.taken = row_count(&r);
    x.self = row_count(&r);
    x.got = (int32_t)row_int(&r);
    x.best = (int32_t)row_int(&r);
    x.chance = (int32_t)row_int(&r);
    return h->score(h->self, &x);
}

bool store_scores(struct store *s, const struct kept_filter *filter, store_score_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .score = fn};
    return hand(s, filter, &h, "x.competency, x.places, x.taken, x.self, x.got, x.best, x.chance",
                "scores x ON x.session = s.id", ", x.key, x.competency", hand_score, f);
}

static bool hand_piece(void *self, const struct sql_value *v, uint32_t n)
{
    struct handing *h = self;
    struct row r = {v, n, 0};
    struct kept_piece x = {0};
    if (!head(h, &r, &x.session, &x.key, &x.own))
        return true;
    x.turn = row_count(&r);
    x.slot = row_text(&r);
    x.competency = row_text(&r);
    x.decision = row_text(&r);
    x.option = row_text(&r);
    x.points = (int32_t)row_int(&r);
    x.best = (int32_t)row_int(&r);
    x.chance = (int32_t)row_int(&r);
    x.self = row_int(&r) != 0;
    return h->piece(h->self, &x);
}

bool store_pieces(struct store *s, const struct kept_filter *filter, store_piece_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .piece = fn};
    return hand(s, filter, &h, "x.turn, x.slot, x.competency, x.decision, x.option, x.points, x.best, x.chance, x.self",
                "pieces x ON x.session = s.id", ", x.key, x.turn, x.slot, x.competency", hand_piece, f);
}

static bool hand_move(void *self, const struct sql_value *v, uint32_t n)
{
    struct handing *h = self;
    struct row r = {v, n, 0};
    struct kept_move x = {0};
    if (!head(h, &r, &x.session, &x.key, &x.own))
        return true;
    x.move = row_text(&r);
    x.competency = row_text(&r);
    x.flaw = row_int(&r) != 0;
    x.mode = row_int(&r) != 0;
    x.taken = row_count(&r);
    x.offered = row_count(&r);
    x.self = row_count(&r);
    return h->move(h->self, &x);
}

bool store_moves(struct store *s, const struct kept_filter *filter, store_move_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .move = fn};
    return hand(s, filter, &h, "x.move, x.competency, x.flaw, x.mode, x.taken, x.offered, x.self",
                "moves x ON x.session = s.id", ", x.key, x.move", hand_move, f);
}

static bool hand_conflict(void *self, const struct sql_value *v, uint32_t n)
{
    struct handing *h = self;
    struct row r = {v, n, 0};
    struct kept_conflict x = {0};
    if (!head(h, &r, &x.session, &x.key, &x.own))
        return true;
    x.turn = row_count(&r);
    x.decision = row_text(&r);
    x.mode = row_text(&r);
    x.offered = row_text(&r);
    x.apt = (enum wire_apt)row_count(&r);
    x.self = row_int(&r) != 0;
    return h->conflict(h->self, &x);
}

bool store_conflicts(struct store *s, const struct kept_filter *filter, store_conflict_fn *fn, void *self,
                     struct store_fault *f)
{
    struct handing h = {.self = self, .conflict = fn};
    return hand(s, filter, &h, "x.turn, x.decision, x.mode, x.offered, x.apt, x.self",
                "conflicts x ON x.session = s.id", ", x.key, x.turn", hand_conflict, f);
}
