/* check_evidence.c -- whether there is enough to grade: docs/pedagogy.md, section 4.
 *
 * A decision is evidence for a competency where its options differ in points for it.  A competency the scenario says it
 * grades needs some, and a level needs five on the way to a good ending: the least is found by a search over ways that
 * counts evidence up to five (Dial 1969, CACM 12:632, with six buckets), conditions and loops apart. */
#include "scenario/check.h"

#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_WANTED = 5, EXERCISE = 8 /* decisions; with fewer, nobody expects a level */, PLAYERS = 16 };

/* One decision's points, a row a competency; a row counts where `decision` is the one looked at. */
struct row {
    uint32_t decision, n;
    int8_t low, high;
};

struct evidence {
    struct row *rows;       /* [n_comps + 1] */
    uint32_t *total;        /* [n_comps + 1]: decisions that are evidence */
};

/* Fills the rows with D, number I; options without points for a competency are worth 0. */
static void rows_fill(const struct check *c, struct evidence *ev, uint32_t i)
{
    const struct scenario *s = c->s;
    const struct decision *d = &s->decisions[i];
    for (uint32_t k = 0; k < d->n; k++) {
        const struct option *o = &s->options[d->first + k];
        for (uint32_t p = 0; p < o->n_points; p++) {
            struct points pt = s->points[o->first_points + p];
            struct row *r = &ev->rows[pt.comp.i];
            if (r->decision != i)
                *r = (struct row){.decision = i, .low = pt.points, .high = pt.points};
            r->n++;
            r->low = pt.points < r->low ? pt.points : r->low;
            r->high = pt.points > r->high ? pt.points : r->high;
        }
    }
}

static bool row_differs(const struct row *r, uint32_t options)
{
    return r->low != r->high || (r->n < options && r->low != 0);
}

static bool is_evidence(const struct check *c, uint32_t decision, comp_id comp)
{
    const struct decision *d = &c->s->decisions[decision];
    int first = check_points_of(c, &c->s->options[d->first], comp);
    for (uint32_t k = 1; k < d->n; k++)
        if (check_points_of(c, &c->s->options[d->first + k], comp) != first)
            return true;
    return false;
}

/* Whether a place of a message shows something of COMP: what may stand there, or nothing, differs. */
static bool slot_is_evidence(const struct check *c, const struct slot *slot, comp_id comp)
{
    int low = slot->may_be_empty ? 0 : INT8_MAX, high = slot->may_be_empty ? 0 : INT8_MIN;
    for (uint32_t k = slot->first; k < slot->first + slot->n; k++) {
        int points = c->s->parts[k].comp.i == comp.i ? c->s->parts[k].points : 0;
        low = points < low ? points : low;
        high = points > high ? points : high;
    }
    return slot->n && low < high;
}

/* Pieces of evidence for COMP at one decision.  Own words are placed by whoever wrote them, so they count for no level. */
static uint32_t pieces(const struct check *c, uint32_t decision, comp_id comp)
{
    const struct decision *d = &c->s->decisions[decision];
    uint32_t n = 0;
    if (d->form == FORM_ASK)
        return 0;
    if (d->form != FORM_COMPOSE)
        return is_evidence(c, decision, comp);
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++)
        n += slot_is_evidence(c, &c->s->slots[i], comp);
    return n;
}

/* What must be talked through before a list of topics can be left. */
static uint32_t topics_pieces(const struct check *c, const struct decision *topics, role_id who, comp_id comp)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k + 1 < topics->n; k++) {
        const struct option *o = &c->s->options[topics->first + k];
        const struct scene *sc = &c->s->scenes[o->next.i];
        for (uint32_t i = sc->first_node; !o->optional && o->next.i && i < sc->first_node + sc->n_nodes; i++) {
            const struct node *no = &c->s->nodes[i];
            if (no->kind == NODE_DECISION && !no->when.i && c->s->decisions[no->ref].who.i == who.i)
                n += pieces(c, no->ref, comp);
        }
    }
    return n;
}

static void check_message(const struct check *c, struct evidence *ev, const struct decision *d)
{
    for (uint32_t comp = 1; comp <= c->s->rubric.n_comps; comp++)
        for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++)
            ev->total[comp] += slot_is_evidence(c, &c->s->slots[i], (comp_id){comp});
}

static void check_decision(struct check *c, struct evidence *ev, uint32_t i)
{
    if (c->s->decisions[i].form == FORM_COMPOSE)
        check_message(c, ev, &c->s->decisions[i]);

    const struct scenario *s = c->s;
    const struct decision *d = &s->decisions[i];
    rows_fill(c, ev, i);
    for (uint32_t k = 0; k < d->n; k++) {
        const struct option *o = &s->options[d->first + k];
        for (uint32_t p = 0; p < o->n_points; p++) {
            comp_id comp = s->points[o->first_points + p].comp;
            struct row *r = &ev->rows[comp.i];
            if (r->decision != i) /* this row was dealt with */
                continue;
            if (row_differs(r, d->n))
                ev->total[comp.i]++;
            else if (r->low != 0 && d->n > 1)
                check_say(c, MSG_OPTIONS_SAME, d->at, scenario_name(s, s->rubric.comps[comp.i].name),
                          check_number(c, r->low), (struct text){0});
            r->decision = 0;
        }
    }
}

