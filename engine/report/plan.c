/* plan.c -- the way with the most to do, cut to the minutes there are.
 *
 * A scene is entered once on a way: what goes in circles is planned for one round.  Where a script sends the play elsewhere
 * nobody can know; the next plan does. */
#include "report/plan.h"

#include <stdlib.h>
#include <string.h>

enum { LOBBY = 2, WARM_UP = 2, FRAME = 2, LESSON = 2, BRIEF = 2, ENDING = 1, GO_BACK = 6, DEBRIEF = 8, TAKE_HOME = 2 };
enum { GO_BACK_FROM = 40, DEBRIEF_LEAST = 5 }; /* minutes */

/* ---- one decision ---- */

unsigned plan_minutes(const struct outline_node *d, enum wire_room room)
{
    if (d->form == WIRE_FORM_DISCUSS)
        return (d->seconds + 59) / 60 + 2;
    if (room == WIRE_ROOM_TOLD)
        return d->form == WIRE_FORM_COMPOSE ? 2 : 1;
    if (d->form == WIRE_FORM_COMPOSE)
        return room == WIRE_ROOM_FULL ? 7 : 4;
    if (d->form == WIRE_FORM_RECALL || d->form == WIRE_FORM_TOPICS)
        return 2;
    return room == WIRE_ROOM_FULL ? 7 : 3;
}

enum wire_room plan_wish(const struct outline_node *d, const struct plan_wants *w)
{
    for (uint32_t i = 0; i < w->n_own; i++)
        if (text_eq(w->own[i].decision, d->id))
            return w->own[i].room;
    return d->room ? d->room : WIRE_ROOM_QUICK;
}

static bool is_own(const struct outline_node *d, const struct plan_wants *w)
{
    for (uint32_t i = 0; i < w->n_own; i++)
        if (text_eq(w->own[i].decision, d->id))
            return true;
    return false;
}

const struct outline_node *plan_find(const struct client_outline *o, struct text id, const struct outline_scene **scene)
{
    for (uint32_t i = 0; i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++)
            if (o->scenes[i].nodes[k].kind == WIRE_NODE_DECISION && text_eq(o->scenes[i].nodes[k].id, id)) {
                *scene = &o->scenes[i];
                return &o->scenes[i].nodes[k];
            }
    return NULL;
}

/* ---- the way with the most to do ---- */

struct way {
    unsigned worth;          /* minutes as wished, of what lies ahead */
    bool known, open;        /* open: being looked at, so that coming here again is a circle */
    uint32_t next;           /* scene + 1 that it goes on with; 0: it ends */
    uint32_t asked;          /* decisions of this scene on the way before it is left: the nodes up to this one */
};

struct looking {
    const struct plan_wants *w;
    struct way *ways;
    uint32_t deep;
};
enum { DEEP_MOST = 2000 };   /* scenes one behind the other: no room plays more */

static bool is_asked(const struct looking *l, const struct outline_node *n)
{
    return n->kind == WIRE_NODE_DECISION && (n->form == WIRE_FORM_DISCUSS || !n->who.len || text_eq(n->who, l->w->role));
}

static uint32_t scene_of(const struct client_outline *o, struct text id)
{
    for (uint32_t i = 0; i < o->n_scenes; i++)
        if (text_eq(o->scenes[i].id, id))
            return i;
    return o->n_scenes;
}

static unsigned look(struct looking *l, uint32_t scene, uint32_t from, struct way *out);

static unsigned ahead(struct looking *l, uint32_t scene)
{
    struct way *w = &l->ways[scene];
    if (w->known || w->open || l->deep == DEEP_MOST)
        return w->known ? w->worth : 0;
    w->open = true;
    l->deep++;
    look(l, scene, 0, w);
    l->deep--;
    w->open = false;
    w->known = true;
    return w->worth;
}

