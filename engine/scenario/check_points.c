/* check_points.c -- the key, its raters, and the modes of conflict: docs/pedagogy.md, sections 2.3 and 4.
 *
 * The key of an option is the median of what people who know the work gave it on their own.  A conflict mode is never
 * good or bad by itself: the decision says its circumstances, the writer says whether the mode is apt, and where that
 * goes against the rubric's table the reason must be written down. */
#include "scenario/check.h"

enum { SPREAD_MAX = 2, RATINGS_READ = 64 };

/* ---- raters ---- */

static void check_ratings(struct check *c, const struct option *o)
{
    const struct scenario *s = c->s;
    if (!o->n_ratings || !o->n_moves)
        return;
    uint32_t n = o->n_ratings < RATINGS_READ ? o->n_ratings : RATINGS_READ, count[POINTS_MAX - POINTS_MIN + 1] = {0};
    int low = POINTS_MAX, high = POINTS_MIN;
    for (uint32_t i = 0; i < n; i++) {
        int p = s->ratings[o->first_rating + i].points;
        if (p < POINTS_MIN || p > POINTS_MAX)
            return; /* has been said */
        low = p < low ? p : low;
        high = p > high ? p : high;
        count[p - POINTS_MIN]++;
    }
    int middle[2]; /* the two in the middle; the same where there is one */
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t wanted = (n + 1 + k) / 2, below = 0;
        int p = POINTS_MIN;
        while ((below += count[p - POINTS_MIN]) < wanted)
            p++;
        middle[k] = p;
    }
    int key = check_points_of(c, o, s->rubric.moves[s->option_moves[o->first_move].i].comp);
    if (high - low > SPREAD_MAX)
        check_say(c, MSG_RATINGS_SPREAD, o->at, check_number(c, low), check_number(c, high), (struct text){0});
    else if (key < middle[0] || key > middle[1])
        check_say(c, MSG_KEY_NOT_MEDIAN, o->at, check_tenths(c, (middle[0] + middle[1]) * 5), check_number(c, key),
                  (struct text){0});
}

/* ---- conflict modes ---- */

static const struct move *mode_of(const struct check *c, const struct option *o)
{
    for (uint32_t i = 0; i < o->n_moves; i++) {
        const struct move *m = &c->s->rubric.moves[c->s->option_moves[o->first_move + i].i];
        if (m->mode)
            return m;
    }
    return NULL;
}

/* The words of the circumstances in SET. */
static struct text circumstances(struct check *c, uint32_t set)
{
    static const char *const names[CIRCUMSTANCES] = {"urgent", "mine", "theirs", "heated", "lasting"};
    struct buf b = {0};
    for (uint32_t i = 0; i < CIRCUMSTANCES; i++)
        if (set >> i & 1) {
            buf_str(&b, b.len ? " " : "");
            buf_str(&b, names[i]);
        }
    struct text t = text_keep(&c->scratch, buf_view(&b));
    buf_done(&b);
    return t;
}

static void check_apt(struct check *c, const struct decision *d, const struct option *o, const struct move *m)
{
    struct text name = scenario_name(c->s, m->name), none = {0};
    if (o->apt == APT_UNSET) {
        check_say(c, MSG_APT_UNSET, o->at, name, none, none);
        return;
    }
    uint32_t apt = m->apt & d->circ, costly = m->costly & d->circ;
    uint32_t against = o->apt == APT_YES ? (apt ? 0 : costly) : (costly ? 0 : apt);
    if (against && !o->because.i && !torn_option(c, (uint32_t)(o - c->s->options)))
        check_say(c, o->apt == APT_YES ? MSG_APT_AGAINST : MSG_UNAPT_AGAINST, o->at, name, circumstances(c, against), none);
}

static void check_modes(struct check *c, const struct decision *d)
{
    bool declared = d->circ, told = false;
    for (uint32_t i = 0; i < CIRCUMSTANCES; i++)
        declared |= d->circ_when[i].i != 0;
    for (uint32_t i = 0; i < d->n; i++) {
        const struct option *o = &c->s->options[d->first + i];
        const struct move *m = mode_of(c, o);
        if (!m)
            continue;
        if (!declared && !told)
            check_say(c, MSG_CIRCUMSTANCES_MISSING, d->at, scenario_name(c->s, m->name), (struct text){0}, (struct text){0});
        told = true;
        if (declared)
            check_apt(c, d, o, m);
    }
}

void check_points(struct check *c)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_decisions; i++) {
        const struct decision *d = &s->decisions[i];
        if (check_asks(c, d))
            check_modes(c, d);
        for (uint32_t k = 0; k < d->n; k++)
            check_ratings(c, &s->options[d->first + k]);
    }
}
