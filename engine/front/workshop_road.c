/* workshop_road.c -- along the story: beats one by one, decisions as they come, back to one of them.
 *
 * What only the facilitator sees is stepped over here; the desk finds it by itself.  Must not know how votes are counted. */
#include "front/workshop_inside.h"

#include <string.h>

const struct beat *workshop_beat(const struct workshop *w, uint32_t number)
{
    return number && number <= w->story->n ? &w->story->v[number - 1] : NULL;
}

uint32_t road_lesson(const struct about *a)
{
    uint32_t i = 0;
    while (i < a->n_lessons && a->lessons[i].opens.len)
        i++;
    return i;
}

static uint32_t lesson_of(const struct about *a, struct text id)
{
    uint32_t i = 0;
    while (i < a->n_lessons && !text_eq(a->lessons[i].id, id))
        i++;
    return i;
}

/* ---- a decision ---- */

static void push_road(struct workshop *w, uint32_t ask, uint32_t event)
{
    struct workshop_state *s = &w->now;
    uint32_t n = 0;
    while (n < s->n_road && s->road[n].event < event)
        n++;
    s->n_road = n; /* going back: what lay behind is not on this road */
    if (n == ROAD_MOST)
        memmove(s->road, s->road + 1, sizeof *s->road * --s->n_road);
    s->road[s->n_road++] = (struct road_step){.ask = ask, .event = event};
}

/* The options, places and parts that stand behind the question. */
static void gather(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    for (; s->beat < w->story->n; s->beat++) {
        const struct beat *b = &w->story->v[s->beat];
        if (b->kind == WIRE_OUT_SLOT && s->n_slots < SLOTS_OF_MESSAGE)
            s->slots[s->n_slots++] = s->beat + 1;
        else if (b->kind == WIRE_OUT_OPTION && s->form == WIRE_FORM_ASK && both_empty(b->words) && both_empty(b->manner))
            s->otherwise = s->beat + 1;
        else if (b->kind == WIRE_OUT_OPTION && s->n_options < BALLOT_OPTIONS)
            s->options[s->n_options++] = s->beat + 1;
        else if (b->kind != WIRE_OUT_HINT && b->kind != WIRE_OUT_PART && b->kind != WIRE_OUT_SLOT && b->kind != WIRE_OUT_OPTION)
            break;
    }
}

static enum stage_of_workshop first_stage(const struct workshop_state *s)
{
    if (s->form == WIRE_FORM_DISCUSS)
        return STAGE_TALK;
    return s->form == WIRE_FORM_ASK ? STAGE_WRITE : STAGE_READ;
}

static enum wire_room mode_of(struct workshop *w)
{
    workshop_plan(w);
    for (uint32_t i = 0; i < w->plan.n; i++)
        if (w->plan.v[i].kind == PLAN_DECISION)
            return w->plan.v[i].room;
    return WIRE_ROOM_QUICK;
}

static void open_decision(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    const struct beat *ask = &w->story->v[s->beat];
    s->ask = s->beat + 1;
    s->form = ask->form;
    s->poll = POLL_DECISION;
    s->n_options = s->n_slots = s->slot = s->otherwise = s->taken = 0;
    s->revealed = s->wrote = s->reveal_due = false;
    s->chose = 0;
    memset(&s->ballot, 0, sizeof s->ballot);
    memset(s->voted, 0, sizeof s->voted);
    push_road(w, s->ask, ask->event);
    s->beat++;
    gather(w);
    s->stage = first_stage(s);
    s->page = 0;
    s->mode = mode_of(w);
    if (s->form == WIRE_FORM_DISCUSS)
        s->poll = POLL_NONE;
    w->asked_ms = w->now_ms;
    w->timer_left = w->timer_until = 0;
}

static void open_ending(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    if (s->n_endings == ENDINGS_MOST)
        memmove(s->endings, s->endings + 1, sizeof *s->endings * --s->n_endings);
    s->endings[s->n_endings++] = (struct road_ending){.ended = s->beat + 1, .turned = s->back};
    s->beat++;
    s->stage = STAGE_ENDING;
    s->page = 0;
    s->poll = POLL_NONE;
    s->shown = 0;
    workshop_plan(w);
}

/* ---- beats ---- */

static bool is_shown(enum wire_output kind)
{
    return kind == WIRE_OUT_LINE || kind == WIRE_OUT_NARRATION || kind == WIRE_OUT_SAID || kind == WIRE_OUT_REACTION ||
           kind == WIRE_OUT_CHECKED || kind == WIRE_OUT_STUCK;
}