/* Takes the way on to SCENE, behind WORTH minutes of this one up to node AT, where it is the longest so far. */
static void offer(struct looking *l, struct way *best, struct text next, unsigned worth, uint32_t at)
{
    uint32_t scene = next.len ? scene_of(l->w->outline, next) : l->w->outline->n_scenes;
    bool known = scene < l->w->outline->n_scenes;
    unsigned all = worth + (known ? ahead(l, scene) : 0);
    if (all < best->worth || (all == best->worth && best->asked))
        return;
    best->worth = all;
    best->next = known ? scene + 1 : 0;
    best->asked = at;
}

/* From node FROM of SCENE on. */
static unsigned look(struct looking *l, uint32_t scene, uint32_t from, struct way *out)
{
    const struct outline_scene *sc = &l->w->outline->scenes[scene];
    unsigned worth = 0;
    bool goes_on = true;
    struct way best = {0};
    for (uint32_t i = from; i < sc->n_nodes && goes_on; i++) {
        const struct outline_node *n = &sc->nodes[i];
        if (is_asked(l, n))
            worth += plan_minutes(n, plan_wish(n, l->w));
        if (n->kind == WIRE_NODE_GOTO) {
            offer(l, &best, n->next, worth, i + 1);
            goes_on = n->when.len > 0;
        }
        bool onward = n->kind != WIRE_NODE_DECISION || n->when.len > 0;
        for (uint32_t k = 0; n->kind == WIRE_NODE_DECISION && k < n->n_options; k++) {
            if (n->options[k].next.len)
                offer(l, &best, n->options[k].next, worth, i + 1);
            onward |= !n->options[k].next.len;
        }
        goes_on &= onward;
    }
    if (goes_on)
        offer(l, &best, (struct text){0}, worth, sc->n_nodes);
    out->worth = best.worth;
    out->next = best.next;
    out->asked = best.asked;
    return out->worth;
}

/* ---- steps ---- */

static struct plan_step *add(struct plan *p, enum plan_kind kind, unsigned minutes)
{
    array_room(p->v, p->n, p->cap);
    p->v[p->n] = (struct plan_step){.kind = kind, .minutes = minutes};
    p->minutes += minutes;
    return &p->v[p->n++];
}

static void add_scene(struct plan *p, const struct looking *l, uint32_t scene, uint32_t from, uint32_t to)
{
    const struct outline_scene *sc = &l->w->outline->scenes[scene];
    for (uint32_t i = from; i < to && i < sc->n_nodes; i++) {
        const struct outline_node *n = &sc->nodes[i];
        if (!is_asked(l, n))
            continue;
        enum wire_room room = plan_wish(n, l->w);
        struct plan_step *s = add(p, PLAN_DECISION, plan_minutes(n, room));
        s->scene = sc;
        s->decision = n;
        s->room = room;
    }
}

/* The decisions on the way that begins at node FROM of SCENE. */
static void add_way(struct plan *p, struct looking *l, uint32_t scene, uint32_t from)
{
    uint32_t n = l->w->outline->n_scenes;
    struct way first = {0};
    l->ways[scene].open = true; /* it is not come to again */
    look(l, scene, from, &first);
    add_scene(p, l, scene, from, first.asked);
    bool *been = mem_new(n + 1);
    memset(been, 0, n + 1);
    been[scene] = true;
    for (uint32_t next = first.next; next && !been[next - 1]; next = l->ways[next - 1].next) {
        been[next - 1] = true;
        add_scene(p, l, next - 1, 0, l->ways[next - 1].asked);
    }
    free(been);
}

static void add_opening(struct plan *p, const struct plan_wants *w)
{
    add(p, PLAN_LOBBY, LOBBY);
    add(p, PLAN_WARM_UP, WARM_UP);
    add(p, PLAN_FRAME, FRAME);
    if (w->lesson)
        add(p, PLAN_LESSON, LESSON);
    add(p, PLAN_BRIEF, BRIEF);
}

