/* later.c -- what changed at work is asked once, of those who were there. */
#include "cmd/later.h"

enum { OPEN_WEEKS = 8 };

static const int64_t WEEK = (int64_t)7 * 24 * 3600 * 1000;

struct finding {
    struct shelved_all *all;
    const struct shelved_scenario *scenario;
    int64_t now, session, at;  /* the first conversation that came to an end */
    bool found;
    struct home_later *v;
    uint32_t first, n;         /* of this scenario, from `first` */
};

static bool take_first(void *self, const struct kept_session *s)
{
    struct finding *f = self;
    if (s->mode == WIRE_WORKSHOP)
        return true;
    f->session = s->id;
    f->at = s->last;
    f->found = true;
    return false;
}

static bool is_open(const struct finding *f, const struct info_survey *item)
{
    int64_t from = f->at + (int64_t)item->weeks * WEEK;
    return item->when == WIRE_WEEKS && item->kind && f->now >= from && f->now < from + OPEN_WEEKS * WEEK;
}

static bool take_answer(void *self, const struct kept_answer *a)
{
    struct finding *f = self;
    uint32_t n = f->first;
    for (uint32_t i = f->first; i < f->n; i++)
        if (a->when != WIRE_WEEKS || !text_eq(f->v[i].item->id, a->item))
            f->v[n++] = f->v[i];
    f->n = n;
    return true;
}

static bool find_in(struct finding *f, struct keep *k, struct store_fault *fault)
{
    const struct client_info *info = &f->scenario->info;
    struct kept_filter firsts = {.trainee = k->trainee.id, .scenario = f->scenario->id, .state = KEPT_ENDED, .order = KEPT_OLDEST_FIRST};
    f->found = false;
    f->first = f->n;
    if (!store_sessions(k->store, &firsts, take_first, f, fault))
        return false;
    for (uint32_t i = 0; f->found && i < info->n_surveys; i++)
        if (is_open(f, &info->surveys[i]))
            f->v[f->n++] = (struct home_later){&info->surveys[i], f->session, f->at, f->scenario->title, {0}};
    struct kept_filter one = {.session = f->session};
    return f->n == f->first || store_answers(k->store, &one, take_answer, f, fault);
}

bool later_find(struct shelved_all *all, struct keep *k, int64_t now, struct home_later **v, uint32_t *n, struct store_fault *fault)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < all->n; i++)
        most += all->v[i].info.n_surveys;
    struct finding f = {.all = all, .now = now, .v = arena_array(&all->arena, struct home_later, most + 1)};
    bool ok = true;
    for (uint32_t i = 0; ok && k->store && k->trainee.id && i < all->n; i++) {
        f.scenario = &all->v[i];
        ok = !f.scenario->info.n_surveys || find_in(&f, k, fault);
    }
    *v = f.v;
    *n = f.n;
    return ok;
}
