/* check_use.c -- what is declared and never used, and decisions that may have nobody or nothing to answer with.
 *
 * A forgotten fact is most often a misunderstanding: a gauge that is moved and never asked about changes nothing for
 * the trainee.  All notes but those that leave a player with nothing to do. */
#include "scenario/check.h"

#include <string.h>

#include "scenario/mark.h"

/* Marks the facts and settings whose values stand in texts. */
static void values_in_texts(struct check *c, bool *setting_used)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_words; i++) {
        struct text t = check_words(c, (words_id){i});
        if (!t.len || !memchr(t.at, MARK_VALUE, t.len))
            continue;
        for (struct run r; mark_next(&t, &r);)
            if (r.mark == MARK_VALUE)
                (r.fact ? c->fact_read : setting_used)[r.ref] = true;
    }
}

static void check_facts(struct check *c)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_nodes; i++)
        if (s->nodes[i].kind == NODE_CHANGE)
            c->fact_changed[s->nodes[i].ref] = true;
    for (uint32_t f = 1; f <= s->n_facts; f++) {
        struct text name = scenario_name(s, s->facts[f].name);
        if (!c->fact_read[f] && s->facts[f].shown == SHOWN_NEVER)
            check_say(c, MSG_FACT_UNREAD, s->facts[f].at, name, (struct text){0}, (struct text){0});
        if (!c->fact_changed[f])
            check_say(c, MSG_FACT_UNCHANGED, s->facts[f].at, name, (struct text){0}, (struct text){0});
    }
}

static void check_roles(struct check *c)
{
    const struct scenario *s = c->s;
    bool *speaks = arena_array(&c->scratch, bool, s->n_roles + 1), *decides = arena_array(&c->scratch, bool, s->n_roles + 1);
    for (uint32_t i = 1; i <= s->n_nodes; i++)
        speaks[s->nodes[i].who.i] = true;
    for (uint32_t i = 1; i <= s->n_options; i++)
        speaks[s->options[i].reactor.i] |= s->options[i].has_reaction;
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        decides[s->decisions[i].who.i] = true;
    uint32_t playable = 0;
    for (uint32_t r = 1; r <= s->n_roles; r++) {
        struct text name = scenario_name(s, s->roles[r].name);
        playable += s->roles[r].playable;
        if (s->roles[r].playable && !decides[r])
            check_say(c, MSG_ROLE_NEVER_ASKED, s->roles[r].at, name, (struct text){0}, (struct text){0});
        else if (!speaks[r] && !decides[r])
            check_say(c, MSG_ROLE_SILENT, s->roles[r].at, name, (struct text){0}, (struct text){0});
    }
    if (s->n_roles && !playable)
        check_say(c, MSG_ROLE_NONE_PLAYABLE, s->roles[1].at, scenario_name(s, s->roles[1].name), (struct text){0},
                  (struct text){0});
}

/* Whether every option may be missing, and whether the engine could answer. */
static void check_decision(struct check *c, const struct decision *d, bool alone)
{
    const struct scenario *s = c->s;
    bool open = false, weight = false, once = true;
    for (uint32_t i = 0; i < d->n; i++) {
        const struct option *o = &s->options[d->first + i];
        /* `once` takes an option away only where the decision can be met again */
        open |= !o->when.i && !(o->once && d->mark);
        once &= !o->when.i;
        weight |= o->weight > 0;
    }
    struct text none = {0};
    if (d->n && !open && d->form != FORM_TOPICS)
        check_say(c, once ? MSG_OPTIONS_USED_UP : MSG_OPTIONS_CONDITIONAL, d->at, none, none, none);
    if (d->n && !weight && !c->picks && (!check_asks(c, d) || !alone))
        check_say(c, MSG_WEIGHTS_ZERO, d->at, scenario_name(s, s->roles[d->who.i].name), none, none);
}

void check_use(struct check *c)
{
    const struct scenario *s = c->s;
    bool *setting_used = arena_array(&c->scratch, bool, s->n_settings + 1);
    bool facts = !(c->torn & (TORN_ELEMENTS | TORN_FACTS));
    values_in_texts(c, setting_used);
    if (facts)
        check_facts(c);
    if (!(c->torn & (TORN_ELEMENTS | TORN_ROLES)))
        check_roles(c);
    struct text none = {0};
    for (uint32_t i = 1; i <= s->n_settings && facts; i++)
        if (!setting_used[i])
            check_say_words(c, MSG_SETTING_UNUSED, s->settings[i].is, scenario_name(s, s->settings[i].name), none, none);
    uint32_t playable = 0;
    for (uint32_t r = 1; r <= s->n_roles; r++)
        playable += s->roles[r].playable;
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        check_decision(c, &s->decisions[i], playable == 1);
}
