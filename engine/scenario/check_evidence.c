/* check_evidence.c -- whether there is enough to grade: docs/pedagogy.md, section 5.
 *
 * A decision is evidence for a competency where its options differ in points for it.  What is graded in a chair needs some,
 * and five pieces on every way to a good ending.  How few a play may come by, conditions decide, which is for
 * exploring to find out; here only ways are looked at that stand open whatever happened before, so that what is said is
 * true.  The least on such a way is found by a search that counts up to five (Dial 1969, CACM 12:632). */
#include "scenario/check.h"

#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_WANTED = 5, PLAYERS = 16 };

/* One decision's points, a row a competency; a row counts where `decision` is the one looked at. */
struct row {
    uint32_t decision, n;
    int8_t low, high;
};

/* Fills the rows with D, number I; options without points for a competency are worth 0. */
static void rows_fill(const struct check *c, struct row *rows, uint32_t i)
{
    const struct scenario *s = c->s;
    const struct decision *d = &s->decisions[i];
    for (uint32_t k = 0; k < d->n; k++) {
        const struct option *o = &s->options[d->first + k];
        for (uint32_t p = 0; p < o->n_points; p++) {
            struct points pt = s->points[o->first_points + p];
            struct row *r = &rows[pt.comp.i];
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

/* Points that every option gives alike show nothing. */
static void check_decision(struct check *c, struct row *rows, uint32_t i)
{
    const struct scenario *s = c->s;
    const struct decision *d = &s->decisions[i];
    rows_fill(c, rows, i);
    for (uint32_t k = 0; k < d->n; k++) {
        const struct option *o = &s->options[d->first + k];
        for (uint32_t p = 0; p < o->n_points; p++) {
            comp_id comp = s->points[o->first_points + p].comp;
            struct row *r = &rows[comp.i];
            if (r->decision != i) /* this row was dealt with */
                continue;
            if (!row_differs(r, d->n) && r->low != 0 && d->n > 1)
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

/* Whether option O of D stands open whatever happened before. */
static bool stays_open(const struct check *c, const struct decision *d, const struct option *o, role_id who)
{
    return !o->when.i && (d->who.i == who.i || (!c->picks && o->weight > 0));
}

/* Goes to the scenes that answers to D lead to, with DISTANCE pieces then.  True where the scene goes on after it, and
 * nothing but this decision had a say in that. */
static bool search_decision(const struct check *c, struct search *se, const struct node *n, uint32_t distance, role_id who)
{
    const struct decision *d = &c->s->decisions[n->ref];
    bool all_go_on = true, one_goes_on = false;
    if (d->form == FORM_TOPICS)
        return false;
    for (uint32_t k = 0; k < d->n; k++) {
        const struct option *o = &c->s->options[d->first + k];
        bool open = !n->when.i && stays_open(c, d, o, who);
        all_go_on &= check_goes_on(c, o);
        one_goes_on |= open && check_goes_on(c, o);
        if (open && o->next.i)
            search_reach(se, o->next.i, distance);
    }
    if (d->otherwise.i && d->who.i == who.i) { /* own words that fit nothing are always possible */
        const struct option *o = &c->s->options[d->otherwise.i];
        bool goes_on = check_goes_on(c, o);
        all_go_on &= goes_on;
        one_goes_on |= !n->when.i && goes_on;
        if (!n->when.i)
            search_reach(se, o->next.i, distance);
    }
    return one_goes_on || all_go_on;
}

/* Goes through scene SC, reached with DISTANCE pieces of evidence. */
static void search_scene(const struct check *c, struct search *se, const struct scene *sc, uint32_t distance, role_id who,
                         comp_id comp)
{
    for (uint32_t i = 0; i < sc->n_nodes && distance < EVIDENCE_WANTED; i++) {
        const struct node *n = &c->s->nodes[sc->first_node + i];
        if (n->kind == NODE_GOTO) {
            if (!n->when.i)
                search_reach(se, n->ref, distance);
            return;
        }
        if (n->kind != NODE_DECISION)
            continue;
        distance += c->s->decisions[n->ref].who.i == who.i ? pieces(c, n->ref, comp) : 0;
        if (!search_decision(c, se, n, distance, who))
            return;
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

static bool any_evidence(const struct check *c, role_id who, comp_id comp)
{
    for (uint32_t i = 1; i <= c->s->n_decisions; i++)
        if (c->s->decisions[i].who.i == who.i && pieces(c, i, comp))
            return true;
    return false;
}

/* What is graded in the chair of WHO. */
static void check_chair(struct check *c, role_id who)
{
    const struct scenario *s = c->s;
    const struct role *r = &s->roles[who.i];
    for (uint32_t i = 0; i < r->n_focus; i++) {
        comp_id comp = r->focus[i].comp;
        struct text name = scenario_name(s, s->rubric.comps[comp.i].name), chair = scenario_name(s, r->name);
        if (c->comp_scored[comp.i])
            continue; /* what scripts give is not known here */
        if (!any_evidence(c, who, comp)) {
            check_say(c, MSG_FOCUS_NO_EVIDENCE, r->focus[i].at, name, chair, (struct text){0});
            continue;
        }
        bool known = scenario_is_exercise(s, who) && !c->n_script_go;
        uint32_t least = known ? least_evidence(c, who, comp) : EVIDENCE_WANTED;
        if (least < EVIDENCE_WANTED)
            check_say(c, MSG_FOCUS_THIN, r->focus[i].at, name, check_number(c, least), chair);
    }
}

void check_evidence(struct check *c)
{
    const struct scenario *s = c->s;
    if (c->torn & (TORN_ELEMENTS | TORN_KEY | TORN_ROLES))
        return;
    struct row *rows = arena_array(&c->scratch, struct row, s->rubric.n_comps + 1);
    bool *decides = arena_array(&c->scratch, bool, s->n_roles + 1);
    for (uint32_t i = 1; i <= s->n_decisions; i++) {
        decides[s->decisions[i].who.i] = true;
        if (check_asks(c, &s->decisions[i]))
            check_decision(c, rows, i);
    }
    for (uint32_t r = 1; r <= s->n_roles && r <= PLAYERS; r++)
        if (s->roles[r].playable && decides[r])
            check_chair(c, (role_id){r});
}
