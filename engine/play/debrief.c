/* debrief.c -- a play told turn by turn, from its events.
 *
 * The outputs of the whole play already hold every text as it was shown; a turn gathers those that belong to one
 * answer.  What was heard before a decision is remembered by the event that offered it, so that a decision gone back to
 * is told with what was heard the first time. */
#include "play/debrief.h"

#include "play/output.h"

#include <stdlib.h>
#include <string.h>

/* What stood before one decision. */
struct asked {
    struct text scene, heard, heard_by, prompt;
};

struct teller {
    const struct session *se;
    const struct scenario *s;
    uint32_t lang;
    struct debrief *d;
    struct outputs shown;
    struct asked *asked;   /* [n_events]: by EV_OFFERED */
    struct asked now;
    struct text wrote;     /* own words, since the last answer */
    bool *on_road;         /* [n_events] */
    uint32_t offered;      /* the EV_OFFERED now open */
    struct debrief_turn *turn; /* the answer being told */
};

static struct text plain(const struct teller *t, words_id id)
{
    bool original;
    return id.i ? scenario_words(t->s, t->lang, id, &original) : (struct text){0};
}

static struct text role_title(const struct teller *t, role_id who)
{
    return who.i ? plain(t, t->s->roles[who.i].title) : (struct text){0};
}

/* Nobody answers to themselves: what the trainee's own role was made to say is not what was heard. */
static void hear(struct teller *t, const struct output *o)
{
    if (o->who.i && o->who.i == t->se->params.roles[0].i)
        return;
    t->now.heard = o->words.len ? o->words : o->manner;
    t->now.heard_by = role_title(t, o->who);
}

static void tell_asked(struct teller *t, const struct output *o)
{
    t->offered = o->event;
    struct asked *asked = &t->asked[o->event];
    *asked = t->now;
    asked->prompt = o->words;
}

/* ---- reasons ---- */

static void add_reason(struct debrief_turn *turn, comp_id c, int32_t points, struct text words)
{
    if (words.len)
        turn->reasons[turn->n_reasons++] = (struct debrief_reason){c, (int8_t)points, words};
}

/* A script's reason in the language asked for, where it is a literal that was translated. */
static struct text script_reason(const struct teller *t, struct text said)
{
    for (uint32_t i = 0; i < t->s->n_script_words; i++)
        if (text_eq(t->s->script_words[i], said))
            return plain(t, t->s->script_words_id[i]);
    return text_keep(&t->d->arena, said);
}

/* The option's own points: `because` explains those of its primary move. */
static void because_reason(struct teller *t, struct debrief_turn *turn, const struct option *o)
{
    comp_id c = o->n_moves ? t->s->rubric.moves[t->s->option_moves[o->first_move].i].comp : (comp_id){0};
    int32_t points = 0;
    for (uint32_t i = 0; i < o->n_points; i++) {
        const struct points *p = &t->s->points[o->first_points + i];
        if (c.i == 0)
            c = p->comp;
        if (p->comp.i == c.i)
            points = p->points;
    }
    add_reason(turn, c, points, turn->because);
}

static void tell_reasons(struct teller *t, struct debrief_turn *turn, const struct event *e)
{
    const struct item *items = event_items(e);
    uint32_t n = 1;
    for (uint32_t i = 0; i < e->n; i++)
        n += items[i].kind == ITEM_SCORE;
    turn->reasons = arena_array(&t->d->arena, struct debrief_reason, n);
    because_reason(t, turn, &t->s->options[e->a]);
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &items[i];
        if (it->kind != ITEM_SCORE)
            continue;
        if (it->ref)
            add_reason(turn, (comp_id){it->comp}, it->value,
                       output_words(t->se, turn->event, i, t->lang, t->s->nodes[it->ref].words, &t->d->arena));
        else if (i + 1 < e->n && it[1].kind == ITEM_REASON)
            add_reason(turn, (comp_id){it->comp}, it->value, script_reason(t, session_text(t->se, &it[1])));
    }
}

/* ---- turns ---- */

static void tell_evidence(struct teller *t, struct debrief_turn *turn, const struct event *e)
{
    const struct item *items = event_items(e);
    turn->evidence = arena_array(&t->d->arena, struct points, t->s->rubric.n_comps + 1);
    for (uint32_t i = 0; i < e->n; i++)
        if (items[i].kind == ITEM_EVIDENCE && turn->n_evidence <= t->s->rubric.n_comps)
            turn->evidence[turn->n_evidence++] = (struct points){{items[i].comp}, (int8_t)items[i].value};
}

