/* check.c -- what needs the whole scenario: runs every part of the checker and holds what they share.
 *
 * The parts are independent and say what they find in any order; errs_sort puts it by place.  They see the model alone,
 * never the XML, so that an embedder who builds a scenario by other means gets the same verdict. */
#include "scenario/check.h"

#include <stdio.h>
#include <stdlib.h>

struct text check_words(const struct check *c, words_id id)
{
    return c->s->languages[0].v[id.i];
}

void check_say(struct check *c, enum msg code, struct range at, struct text a1, struct text a2, struct text a3)
{
    errs_add(c->es, code, scenario_span(c->s, at), a1, a2, a3);
}

void check_say_words(struct check *c, enum msg code, words_id at, struct text a1, struct text a2, struct text a3)
{
    struct range r = c->s->words_at[at.i];
    struct span span = {c->s->words_file ? c->s->words_file[at.i] : c->s->file, r.from, r.to};
    errs_add(c->es, code, span, a1, a2, a3);
}

struct text check_number(struct check *c, long number)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%ld", number);
    return text_keep(&c->scratch, text_from(digits, (size_t)n));
}

struct text check_tenths(struct check *c, long tenths)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%s%ld.%ld", tenths < 0 ? "-" : "", labs(tenths) / 10, labs(tenths) % 10);
    return text_keep(&c->scratch, text_from(digits, (size_t)n));
}

bool check_goes_on(const struct check *c, const struct option *o)
{
    if (o->next.i)
        return false;
    for (uint32_t i = 0; i < o->n_nodes; i++) {
        const struct node *n = &c->s->nodes[o->first_node + i];
        if (n->kind == NODE_DO && c->go_first[n->ref] < c->go_first[n->ref + 1])
            return false; /* whether go() is reached is for the script's author to see */
    }
    return true;
}

int check_points_of(const struct check *c, const struct option *o, comp_id comp)
{
    const struct points *p = c->s->points + o->first_points;
    for (uint32_t i = 0; i < o->n_points; i++)
        if (p[i].comp.i == comp.i)
            return p[i].points;
    return 0;
}

void scenario_check(const struct scenario *s, struct errs *es)
{
    struct check c = {.s = s, .es = es};
    check_torn(&c);
    check_code(&c);
    check_graph(&c);
    check_cycles(&c);
    check_use(&c);
    check_texts(&c);
    check_options(&c);
    check_points(&c);
    check_evidence(&c);
    arena_done(&c.scratch);
}
