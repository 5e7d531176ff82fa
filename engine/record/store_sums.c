/* store_sums.c -- what many sessions come to, added up where the rows are. */
#include "record/store_inside.h"

struct adding {
    void *self;
    store_total_fn *total;
    store_move_total_fn *move;
    store_option_fn *option;
    store_ending_fn *ending;
    store_latest_fn *latest;
    uint32_t *people, *sessions;
};

/* A question put together as SELECT columns, tables with ROWS, the filter, and a GROUP BY. */
static bool sum(struct store *s, const struct kept_filter *filter, const char *columns, const char *rows, bool keyed,
                const char *group, sql_row_fn *row, struct adding *h, struct store_fault *f)
{
    struct query q = {0};
    query_add(&q, "SELECT ");
    query_add(&q, columns);
    query_add(&q, SESSION_TABLES);
    query_add(&q, rows);
    query_filter(&q, filter, keyed ? "x" : NULL);
    query_add(&q, group);
    return query_run(s, &q, row, h, f);
}

static bool take_people(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    *h->people = row_count(&r);
    *h->sessions = row_count(&r);
    return false;
}

bool store_people(struct store *s, const struct kept_filter *filter, uint32_t *people, uint32_t *sessions,
                  struct store_fault *f)
{
    struct adding h = {.people = people, .sessions = sessions};
    *people = *sessions = 0;
    return sum(s, filter, "COUNT(DISTINCT s.trainee), COUNT(*)", "", false, "", take_people, &h, f);
}

static bool hand_total(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    struct kept_total t = {.competency = row_text(&r)};
    t.repeats = row_int(&r) != 0;
    t.people = row_count(&r);
    t.sessions = row_count(&r);
    t.places = row_count(&r);
    t.taken = row_count(&r);
    t.self = row_count(&r);
    t.got = row_int(&r);
    t.best = row_int(&r);
    t.chance = row_int(&r);
    return h->total(h->self, &t);
}

bool store_totals(struct store *s, const struct kept_filter *filter, store_total_fn *fn, void *self, struct store_fault *f)
{
    struct adding h = {.self = self, .total = fn};
    return sum(s, filter,
               "x.competency, CASE WHEN s.earlier > 0 THEN 1 ELSE 0 END AS repeats, COUNT(DISTINCT s.trainee), COUNT(*),"
               " SUM(x.places), SUM(x.taken), SUM(x.self), SUM(x.got), SUM(x.best), SUM(x.chance)",
               "JOIN scores x ON x.session = s.id", true, " GROUP BY x.competency, repeats ORDER BY x.competency, repeats",
               hand_total, &h, f);
}

static bool hand_move_total(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    struct kept_move_total t = {.competency = row_text(&r)};
    t.move = row_text(&r);
    t.flaw = row_int(&r) != 0;
    t.mode = row_int(&r) != 0;
    t.people = row_count(&r);
    t.taken = row_count(&r);
    t.offered = row_count(&r);
    return h->move(h->self, &t);
}

bool store_move_totals(struct store *s, const struct kept_filter *filter, store_move_total_fn *fn, void *self,
                       struct store_fault *f)
{
    struct adding h = {.self = self, .move = fn};
    return sum(s, filter,
               "x.competency, x.move, MAX(x.flaw), MAX(x.mode), COUNT(DISTINCT s.trainee), SUM(x.taken), SUM(x.offered)",
               "JOIN moves x ON x.session = s.id", true, " GROUP BY x.competency, x.move ORDER BY x.competency, x.move",
               hand_move_total, &h, f);
}

static bool hand_option(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    struct kept_option o = {.version_id = row_int(&r)};
    o.scenario = row_text(&r);
    o.version = row_text(&r);
    o.decision = row_text(&r);
    o.option = row_text(&r);
    o.taken = row_count(&r);
    o.people = row_count(&r);
    o.ms = row_int(&r);
    o.met = row_count(&r);
    return h->option(h->self, &o);
}

bool store_options(struct store *s, const struct kept_filter *filter, store_option_fn *fn, void *self,
                   struct store_fault *f)
{
    struct adding h = {.self = self, .option = fn};
    return sum(s, filter,
               "v.id, v.scenario, v.version, x.decision, COALESCE(x.option, '') AS answer, COUNT(*), COUNT(DISTINCT s.trainee),"
               " COALESCE(SUM(x.ms), 0), SUM(COUNT(*)) OVER (PARTITION BY v.id, x.decision)",
               "JOIN events x ON x.session = s.id AND x.kind = 'chose' AND x.again IS NULL AND x.chooser <> 'engine'", false,
               " GROUP BY v.id, v.scenario, v.version, x.decision, answer ORDER BY v.scenario, v.id, x.decision, answer",
               hand_option, &h, f);
}

static bool hand_latest(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    struct text scenario = row_text(&r);
    return h->latest(h->self, scenario, row_int(&r));
}

bool store_latest(struct store *s, const struct kept_filter *filter, store_latest_fn *fn, void *self, struct store_fault *f)
{
    struct adding h = {.self = self, .latest = fn};
    return sum(s, filter, "v.scenario, MAX(v.id)", "", false, " GROUP BY v.scenario ORDER BY v.scenario", hand_latest, &h, f);
}

static bool hand_ending(void *self, const struct sql_value *v, uint32_t n)
{
    struct adding *h = self;
    struct row r = {v, n, 0};
    struct kept_ending e = {.scenario = row_text(&r)};
    e.ending = row_text(&r);
    e.outcome = (enum wire_outcome)row_count(&r);
    e.sessions = row_count(&r);
    e.people = row_count(&r);
    return h->ending(h->self, &e);
}

bool store_endings(struct store *s, const struct kept_filter *filter, store_ending_fn *fn, void *self,
                   struct store_fault *f)
{
    struct kept_filter ended = *filter;
    struct adding h = {.self = self, .ending = fn};
    ended.state = KEPT_ENDED;
    return sum(s, &ended, "v.scenario, s.ending, MAX(s.outcome), COUNT(*), COUNT(DISTINCT s.trainee)", "", false,
               " GROUP BY v.scenario, s.ending ORDER BY v.scenario, s.ending", hand_ending, &h, f);
}