static void show(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    const struct beat *b = &w->story->v[s->beat];
    s->stage = s->chose && b->event == s->chose ? STAGE_REACTION : STAGE_STORY;
    s->shown = ++s->beat;
    s->page = 0;
}

/* True where B, at s->beat, stops the room: it stands on the wall now, or something else does. */
static bool stops(struct workshop *w, const struct beat *b)
{
    struct workshop_state *s = &w->now;
    bool matters = is_shown(b->kind) || b->kind == WIRE_OUT_ASK || b->kind == WIRE_OUT_ENDED || b->kind == WIRE_OUT_LESSON;
    if (matters && s->reveal_due && b->event != s->chose) {
        s->reveal_due = false;
        s->revealed = true;
        s->stage = STAGE_REVEAL;
        s->page = 0;
    } else if (b->kind == WIRE_OUT_ASK) {
        open_decision(w);
    } else if (b->kind == WIRE_OUT_ENDED) {
        open_ending(w);
    } else if (b->kind == WIRE_OUT_LESSON && lesson_of(w->about, b->id) < w->about->n_lessons) {
        s->lesson = lesson_of(w->about, b->id);
        s->from = STAGE_STORY;
        s->stage = STAGE_LESSON;
        s->page = 0;
        s->beat++;
    } else if (is_shown(b->kind) && !(both_empty(b->words) && both_empty(b->manner) && b->kind != WIRE_OUT_STUCK)) {
        show(w);
    } else {
        if (b->kind == WIRE_OUT_SCENE || b->kind == WIRE_OUT_REWOUND)
            s->scene = s->beat + 1;
        s->beat++;
        return false;
    }
    return true;
}

void road_advance(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    while (s->beat < w->story->n)
        if (stops(w, &w->story->v[s->beat]))
            return;
}

void road_skip(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    do
        road_advance(w);
    while ((s->stage == STAGE_STORY || s->stage == STAGE_REACTION) && s->beat < w->story->n);
}

/* ---- answers, and back ---- */

void road_answered(struct workshop *w, uint32_t first, uint32_t event)
{
    struct workshop_state *s = &w->now;
    struct road_step *step = s->n_road ? &s->road[s->n_road - 1] : NULL;
    for (uint32_t i = first; step && i < w->story->n && w->story->v[i].event == event; i++)
        if (w->story->v[i].kind == WIRE_OUT_SAID)
            step->said = i + 1;
    if (step) {
        step->chose = event;
        step->taken = s->taken;
    }
    s->chose = event;
    s->scene = first + 1; /* what is said now stands alone */
}

void road_list(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    if (s->stage != STAGE_TURN)
        s->from = s->stage;
    s->stage = STAGE_TURN;
    s->page = 0;
}

bool road_back(struct workshop *w, uint32_t number)
{
    struct workshop_state *s = &w->now;
    if (!number || number > s->n_road)
        return false;
    w->step = STEP_REWIND;
    w->step_to = s->road[number - 1].event;
    return true;
}

/* The option that an earlier visit to the open decision took; empty: there was none. */
static struct text taken_before(const struct workshop *w)
{
    const struct beat *ask = workshop_beat(w, w->now.ask);
    for (uint32_t i = w->now.ask ? w->now.ask - 1 : 0; ask && i-- > 0;) {
        const struct beat *b = &w->story->v[i];
        bool answers = b->kind == WIRE_OUT_SAID || b->kind == WIRE_OUT_CHECKED || b->kind == WIRE_OUT_COMMENT;
        if (answers && b->id.len > ask->id.len && b->id.at[ask->id.len] == '/' && memcmp(b->id.at, ask->id.at, ask->id.len) == 0)
            return b->id;
    }
    return (struct text){0};
}

bool road_as_before(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    struct text option = taken_before(w);
    if (s->poll != POLL_DECISION || s->form == WIRE_FORM_COMPOSE || s->taken || !option.len)
        return false;
    for (uint32_t i = 0; i < s->n_options; i++)
        if (s->options[i] && text_eq(w->story->v[s->options[i] - 1].id, option)) {
            s->taken = i + 1;
            s->mode = WIRE_ROOM_TOLD;
            memset(&s->ballot, 0, sizeof s->ballot);
            w->step = STEP_CHOOSE;
            return true;
        }
    return false;
}