/* A room that has little time goes back to no turning point, and looks back for a shorter while. */
static void add_closing(struct plan *p, const struct plan_wants *w)
{
    unsigned rest = w->minutes > p->minutes ? w->minutes - p->minutes : 0;
    bool back = w->minutes == 0 || (w->ended ? rest >= GO_BACK + DEBRIEF + TAKE_HOME : w->minutes >= GO_BACK_FROM);
    add(p, PLAN_ENDING, ENDING);
    if (back)
        add(p, PLAN_GO_BACK, GO_BACK);
    add(p, PLAN_DEBRIEF, DEBRIEF);
    add(p, PLAN_TAKE_HOME, TAKE_HOME);
}

/* ---- cutting ---- */

static void set_room(struct plan *p, struct plan_step *s, enum wire_room room)
{
    unsigned minutes = plan_minutes(s->decision, room);
    p->minutes -= s->minutes;
    p->minutes += minutes;
    s->minutes = minutes;
    s->room = room;
}

/* Plays decisions of room FROM as TO, the last first, until it fits; EVERY second one only; KEEP of them stay. */
static void cut(struct plan *p, const struct plan_wants *w, enum wire_room from, enum wire_room to, uint32_t every, uint32_t keep)
{
    uint32_t met = 0, left = 0;
    for (uint32_t i = 0; i < p->n; i++)
        left += p->v[i].kind == PLAN_DECISION && p->v[i].room == from;
    for (uint32_t i = p->n; i > 0 && p->minutes > w->minutes && left > keep; i--) {
        struct plan_step *s = &p->v[i - 1];
        if (s->kind != PLAN_DECISION || s->room != from || s->decision->form == WIRE_FORM_DISCUSS || is_own(s->decision, w) ||
            met++ % every != 0)
            continue;
        set_room(p, s, to);
        left--;
    }
}

static void shorten(struct plan *p, const struct plan_wants *w)
{
    cut(p, w, WIRE_ROOM_QUICK, WIRE_ROOM_TOLD, 2, 0);
    cut(p, w, WIRE_ROOM_FULL, WIRE_ROOM_QUICK, 1, 1);
    cut(p, w, WIRE_ROOM_QUICK, WIRE_ROOM_TOLD, 2, 0);
    cut(p, w, WIRE_ROOM_QUICK, WIRE_ROOM_TOLD, 1, 0);
    for (uint32_t i = 0; i < p->n && p->minutes > w->minutes; i++)
        if (p->v[i].kind == PLAN_DEBRIEF) {
            p->v[i].minutes = DEBRIEF_LEAST;
            p->minutes -= DEBRIEF - DEBRIEF_LEAST;
        }
    cut(p, w, WIRE_ROOM_FULL, WIRE_ROOM_QUICK, 1, 0);
    cut(p, w, WIRE_ROOM_QUICK, WIRE_ROOM_TOLD, 1, 0);
}

void plan_make(struct plan *p, const struct plan_wants *w)
{
    const struct outline_scene *scene = NULL;
    const struct outline_node *at = w->from.len ? plan_find(w->outline, w->from, &scene) : NULL;
    struct looking l = {.w = w, .ways = mem_new((w->outline->n_scenes + 1) * sizeof *l.ways)};
    memset(l.ways, 0, (w->outline->n_scenes + 1) * sizeof *l.ways);
    p->n = 0;
    p->minutes = 0;
    if (!at && !w->ended)
        add_opening(p, w);
    if (at)
        add_way(p, &l, (uint32_t)(scene - w->outline->scenes), (uint32_t)(at - scene->nodes));
    else if (!w->ended && w->outline->n_scenes)
        add_way(p, &l, 0, 0);
    add_closing(p, w);
    if (w->minutes)
        shorten(p, w);
    p->over = w->minutes && p->minutes > w->minutes;
    free(l.ways);
}

void plan_done(struct plan *p)
{
    free(p->v);
    *p = (struct plan){0};
}
