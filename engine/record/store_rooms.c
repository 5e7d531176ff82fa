/* store_rooms.c -- a workshop as it happens: who joined, what was asked, how each voted. */
#include "record/store_inside.h"

/* ---- voters ---- */

bool store_voter_set(struct store *s, int64_t session, const struct kept_voter *v, struct store_fault *f)
{
    return store_tell(s, "INSERT INTO voters (session, voter, secret, nick, lang, joined) VALUES ($1, $2, $3, $4, $5, $6)"
                         " ON CONFLICT (session, voter) DO UPDATE SET secret = excluded.secret, nick = excluded.nick,"
                         " lang = excluded.lang",
                      VALUES(sql_int(session), sql_int(v->voter), sql_text(v->secret), sql_text(v->nick), sql_text(v->lang),
                             sql_int(v->joined)), NULL, f);
}

struct handing {
    void *self;
    store_voter_fn *voter;
    store_round_fn *round;
    store_vote_fn *vote;
    store_hands_fn *hands;
};

static bool hand_voter(void *self, const struct sql_value *row, uint32_t n)
{
    struct handing *h = self;
    struct row r = {row, n, 0};
    struct kept_voter v = {.voter = row_count(&r)};
    v.secret = row_text(&r);
    v.nick = row_text(&r);
    v.lang = row_text(&r);
    v.joined = row_int(&r);
    return h->voter(h->self, &v);
}

bool store_voters(struct store *s, int64_t session, store_voter_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .voter = fn};
    return store_ask(s, "SELECT voter, secret, nick, lang, joined FROM voters WHERE session = $1 ORDER BY voter",
                     VALUES(sql_int(session)), hand_voter, &h, f);
}

/* ---- rounds ---- */

bool store_round_set(struct store *s, int64_t session, const struct kept_round *r, struct store_fault *f)
{
    return store_tell(s, "INSERT INTO rounds (session, round, offered, decision, vote, heads, opened, closed, decided, how)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (session, round) DO UPDATE"
                         " SET heads = excluded.heads, closed = excluded.closed, decided = excluded.decided, how = excluded.how",
                      VALUES(sql_int(session), sql_int(r->round), sql_int(r->offered), sql_text(r->decision),
                             sql_int(r->vote), sql_int(r->heads), sql_int(r->opened), sql_int(r->closed),
                             sql_text(r->decided), sql_text(r->how)), NULL, f);
}

static bool hand_round(void *self, const struct sql_value *row, uint32_t n)
{
    struct handing *h = self;
    struct row r = {row, n, 0};
    struct kept_round x = {.round = row_count(&r)};
    x.offered = row_count(&r);
    x.decision = row_text(&r);
    x.vote = row_count(&r);
    x.heads = row_count(&r);
    x.opened = row_int(&r);
    x.closed = row_int(&r);
    x.decided = row_text(&r);
    x.how = row_text(&r);
    return h->round(h->self, &x);
}

bool store_rounds(struct store *s, int64_t session, store_round_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .round = fn};
    return store_ask(s, "SELECT round, offered, decision, vote, heads, opened, closed, decided, how FROM rounds"
                        " WHERE session = $1 ORDER BY round", VALUES(sql_int(session)), hand_round, &h, f);
}

/* ---- votes ---- */

bool store_vote(struct store *s, int64_t session, const struct kept_vote *v, struct store_fault *f)
{
    if (!v->option.len)
        return store_tell(s, "DELETE FROM votes WHERE session = $1 AND round = $2 AND voter = $3",
                          VALUES(sql_int(session), sql_int(v->round), sql_int(v->voter)), NULL, f);
    return store_tell(s, "INSERT INTO votes (session, round, voter, option, at) VALUES ($1, $2, $3, $4, $5)"
                         " ON CONFLICT (session, round, voter) DO UPDATE SET option = excluded.option, at = excluded.at",
                      VALUES(sql_int(session), sql_int(v->round), sql_int(v->voter), sql_text(v->option), sql_int(v->at)),
                      NULL, f);
}

static bool hand_vote(void *self, const struct sql_value *row, uint32_t n)
{
    struct handing *h = self;
    struct row r = {row, n, 0};
    struct kept_vote v = {.round = row_count(&r)};
    v.voter = row_count(&r);
    v.option = row_text(&r);
    v.at = row_int(&r);
    return h->vote(h->self, &v);
}

bool store_votes(struct store *s, int64_t session, uint32_t round, store_vote_fn *fn, void *self, struct store_fault *f)
{
    struct handing h = {.self = self, .vote = fn};
    return store_ask(s, "SELECT round, voter, option, at FROM votes WHERE session = $1 AND round = $2 ORDER BY voter",
                     VALUES(sql_int(session), sql_int(round)), hand_vote, &h, f);
}

bool store_hands(struct store *s, int64_t session, const struct kept_hands *x, struct store_fault *f)
{
    if (!x->hands)
        return store_tell(s, "DELETE FROM hands WHERE session = $1 AND round = $2 AND option = $3",
                          VALUES(sql_int(session), sql_int(x->round), sql_text(x->option)), NULL, f);
    return store_tell(s, "INSERT INTO hands (session, round, option, hands, at) VALUES ($1, $2, $3, $4, $5)"
                         " ON CONFLICT (session, round, option) DO UPDATE SET hands = excluded.hands, at = excluded.at",
                      VALUES(sql_int(session), sql_int(x->round), sql_text(x->option), sql_int(x->hands), sql_int(x->at)),
                      NULL, f);
}

static bool hand_hands(void *self, const struct sql_value *row, uint32_t n)
{
    struct handing *h = self;
    struct row r = {row, n, 0};
    struct kept_hands x = {.round = row_count(&r)};
    x.option = row_text(&r);
    x.hands = row_count(&r);
    x.at = row_int(&r);
    return h->hands(h->self, &x);
}

bool store_hands_all(struct store *s, int64_t session, uint32_t round, store_hands_fn *fn, void *self,
                     struct store_fault *f)
{
    struct handing h = {.self = self, .hands = fn};
    return store_ask(s, "SELECT round, option, hands, at FROM hands WHERE session = $1 AND round = $2 ORDER BY option",
                     VALUES(sql_int(session), sql_int(round)), hand_hands, &h, f);
}
