/* answer.c -- playing an answer: what it does, what it shows of whoever gave it, and where it leads.
 *
 * The evidence comes last, when every script has had its say.  Of a choice that the engine made only the story counts:
 * its effects and its way on. */
#include "play/decide.h"

#include <stdio.h>
#include <string.h>

struct text answer_name(const struct scenario *s, option_id o, char out[OPTION_NAME])
{
    struct text d = scenario_name(s, s->decisions[s->options[o.i].decision.i].name);
    struct text name = scenario_name(s, s->options[o.i].name);
    int n = snprintf(out, OPTION_NAME, "%.*s/%.*s", (int)d.len, d.at ? d.at : "", (int)name.len, name.at ? name.at : "");
    return text_from(out, n < OPTION_NAME ? (size_t)n : OPTION_NAME - 1);
}

static void body(struct step *p, const struct option *o)
{
    for (uint32_t i = o->first_node; i < o->first_node + o->n_nodes; i++)
        if (step_holds(p, p->s->nodes[i].when))
            decide_node(p, &p->s->nodes[i]);
}

static void on_choice(struct step *p, option_id o)
{
    char name[OPTION_NAME];
    if (p->s->n_scripts && p->se->scorer)
        step_hook(p, "on_choice", answer_name(p->s, o, name), NULL);
}

void answer_evidence(struct step *p)
{
    if (step_head(p)->again || step_head(p)->by == BY_ENGINE)
        return;
    for (uint32_t c = 1; c <= p->s->rubric.n_comps; c++) {
        int32_t points = event_evidence(p->s, step_head(p), (comp_id){c});
        if (points)
            step_comp_item(p, ITEM_EVIDENCE, (comp_id){c}, 0, points);
    }
}

struct onward answer_leads(const struct scenario *s, const struct event *e, uint32_t node)
{
    const struct option *o = &s->options[e->a];
    const struct item *items = event_items(e);
    for (uint32_t i = e->n; i > 0; i--)
        if (items[i - 1].kind == ITEM_GO)
            return (struct onward){.scene = items[i - 1].ref};
    return o->next.i ? (struct onward){.scene = o->next.i} : (struct onward){.node = node + 1};
}

struct onward answer_play(struct step *p, struct event head, uint32_t node, const struct item *tally, uint32_t n_tally)
{
    const struct option *o = &p->s->options[head.a];
    head.again = head.by != BY_ENGINE && session_met(p->se, p->st, (decision_id){head.b});
    step_event(p, &head);
    for (uint32_t i = 0; i < n_tally; i++)
        step_item(p, ITEM_TALLY, tally[i].ref, tally[i].value);
    step_values(p, o->says);
    step_values(p, o->manner);
    step_values(p, o->reaction);
    step_values(p, o->reaction_manner);
    step_values(p, o->because);
    p->answering = true;
    p->counts = head.by != BY_ENGINE;
    body(p, o);
    on_choice(p, (option_id){head.a});
    p->answering = p->counts = false;
    answer_evidence(p);
    return answer_leads(p->s, step_head(p), node);
}
