/* check_torn.c -- what the loader could not take over, so that the checker does not blame the author twice.
 *
 * A misspelt element leaves a hole in its scene, decision or option: there, nothing is said to be missing.  A misspelt
 * next is followed to the scene that was probably meant.  All else is checked as if nothing had happened. */
#include "scenario/check.h"

#include <stdlib.h>

static unsigned torn_by(enum msg code)
{
    if (code >= MSG_ROOT_UNKNOWN && code <= MSG_MARK_NESTED)
        return TORN_ELEMENTS;
    if (code >= MSG_CODE_FOREIGN && code <= MSG_CODE_NO_STATEMENT)
        return TORN_FACTS;
    switch (code) {
    case MSG_VALUE_BOOL: /* of playable, perhaps */
    case MSG_ROLE_UNKNOWN:
        return TORN_ROLES | TORN_KEY;
    case MSG_ID_TWICE:
        return TORN_ROLES | TORN_FACTS | TORN_KEY | TORN_WAYS;
    case MSG_VALUE_NAMES:
    case MSG_FACT_ID:
    case MSG_FACT_ID_WORD:
    case MSG_FACT_UNKNOWN:
    case MSG_FACT_KIND:
    case MSG_VALUE_OF_UNKNOWN:
    case MSG_CHANGE_FACT:
    case MSG_CHANGE_HOW:
    case MSG_CHANGE_ADD:
    case MSG_CHANGE_VALUE:
    case MSG_SCRIPT_WHAT:
    case MSG_VALUE_PATH:
    case MSG_FILE_MISSING:
    case MSG_FILE_OUTSIDE:
    case MSG_FILE_KIND:
    case MSG_FILE_LARGE:
    case MSG_FILE_FAILED:
        return TORN_FACTS;
    case MSG_USE_MISSING: /* a rubric or a script */
        return TORN_FACTS | TORN_KEY;
    case MSG_MOVE_UNKNOWN:
    case MSG_COMPETENCY_UNKNOWN:
    case MSG_OPTION_POINTS:
    case MSG_OPTION_MOVE:
    case MSG_VALUE_TAG:
    case MSG_VALUE_RANGE:
    case MSG_VALUE_INT:
        return TORN_KEY;
    default:
        return 0;
    }
}

static bool among(struct text word, const char *words)
{
    struct text rest = text_of(words), one;
    while (text_word(&rest, &one))
        if (text_eq(one, word))
            return true;
    return false;
}

/* True where an element or attribute that was not understood may have been a way to a scene. */
static bool hides_way(const struct err *e)
{
    static const char *const ways = "goto option no-answer decision scene ending";
    switch (e->code) {
    case MSG_ATTR_UNKNOWN:
        return text_is(e->args[2], "next");
    case MSG_ATTR_MISSING:
        return text_is(e->args[1], "next") || text_is(e->args[1], "id");
    case MSG_ELEMENT_UNKNOWN:
        return among(e->args[2], ways);
    case MSG_ELEMENT_PLACE:
    case MSG_ELEMENT_OPEN:
    case MSG_ELEMENT_FOREIGN:
        return among(e->args[0], ways);
    default:
        return false;
    }
}

static int by_place(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return a < b ? -1 : a > b;
}

/* The scene that a next was probably meant to name: the message says it. */
static uint32_t meant(const struct scenario *s, const struct err *e)
{
    return e->code == MSG_SCENE_UNKNOWN && e->args[1].len ? scenario_scene(s, e->args[1]).i : 0;
}

void check_torn(struct check *c)
{
    const struct errs *es = c->es;
    c->torn_at = arena_array(&c->scratch, uint32_t, es->n + 1);
    c->lost = arena_array(&c->scratch, struct lost_way, es->n + 1);
    for (uint32_t i = 0; i < es->n; i++) {
        const struct err *e = &es->v[i];
        unsigned torn = torn_by(e->code);
        c->torn |= torn;
        if (e->at.file != c->s->file)
            continue;
        if (torn & TORN_ELEMENTS)
            c->torn_at[c->n_torn++] = e->at.from;
        bool lost = e->code == MSG_SCENE_UNKNOWN || e->code == MSG_SCENE_IS_DECISION;
        uint32_t to = lost ? meant(c->s, e) : 0;
        if (lost)
            c->lost[c->n_lost++] = (struct lost_way){e->at.from, to};
        if ((lost && !to) || hides_way(e))
            c->torn |= TORN_WAYS;
    }
    if (es->dropped) /* there is more, and nobody knows where */
        c->torn = TORN_ELEMENTS | TORN_ROLES | TORN_FACTS | TORN_KEY | TORN_WAYS;
    qsort(c->torn_at, c->n_torn, sizeof *c->torn_at, by_place);
    qsort(c->lost, c->n_lost, sizeof *c->lost, by_place); /* begins with its place */
}

bool torn_between(const struct check *c, uint32_t from, uint32_t to)
{
    uint32_t low = 0, high = c->n_torn;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->torn_at[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return c->es->dropped || (low < c->n_torn && c->torn_at[low] < to);
}

bool way_lost(const struct check *c, struct range at, uint32_t *to)
{
    uint32_t low = 0, high = c->n_lost;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->lost[middle].at < at.from)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < c->n_lost && c->lost[low].at < at.to;
    *to = found ? c->lost[low].to : 0;
    return found || c->es->dropped;
}

/* What belongs to something begins at its tag and ends, at the latest, where the next of its kind begins. */
static bool torn_from(const struct check *c, struct range at, struct range next)
{
    return torn_between(c, at.from, next.from > at.from ? next.from : UINT32_MAX);
}

bool torn_scene(const struct check *c, uint32_t scene)
{
    const struct scenario *s = c->s;
    return torn_from(c, s->scenes[scene].at, scene < s->n_scenes ? s->scenes[scene + 1].at : (struct range){0});
}

bool torn_decision(const struct check *c, uint32_t decision)
{
    const struct scenario *s = c->s;
    return torn_from(c, s->decisions[decision].at,
                     decision < s->n_decisions ? s->decisions[decision + 1].at : (struct range){0});
}

bool torn_option(const struct check *c, uint32_t option)
{
    const struct scenario *s = c->s;
    return torn_from(c, s->options[option].at, option < s->n_options ? s->options[option + 1].at : (struct range){0});
}
