/* answer.c -- playing an answer: what it does, what it shows of whoever gave it, and where it leads.
 *
 * The evidence comes last, when every script has had its say.  Of a choice that the engine made only the story counts:
 * its effects and its way on. */
#include "play/decide.h"
#include "play/feed.h"
#include "play/vote.h"

#include <stdio.h>
#include <string.h>

struct text answer_name(const struct scenario *s, option_id o, char out[OPTION_NAME])
{
    struct text d = scenario_name(s, s->decisions[s->options[o.i].decision.i].name);
    struct text name = scenario_name(s, s->options[o.i].name);
    int n = snprintf(out, OPTION_NAME, "%.*s/%.*s", (int)d.len, d.at ? d.at : "", (int)name.len, name.at ? name.at : "");
    return text_from(out, n < OPTION_NAME ? (size_t)n : OPTION_NAME - 1);
}

static void answer_values(struct step *p, const struct option *o)
{
    step_values(p, o->says);
    step_values(p, o->manner);
    step_values(p, o->reaction);
    step_values(p, o->reaction_manner);
    step_values(p, o->because);
}

static void body(struct step *p, const struct option *o)
{
    for (uint32_t i = o->first_node; i < o->first_node + o->n_nodes; i++)
        if (!p->s->nodes[i].when.i || step_holds(p, p->s->nodes[i].when))
            decide_node(p, &p->s->nodes[i]);
}

static __attribute__((noinline)) void on_choice(struct step *p, option_id o)
{
    char name[OPTION_NAME];
    step_hook(p, "on_choice", answer_name(p->s, o, name), NULL);
}

void answer_evidence(struct step *p)
{
    const struct event *e = step_head(p);
    const struct decision *d = &p->s->decisions[e->b];
    if (e->by == BY_ENGINE || (!p->scored && p->s->options[e->a].n_points == 0 && d->form != FORM_COMPOSE))
        return;
    if (d->mark && form_graded(d->form))
        feed_asked(p, NOTE_WHETHER, d->mark);
    if (e->again)
        return;
    for (uint32_t c = 1; c <= p->s->rubric.n_comps; c++) {
        int32_t points = event_evidence(p->s, step_head(p), (comp_id){c});
        if (!points)
            continue;
        step_comp_item(p, ITEM_EVIDENCE, (comp_id){c}, 0, points);
        feed_wrote(p, NOTE_SCORED, c, points);
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

bool answer_self(const struct session *se, const struct event *head)
{
    return head->by != BY_ENGINE && se->proposed && se->scenario->decisions[head->b].form == FORM_ASK;
}

struct onward answer_give(struct step *p, const struct answer *given, uint32_t node)
{
    const struct event *answer = &given->head;
    const struct option *o = &p->s->options[answer->a];
    bool person = answer->by != BY_ENGINE;
    bool graded = form_graded(p->s->decisions[answer->b].form);
    bool again = person && graded && session_met(p->se, p->st, (decision_id){answer->b});
    step_event(p, &(struct event){EV_CHOSE, answer->by, again, answer_self(p->se, answer), .a = answer->a, .b = answer->b,
                                  .ms = answer->ms});
    for (uint32_t i = 0; i < given->n_parts; i++)
        step_item(p, ITEM_TAKEN, given->parts[i], answer->by == BY_ENGINE);
    if (p->se->feed)
        feed_answered(p);
    if (given->n_tally)
        vote_record(p, given->tally, given->n_tally);
    for (uint32_t i = 0; i < given->n_parts; i++)
        step_values(p, p->s->parts[given->parts[i]].words);
    if (!p->s->plain)
        answer_values(p, o);
    p->answering = true;
    p->scored = p->sent = false;
    p->counts = person;
    body(p, o);
    if (p->s->n_scripts && p->se->scorer)
        on_choice(p, (option_id){answer->a});
    p->answering = p->counts = false;
    answer_evidence(p);
    if (person && p->s->decisions[answer->b].mark)
        feed_wrote(p, NOTE_MARKED, p->s->decisions[answer->b].mark, 1);
    if (!p->sent)
        return o->next.i ? (struct onward){.scene = o->next.i} : (struct onward){.node = node + 1};
    return answer_leads(p->s, step_head(p), node);
}
