/* next.c -- each chair gets a rank; the best three of different scenarios are proposed. */
#include "report/next.h"

enum { EVIDENCE = 10 }; /* pieces from which quality says more than their number */

struct rank {
    enum next_why why;
    int64_t by;       /* the less, the earlier, among equals */
    struct text need;
};

/* Department and role are matched loosely: what one is called in a scenario and in a company differs. */
static bool fits(const struct next_scenario *s, struct text wanted)
{
    struct buf about = {0}, word = {0};
    text_fold_apart(s->about, &about);
    text_fold_apart(wanted, &word);
    bool found = word.len && text_occurs(buf_view(&word), buf_view(&about));
    buf_done(&about);
    buf_done(&word);
    return found;
}

/* The less, the more it is needed: first whatever has too little evidence to say anything, then low quality. */
static double need_of(const struct next_need *n)
{
    double quality = n->quality < 0 ? 0 : n->quality > 1 ? 1 : n->quality;
    return n->places < EVIDENCE ? -1 + 0.5 * n->places / EVIDENCE + 0.1 * quality : quality;
}

struct text next_need_most(const struct next_wish *wish)
{
    const struct next_need *most = NULL;
    for (uint32_t i = 0; i < wish->n_needs; i++)
        if (!most || need_of(&wish->needs[i]) < need_of(most))
            most = &wish->needs[i];
    return most ? most->competency : (struct text){0};
}

static bool has_focus(const struct next_chair *c, struct text competency)
{
    for (uint32_t i = 0; i < c->n_focus; i++)
        if (competency.len && text_eq(c->focus[i], competency))
            return true;
    return false;
}

static struct rank rank_of(const struct next_scenario *s, uint32_t at, uint32_t chair, const struct next_wish *wish, struct text most)
{
    const struct next_chair *c = &s->chairs[chair];
    bool near = fits(s, wish->department) || fits(s, wish->role);
    bool other = false; /* somebody else's chair of this scenario was taken before */
    for (uint32_t i = 0; i < s->n_chairs; i++)
        other |= s->chairs[i].played;
    if (practice_is_due(&c->practice, wish->now))
        return (struct rank){NEXT_DUE, c->practice.due, {0}};
    if (c->practice.due)
        return (struct rank){NEXT_LATER, c->practice.due, {0}};
    if (c->played)
        return (struct rank){0, 0, {0}};
    int64_t by = (near ? 0 : 1000000) + (other ? 100000 : 0) + (int64_t)chair * 10000 + at; /* new people first, then the other side */
    if (has_focus(c, most))
        return (struct rank){NEXT_NEEDED, by, most};
    return (struct rank){NEXT_NEW, by, {0}};
}

static bool earlier(const struct rank *a, const struct rank *b)
{
    return a->why < b->why || (a->why == b->why && a->by < b->by);
}

static bool picked(const struct next_pick *picks, uint32_t n, uint32_t scenario)
{
    for (uint32_t i = 0; i < n; i++)
        if (picks[i].scenario == scenario)
            return true;
    return false;
}

static bool unknown(const struct next_wish *wish, struct text need)
{
    for (uint32_t i = 0; i < wish->n_needs; i++)
        if (text_eq(wish->needs[i].competency, need))
            return wish->needs[i].places < EVIDENCE;
    return false;
}

uint32_t next_pick(const struct next_scenario *v, uint32_t n, const struct next_wish *wish, struct next_pick picks[NEXT_MOST])
{
    struct text most = next_need_most(wish);
    uint32_t found = 0;
    for (; found < NEXT_MOST; found++) {
        struct rank best = {0};
        struct next_pick pick = {0};
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = 0; k < v[i].n_chairs && !picked(picks, found, i); k++) {
                struct rank r = rank_of(&v[i], i, k, wish, most);
                if (!r.why || (best.why && !earlier(&r, &best)))
                    continue;
                best = r;
                pick = (struct next_pick){r.why, i, k, r.need, unknown(wish, r.need), v[i].chairs[k].practice.how,
                                          v[i].chairs[k].practice.due};
            }
        if (!best.why)
            break;
        picks[found] = pick;
    }
    return found;
}