/* ---- the way with the least evidence ---- */

/* A search from scene 1; a scene's best distance so far, and six lists of scenes to look at, one a distance. */
struct search {
    uint8_t *least;                               /* [n_scenes + 1]; EVIDENCE_WANTED: enough, or not reached */
    uint32_t *next[EVIDENCE_WANTED], head[EVIDENCE_WANTED];
};

static void search_reach(struct search *se, uint32_t scene, uint32_t distance)
{
    if (!scene || distance >= se->least[scene])
        return;
    se->least[scene] = (uint8_t)distance;
    se->next[distance][scene] = se->head[distance];
    se->head[distance] = scene;
}

/* Goes through scene SC, reached with DISTANCE pieces of evidence. */
static void search_scene(const struct check *c, struct search *se, const struct scene *sc, uint32_t distance, role_id who,
                         comp_id comp)
{
    for (uint32_t i = 0; i < sc->n_nodes && distance < EVIDENCE_WANTED; i++) {
        const struct node *n = &c->s->nodes[sc->first_node + i];
        if (n->kind == NODE_GOTO)
            search_reach(se, n->ref, distance);
        if (n->kind != NODE_DECISION)
            continue;
        const struct decision *d = &c->s->decisions[n->ref];
        uint32_t after = distance + (d->who.i == who.i ? pieces(c, n->ref, comp) : 0);
        uint32_t leave = d->form == FORM_TOPICS ? distance + topics_pieces(c, d, who, comp) : after;
        for (uint32_t k = 0; k < d->n; k++)
            search_reach(se, c->s->options[d->first + k].next.i, k + 1 == d->n ? leave : after);
        if (d->no_answer.i)
            search_reach(se, c->s->options[d->no_answer.i].next.i, after);
        if (!n->when.i)
            distance = after;
    }
}

/* The least evidence for COMP that WHO gives on a way to an agreed ending, up to EVIDENCE_WANTED. */
static uint32_t least_evidence(struct check *c, role_id who, comp_id comp)
{
    const struct scenario *s = c->s;
    struct arena a = {0};
    struct search se = {.least = arena_array(&a, uint8_t, s->n_scenes + 1)};
    memset(se.least, EVIDENCE_WANTED, s->n_scenes + 1);
    for (uint32_t d = 0; d < EVIDENCE_WANTED; d++)
        se.next[d] = arena_array(&a, uint32_t, s->n_scenes + 1);
    search_reach(&se, 1, 0);
    uint32_t least = EVIDENCE_WANTED;
    for (uint32_t d = 0; d < EVIDENCE_WANTED && least == EVIDENCE_WANTED; d++)
        while (se.head[d]) {
            uint32_t i = se.head[d];
            se.head[d] = se.next[d][i];
            if (se.least[i] != d)
                continue;
            if (s->scenes[i].outcome == OUTCOME_AGREED)
                least = d;
            search_scene(c, &se, &s->scenes[i], d, who, comp);
        }
    arena_done(&a);
    return least;
}

static void check_ways(struct check *c, comp_id comp)
{
    const struct scenario *s = c->s;
    uint32_t *decisions = arena_array(&c->scratch, uint32_t, s->n_roles + 1);
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        decisions[s->decisions[i].who.i]++;
    for (uint32_t r = 1; r <= s->n_roles && r <= PLAYERS; r++) {
        if (!s->roles[r].playable || decisions[r] < EXERCISE)
            continue;
        uint32_t least = least_evidence(c, (role_id){r}, comp);
        if (least < EVIDENCE_WANTED)
            check_say_words(c, MSG_FOCUS_THIN, s->title, scenario_name(s, s->rubric.comps[comp.i].name),
                            check_number(c, least), scenario_name(s, s->roles[r].name));
    }
}

void check_evidence(struct check *c)
{
    const struct scenario *s = c->s;
    struct evidence ev = {arena_array(&c->scratch, struct row, s->rubric.n_comps + 1),
                          arena_array(&c->scratch, uint32_t, s->rubric.n_comps + 1)};
    if (c->torn & (TORN_ELEMENTS | TORN_KEY | TORN_ROLES))
        return;
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        if (check_asks(c, &s->decisions[i]))
            check_decision(c, &ev, i);
    bool played = false;
    for (uint32_t r = 1; r <= s->n_roles; r++)
        played |= s->roles[r].playable;
    for (uint32_t i = 0; i < s->n_focus && played; i++) {
        comp_id comp = s->focus[i];
        if (!comp.i || c->comp_scored[comp.i])
            continue; /* what scripts give is not known here */
        if (!ev.total[comp.i])
            check_say_words(c, MSG_FOCUS_NO_EVIDENCE, s->title, scenario_name(s, s->rubric.comps[comp.i].name),
                            (struct text){0}, (struct text){0});
        else
            check_ways(c, comp);
    }
}
