/* focus.c -- which competencies are graded in which chair.
 *
 * A focus without a role holds in every chair: who complains and who answers may practise different things, and most
 * scenarios have one list for both.  A grade over more than three says nothing, and a chair without any is no exercise. */
#include "scenario/build.h"

#include <stdio.h>

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2)
{
    errs_add(b->es, code, at, a1, a2, (struct text){0});
}

static comp_id comp_ref(struct builder *b, uint32_t e)
{
    struct text name = attr_text(&b->doc, e, "competency");
    uint32_t comp = map_find(&b->comps, name);
    if (!comp && name.len && b->comps.n)
        report_unknown(b, MSG_COMPETENCY_UNKNOWN, attr_span(&b->doc, e, "competency"), name, &b->comps);
    return (comp_id){comp};
}

/* Element E puts COMP into the chair of ROLE.  False after a report. */
static bool focus_put(struct builder *b, uint32_t e, comp_id comp, struct role *r)
{
    struct range at = element_range(&b->doc, e);
    for (uint32_t i = 0; i < r->n_focus; i++) {
        if (r->focus[i].comp.i != comp.i)
            continue;
        char line[16];
        struct span first = {b->s->file, r->focus[i].at.from, r->focus[i].at.to};
        snprintf(line, sizeof line, "%u", source_where(b->sources, first).line);
        report(b, MSG_FOCUS_TWICE, element_span(&b->doc, e), attr_text(&b->doc, e, "competency"), text_of(line));
        return false;
    }
    if (r->n_focus == FOCUS_MOST) {
        report(b, MSG_FOCUS_MANY, element_span(&b->doc, e), scenario_name(b->s, r->name), (struct text){0});
        return false;
    }
    r->focus[r->n_focus++] = (struct focus){comp, at};
    return true;
}

static void focus_take(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    comp_id comp = comp_ref(b, e);
    role_id only = build_role_ref(b, e, "role");
    bool named = attr_text(&b->doc, e, "role").len > 0;
    if (only.i && !s->roles[only.i].playable)
        report(b, MSG_FOCUS_ROLE, attr_span(&b->doc, e, "role"), attr_text(&b->doc, e, "role"), (struct text){0});
    bool good = comp.i && (only.i || !named);
    for (uint32_t r = 1; r <= s->n_roles && good; r++)
        if (s->roles[r].playable && (!named || r == only.i))
            good = focus_put(b, e, comp, &s->roles[r]);
}

void focus_fill(struct builder *b)
{
    struct scenario *s = b->s;
    uint32_t info = child_of(&b->doc, 1, EL_INFO), problems = b->es->n;
    uint32_t first = info ? child_of(&b->doc, info, EL_FOCUS) : 0;
    for (uint32_t e = first; e; e = next_of(&b->doc, e))
        focus_take(b, e);
    for (uint32_t r = 1; r <= s->n_roles && first && b->es->n == problems && b->comps.n; r++)
        if (s->roles[r].playable && !s->roles[r].n_focus)
            errs_add(b->es, MSG_FOCUS_NONE, scenario_span(s, s->roles[r].at), scenario_name(s, s->roles[r].name),
                     (struct text){0}, (struct text){0});
}