/* A person's answer; its texts come with the outputs that follow. */
static struct debrief_turn *open_turn(struct teller *t, uint32_t n)
{
    const struct event *e = session_event(t->se, n);
    struct debrief_turn *turn = &t->d->turns[t->d->n_turns++];
    const struct asked *asked = &t->asked[t->offered];
    *turn = (struct debrief_turn){.event = n, .decision = {e->b}, .option = {e->a}, .again = e->again};
    turn->timed_out = e->by == BY_NOBODY;
    turn->self = e->self;
    if (e->self)
        turn->said = t->wrote;
    else
        turn->own = t->wrote;
    t->wrote = (struct text){0};
    turn->taken_back = !t->on_road[n];
    turn->scene = asked->scene;
    turn->prompt = asked->prompt;
    turn->heard = asked->heard;
    turn->heard_by = asked->heard_by;
    t->d->again += e->again;
    tell_evidence(t, turn, e);
    return turn;
}

static void tell_in_turn(struct teller *t, const struct output *o)
{
    struct debrief_turn *turn = t->turn;
    if (o->kind == OUT_CHECKED) {
        turn->said = o->words;
    } else if (o->kind == OUT_SAID) {
        turn->said = o->words;
        turn->said_manner = o->manner;
    } else if (o->kind == OUT_REACTION) {
        turn->reaction = o->words;
        turn->reaction_manner = o->manner;
        turn->reaction_by = role_title(t, o->who);
    } else if (o->kind == OUT_COMMENT)
        turn->because = o->words;
}

static void tell_output(struct teller *t, const struct output *o)
{
    if (t->turn && t->turn->event == o->event)
        tell_in_turn(t, o);
    if (o->kind == OUT_WROTE)
        t->wrote = text_keep(&t->d->arena, o->words);
    if (o->kind == OUT_SCENE)
        t->now.scene = o->words;
    else if (o->kind == OUT_LINE || o->kind == OUT_REACTION || (o->kind == OUT_SAID && !o->yours))
        hear(t, o);
    else if (o->kind == OUT_ASK)
        tell_asked(t, o);
}

static void tell_event(struct teller *t, uint32_t n)
{
    const struct event *e = session_event(t->se, n);
    if (e->kind == EV_CHOSE && e->by != BY_ENGINE)
        t->turn = form_graded(t->s->decisions[e->b].form) ? open_turn(t, n) : NULL;
    if (e->kind == EV_REWOUND) {
        t->offered = e->a;
        t->now = t->asked[e->a];
    }
    if (t->on_road[n] && e->kind == EV_ENDED)
        t->d->ending = (scene_id){e->a};
}

/* Whether O is of event N.  What going back asks again keeps the number of the event that asked first. */
static bool is_of(const struct teller *t, const struct output *o, uint32_t n)
{
    const struct event *e = session_event(t->se, n);
    return o->event == n || (e->kind == EV_REWOUND && o->event == e->a);
}

static void tell_all(struct teller *t)
{
    uint32_t k = 0;
    for (uint32_t n = 0; n < t->se->n_events; n++) {
        tell_event(t, n);
        for (; k < t->shown.n && is_of(t, &t->shown.v[k], n); k++)
            tell_output(t, &t->shown.v[k]);
        if (t->turn && t->turn->event == n)
            tell_reasons(t, t->turn, session_event(t->se, n));
    }
}

void session_debrief(const struct session *se, uint32_t lang, struct debrief *d)
{
    struct teller t = {.se = se, .s = se->scenario, .lang = lang, .d = d};
    uint32_t n, *road = session_road(se, &n);
    *d = (struct debrief){0};
    session_present(se, 0, lang, &t.shown);
    d->arena = t.shown.arena; /* the texts that were filled in live on */
    d->turns = arena_array(&d->arena, struct debrief_turn, se->n_events);
    t.asked = arena_array(&d->arena, struct asked, se->n_events);
    t.on_road = arena_array(&d->arena, bool, se->n_events);
    for (uint32_t i = 0; i < n; i++)
        t.on_road[road[i]] = true;
    tell_all(&t);
    t.shown.arena = (struct arena){0};
    outputs_done(&t.shown);
    free(road);
}

void debrief_done(struct debrief *d)
{
    arena_done(&d->arena);
    *d = (struct debrief){0};
}
