/* practice.c -- the plan of one chair, folded over the conversations in it. */
#include "report/practice.h"

#include "base/arena.h"

#include <stdlib.h>

enum { HOUR = 3600 * 1000 };

static const int DAYS[PRACTICE_STEPS] = {1, 3, 7, 16, 35};

/* The decisions that are to go well. */
struct weak {
    struct text *v;
    uint32_t n, cap;
};

static bool weak_has(const struct weak *w, struct text decision)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (text_eq(w->v[i], decision))
            return true;
    return false;
}

static void weak_add(struct weak *w, struct text decision)
{
    if (weak_has(w, decision))
        return;
    array_room(w->v, w->n, w->cap);
    w->v[w->n++] = decision;
}

static int64_t due_after(int64_t at, uint32_t step)
{
    return at + (int64_t)DAYS[step] * 24 * HOUR;
}

static void begin_again(struct practice *p, int64_t at)
{
    p->step = 0;
    p->due = due_after(at, 0);
}

/* It went well: the next interval, or it is done.  What comes long before its time shows nothing of what is kept. */
static void go_on(struct practice *p, struct weak *w, int64_t at)
{
    if (!practice_is_due(p, at))
        return;
    if (++p->step < PRACTICE_STEPS) {
        p->due = due_after(at, p->step);
        return;
    }
    *p = (struct practice){0};
    w->n = 0;
}

/* A conversation in the chair itself. */
static void take_own(struct practice *p, struct weak *w, const struct practised *s)
{
    bool met = false, wrong = false;
    for (uint32_t i = 0; i < s->n; i++) {
        met |= weak_has(w, s->v[i].decision);
        wrong |= s->v[i].weak;
    }
    for (uint32_t i = 0; i < s->n; i++)
        if (s->v[i].weak)
            weak_add(w, s->v[i].decision);
    if (wrong)
        begin_again(p, s->at);
    else if (met && p->due)
        go_on(p, w, s->at);
}

static enum practice_how how_of(uint32_t step, uint32_t chairs)
{
    return step % 2 && chairs > 1 ? PRACTICE_OTHER_CHAIR : PRACTICE_OWN_WORDS;
}

struct practice practice_plan(const struct practised *v, uint32_t n, struct text role, uint32_t chairs)
{
    struct practice p = {0};
    struct weak w = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (text_eq(v[i].role, role))
            take_own(&p, &w, &v[i]);
        else if (p.due && v[i].ended && how_of(p.step, chairs) == PRACTICE_OTHER_CHAIR)
            go_on(&p, &w, v[i].at);
    }
    p.weak = w.n;
    p.how = p.due ? how_of(p.step, chairs) : 0;
    free(w.v);
    return p;
}

bool practice_is_due(const struct practice *p, int64_t now)
{
    return p->due && now >= p->due - (int64_t)PRACTICE_EARLY_HOURS * HOUR;
}
