/* workshop_state.c -- a workshop's beginning, its time, what the engine's answers do to it, and what can be asked of it.
 *
 * An answer finds the state as it was when it was wanted: no key is taken in between, since the host does what is wanted
 * before it reads another. */
#include "front/workshop_inside.h"

#include <stdlib.h>
#include <string.h>

void workshop_begin(struct workshop *w, const struct about *about, const struct story *story, const struct client_outline *outline)
{
    *w = (struct workshop){.about = about, .story = story, .outline = outline, .role = about->own ? about->own->id : (struct text){0}};
    w->past = mem_new(UNDO_MOST * sizeof *w->past);
    w->now.stage = STAGE_LOBBY;
}

void workshop_done(struct workshop *w)
{
    free(w->past);
    plan_done(&w->plan);
    buf_done(&w->typed);
    *w = (struct workshop){0};
}

/* ---- answers ---- */

/* The state that was taken back, as far as phones have not gone on meanwhile. */
static void restore(struct workshop *w)
{
    struct workshop_state old = w->past[w->n_past], *now = &w->now;
    if (old.ballot.round == now->ballot.round && old.first_round == now->first_round && old.ask == now->ask && old.slot == now->slot) {
        memcpy(old.ballot.cast, now->ballot.cast, sizeof old.ballot.cast);
        for (uint32_t k = 0; k < now->ballot.round; k++)
            memcpy(old.ballot.rounds[k].phones, now->ballot.rounds[k].phones, sizeof old.ballot.rounds[k].phones);
    }
    *now = old;
}

bool workshop_undo_begin(struct workshop *w)
{
    if (!w->n_past)
        return false;
    const struct workshop_state *old = &w->past[w->n_past - 1];
    if (old->open != w->now.open && !old->open && old->ask)
        return false; /* an ending is not brought back by going back */
    w->n_past--;
    if (old->open == w->now.open || !old->open) {
        uint32_t open = w->now.open;
        restore(w);
        w->now.open = open;
        w->step = STEP_NONE;
        return true;
    }
    w->step = STEP_REWIND;
    w->step_to = old->open;
    w->undoing = true;
    return true;
}

/* Back at a decision: what it was answered with stays known, for the two endings side by side. */
static void told_rewind(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    if (w->undoing) {
        restore(w);
        return;
    }
    for (uint32_t i = 0; i < s->n_road; i++)
        if (s->road[i].event == w->step_to)
            s->back = s->road[i];
    s->chose = 0;
    s->reveal_due = false;
    road_advance(w);
}

static void told_answer(struct workshop *w, uint32_t first, uint32_t event)
{
    struct workshop_state *s = &w->now;
    bool voted = w->step == STEP_CHOOSE && s->ballot.round && poll_answered(w);
    w->step = STEP_NONE;
    road_answered(w, first, event);
    s->reveal_due = voted && !s->revealed && s->mode != WIRE_ROOM_TOLD;
    s->poll = voted ? s->poll : POLL_NONE;
    if (!s->as_before) {
        road_advance(w);
        return;
    }
    road_skip(w);
    s->as_before = road_as_before(w); /* then there is another step to do */
}

void workshop_told(struct workshop *w, uint32_t first, uint32_t event, uint32_t open)
{
    struct workshop_state *s = &w->now;
    enum step_wanted step = w->step;
    if (step != STEP_NOTE && step != STEP_WRITE)
        s->beat = first;
    if (step == STEP_BEGIN) {
        w->begun = true;
        road_advance(w);
    } else if (step == STEP_CHOOSE || step == STEP_COMPOSE) {
        told_answer(w, first, event);
    } else if (step == STEP_REWIND) {
        told_rewind(w);
    } else if (step == STEP_WRITE) {
        if (!s->wrote && s->otherwise && s->n_options < BALLOT_OPTIONS)
            s->options[s->n_options++] = s->otherwise; /* what was said may be none of these */
        s->wrote = true;
        s->stage = STAGE_READ;
        s->page = 0;
    } else if (step == STEP_NOTE && w->n_past) {
        w->n_past--; /* a note is no step to take back */
    }
    s->open = open;
    bool more = w->step == STEP_CHOOSE && s->as_before;
    w->remark = step == STEP_NOTE ? REMARK_NOTED : REMARK_NONE;
    w->step = more ? STEP_CHOOSE : STEP_NONE;
    w->chained = more;
    w->undoing = false;
}

void workshop_refused(struct workshop *w, enum remark remark)
{
    if (w->undoing) {
        w->n_past++; /* it can still be taken back */
    } else if (w->chained) {
        w->now.as_before = false;
        w->now.taken = 0;
    } else if (w->n_past)
        w->now = w->past[--w->n_past];
    w->step = STEP_NONE;
    w->undoing = w->chained = false;
    w->remark = remark;
}

/* ---- time ---- */

bool workshop_tick(struct workshop *w, long long now)
{
    long long before = w->now_ms;
    w->now_ms = now;
    bool runs = w->timer_until || w->break_until || (w->codes_turn && w->now.stage == STAGE_LOBBY);
    return runs && before / 1000 != now / 1000;
}

int workshop_wait(const struct workshop *w, long long now)
{
    return w->timer_until || w->break_until || (w->codes_turn && w->now.stage == STAGE_LOBBY) ? 1000 - (int)(now % 1000) : -1;
}

long long workshop_timer(const struct workshop *w)
{
    if (w->timer_until)
        return w->timer_until > w->now_ms ? w->timer_until - w->now_ms : 0;
    return w->timer_left ? w->timer_left : -1;
}

void workshop_plan(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    const struct beat *ask = workshop_beat(w, s->ask);
    unsigned gone = (unsigned)((w->now_ms + 30000) / 60000);
    bool over = s->stage >= STAGE_ENDING && s->stage != STAGE_TURN;
    struct plan_wants wants = {.outline = w->outline, .role = w->role, .lesson = road_lesson(w->about) < w->about->n_lessons,
                               .own = w->own, .n_own = w->n_own};
    if (w->minutes)
        wants.minutes = w->minutes > gone + 1 ? w->minutes - gone : 1;
    if (over)
        wants.ended = true;
    else if (w->begun && ask)
        wants.from = ask->id;
    plan_make(&w->plan, &wants);
}
