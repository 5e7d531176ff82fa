/* workshop_keys.c -- what each key does.
 *
 * Space, Enter, a clicker's PageDown: on.  Letters are commands, but in a field, where they are what is typed; so an option is
 * only ever named in a field, and a slip of the finger can start no vote.  The same keys come from the wall's keyboard and
 * from the facilitator's own screen; a field opened there is shown there. */
#include "front/workshop_inside.h"

#include "front/press.h"

#include <string.h>

enum { TALK_MS = 180000, VOTE_MS = 60000, WRITE_MS = 90000, BREAK_MS = 600000, NUDGE_MS = 30000 };

enum want workshop_stay(struct workshop *w, enum remark remark)
{
    w->remark = remark;
    return WANT_SHOW;
}

/* ---- on ---- */

static enum want show(struct workshop *w, enum stage_of_workshop stage)
{
    w->now.stage = stage;
    w->now.page = 0;
    return WANT_SHOW;
}

static enum want begin_story(struct workshop *w)
{
    if (w->begun) { /* it was shown before, and taken back */
        w->now.beat = 0;
        road_advance(w);
        return WANT_SHOW;
    }
    w->step = STEP_BEGIN;
    return WANT_STEP;
}

static enum want open_warm_up(struct workshop *w)
{
    memset(&w->now.ballot, 0, sizeof w->now.ballot);
    w->now.poll = POLL_WARM_UP;
    w->now.mode = WIRE_ROOM_QUICK;
    poll_open(w);
    return WANT_SHOW;
}

static enum want leave_warm_up(struct workshop *w)
{
    w->now.poll = POLL_NONE;
    memset(&w->now.ballot, 0, sizeof w->now.ballot);
    return show(w, STAGE_FRAME);
}

enum want workshop_lesson(struct workshop *w, uint32_t which, enum stage_of_workshop from)
{
    w->now.lesson = which;
    w->now.from = from;
    return show(w, STAGE_LESSON);
}

static enum want leave_lesson(struct workshop *w)
{
    if (w->now.from == STAGE_STORY) {
        road_advance(w);
        return WANT_SHOW;
    }
    return show(w, w->now.from);
}

static enum want ask_facilitator(struct workshop *w, bool desk)
{
    show(w, STAGE_CHOOSE);
    field_open(w, FIELD_PICK, desk);
    return WANT_SHOW;
}

static enum want settle(struct workshop *w, bool desk)
{
    enum want want = poll_settle(w);
    if (w->now.stage == STAGE_CHOOSE)
        field_open(w, FIELD_PICK, desk);
    return want;
}

static enum want after_read(struct workshop *w, bool desk)
{
    if (w->now.form == WIRE_FORM_COMPOSE) {
        w->now.slot = 0;
        poll_slot(w);
        if (w->now.stage == STAGE_CHOOSE)
            field_open(w, FIELD_PICK, desk);
        return WANT_SHOW;
    }
    if (w->now.mode == WIRE_ROOM_TOLD)
        return ask_facilitator(w, desk);
    poll_open(w);
    return WANT_SHOW;
}

/* The vote is over: talk, or what it came to. */
static enum want after_vote(struct workshop *w, bool desk)
{
    struct workshop_state *s = &w->now;
    if (!poll_answered(w) && w->remark != REMARK_NOBODY_VOTED) {
        w->remark = REMARK_NOBODY_VOTED;
        return WANT_SHOW;
    }
    w->remark = REMARK_NONE;
    if (s->poll == POLL_WARM_UP) {
        poll_close(w);
        s->revealed = true;
        return show(w, STAGE_REVEAL);
    }
    if (s->poll == POLL_DECISION && s->mode == WIRE_ROOM_FULL && s->ballot.round == 1) {
        poll_close(w);
        return show(w, STAGE_TALK);
    }
    return settle(w, desk);
}

static enum want after_talk(struct workshop *w)
{
    w->timer_left = w->timer_until = 0;
    if (w->now.form == WIRE_FORM_DISCUSS && w->now.poll == POLL_NONE) {
        w->step = STEP_CHOOSE;
        return WANT_STEP;
    }
    poll_open(w);
    return WANT_SHOW;
}

static enum want after_reveal(struct workshop *w, bool desk)
{
    if (w->now.poll == POLL_WARM_UP)
        return leave_warm_up(w);
    if (!w->now.taken) /* shown before anything was chosen */
        return settle(w, desk);
    road_advance(w);
    return WANT_SHOW;
}

static enum want after_ending(struct workshop *w)
{
    if (w->now.n_endings > 1 && w->now.endings[w->now.n_endings - 1].turned.event)
        return show(w, STAGE_ROADS);
    if (!w->now.n_road)
        return show(w, STAGE_DEBRIEF);
    road_list(w);
    return WANT_SHOW;
}

static enum want leave_list(struct workshop *w)
{
    return w->now.from == STAGE_ENDING || w->now.from == STAGE_ROADS ? show(w, STAGE_DEBRIEF) : show(w, w->now.from);
}

static enum want on(struct workshop *w, bool desk)
{
    struct workshop_state *s = &w->now;
    switch (s->stage) {
    case STAGE_LOBBY: return open_warm_up(w);
    case STAGE_FRAME: return show(w, STAGE_RULES);
    case STAGE_RULES:
        return road_lesson(w->about) < w->about->n_lessons ? workshop_lesson(w, road_lesson(w->about), STAGE_BRIEF) : show(w, STAGE_BRIEF);
    case STAGE_LESSON: return leave_lesson(w);
    case STAGE_BRIEF: return begin_story(w);
    case STAGE_STORY:
    case STAGE_REACTION: road_advance(w); return WANT_SHOW;
    case STAGE_READ: return after_read(w, desk);
    case STAGE_WRITE: return show(w, STAGE_READ);
    case STAGE_VOTE: return after_vote(w, desk);
    case STAGE_TALK: return after_talk(w);
    case STAGE_CHOOSE: field_open(w, FIELD_PICK, desk); return WANT_SHOW;
    case STAGE_WHOLE: w->step = STEP_COMPOSE; return WANT_STEP;
    case STAGE_REVEAL: return after_reveal(w, desk);
    case STAGE_ENDING: return after_ending(w);
    case STAGE_TURN: return leave_list(w);
    case STAGE_ROADS: return show(w, STAGE_DEBRIEF);
    case STAGE_DEBRIEF:
        if (++s->debrief < w->debrief_pages) {
            s->page = 0;
            return WANT_SHOW;
        }
        return show(w, STAGE_TAKE_HOME);
    case STAGE_TAKE_HOME: return show(w, STAGE_END);
    case STAGE_END: break;
    }
    return WANT_NOTHING;
}

/* ---- past ---- */

static enum want skip(struct workshop *w, bool desk)
{
    struct workshop_state *s = &w->now;
    switch (s->stage) {
    case STAGE_VOTE:
        if (s->poll == POLL_WARM_UP)
            return leave_warm_up(w);
        return settle(w, desk);
    case STAGE_READ: return s->form == WIRE_FORM_COMPOSE ? after_read(w, desk) : ask_facilitator(w, desk);
    case STAGE_TALK: return s->form == WIRE_FORM_DISCUSS && s->poll == POLL_NONE ? after_talk(w) : settle(w, desk);
    case STAGE_STORY:
    case STAGE_REACTION: road_skip(w); return WANT_SHOW;
    case STAGE_ENDING:
    case STAGE_ROADS: return show(w, STAGE_DEBRIEF);
    case STAGE_DEBRIEF: return show(w, STAGE_TAKE_HOME);
    default: return on(w, desk);
    }
}

static enum want undo(struct workshop *w)
{
    if (!workshop_undo_begin(w)) {
        w->remark = REMARK_NOTHING_BACK;
        return WANT_SHOW;
    }
    return w->step == STEP_NONE ? WANT_SHOW : WANT_STEP;
}

/* A page back, or a beat: never a vote, since a clicker may slip. */
static enum want back(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    bool quiet = s->stage <= STAGE_STORY || s->stage == STAGE_REACTION || s->stage >= STAGE_DEBRIEF;
    if (s->page) {
        s->page--;
        return WANT_SHOW;
    }
    if (quiet && w->n_past && w->past[w->n_past - 1].open == s->open && w->past[w->n_past - 1].stage != STAGE_VOTE)
        return undo(w);
    return WANT_NOTHING;
}

/* ---- fields ---- */

static bool has_vote(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    return s->ballot.round && s->poll != POLL_NONE &&
           (s->stage == STAGE_VOTE || s->stage == STAGE_TALK || s->stage == STAGE_CHOOSE || s->stage == STAGE_REVEAL) && !s->chose;
}

static bool may_pick(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    return !s->taken && (s->poll == POLL_SLOT || s->poll == POLL_DECISION) && s->form != WIRE_FORM_DISCUSS &&
           (s->poll == POLL_SLOT || s->form != WIRE_FORM_COMPOSE) &&
           (s->stage == STAGE_READ || s->stage == STAGE_VOTE || s->stage == STAGE_TALK || s->stage == STAGE_CHOOSE || s->stage == STAGE_REVEAL);
}

/* ---- the other keys ---- */

static enum want vote_again(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    bool may = !s->taken && (s->poll == POLL_DECISION ? s->form != WIRE_FORM_COMPOSE && s->form != WIRE_FORM_DISCUSS : s->poll != POLL_NONE);
    if (!may || (s->stage != STAGE_READ && s->stage != STAGE_TALK && s->stage != STAGE_CHOOSE && s->stage != STAGE_REVEAL))
        return workshop_stay(w, REMARK_NO_VOTE);
    if (w->field == FIELD_PICK)
        w->field = FIELD_NONE;
    poll_open(w);
    return WANT_SHOW;
}

static enum want talk(struct workshop *w)
{
    if (!has_vote(w) || w->now.taken || w->now.poll != POLL_DECISION)
        return workshop_stay(w, REMARK_NO_VOTE);
    poll_close(w);
    return show(w, STAGE_TALK);
}

static enum want reveal(struct workshop *w)
{
    if (!has_vote(w) || w->now.poll == POLL_SLOT)
        return workshop_stay(w, REMARK_NO_VOTE);
    poll_close(w);
    w->now.revealed = true;
    return show(w, STAGE_REVEAL);
}

static enum want timer(struct workshop *w)
{
    const struct beat *ask = workshop_beat(w, w->now.ask);
    long long length = w->now.stage == STAGE_VOTE ? VOTE_MS : w->now.stage == STAGE_WRITE ? WRITE_MS : TALK_MS;
    if (w->now.form == WIRE_FORM_DISCUSS && w->now.stage == STAGE_TALK && ask && ask->seconds)
        length = ask->seconds * 1000LL;
    if (w->timer_until) {
        w->timer_left = w->timer_until > w->now_ms ? w->timer_until - w->now_ms : 0;
        w->timer_until = 0;
    } else {
        w->timer_until = w->now_ms + (w->timer_left ? w->timer_left : length);
        w->timer_left = 0;
    }
    return WANT_SHOW;
}

static enum want nudge(struct workshop *w, long long ms)
{
    long long *at = w->break_until ? &w->break_until : w->timer_until ? &w->timer_until : w->timer_left ? &w->timer_left : NULL;
    if (!at)
        return WANT_NOTHING;
    *at += w->break_until ? 2 * ms : ms;
    if (at == &w->timer_left && *at < 0)
        *at = 0;
    return WANT_SHOW;
}

/* The next way to play the open decision. */
static enum want change_room(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    const struct outline_scene *scene;
    const struct beat *ask = workshop_beat(w, s->ask);
    const struct outline_node *d = ask ? plan_find(w->outline, ask->id, &scene) : NULL;
    if (!d || s->taken || s->stage < STAGE_READ || s->stage > STAGE_CHOOSE || s->form == WIRE_FORM_DISCUSS)
        return workshop_stay(w, REMARK_NO_VOTE);
    s->mode = s->mode == WIRE_ROOM_FULL ? WIRE_ROOM_QUICK : s->mode == WIRE_ROOM_QUICK ? WIRE_ROOM_TOLD : WIRE_ROOM_FULL;
    for (uint32_t i = 0; i < w->n_own; i++)
        if (text_eq(w->own[i].decision, d->id))
            w->own[i] = w->own[--w->n_own];
    if (w->n_own < ROAD_MOST)
        w->own[w->n_own++] = (struct plan_own){d->id, s->mode};
    workshop_plan(w);
    return WANT_SHOW;
}

/* On as the last time, up to the first decision that was never answered, or the end. */
static enum want as_before(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    if (s->stage == STAGE_STORY || s->stage == STAGE_REACTION || s->stage == STAGE_REVEAL)
        road_skip(w);
    if ((s->stage != STAGE_READ && s->stage != STAGE_WRITE && s->stage != STAGE_CHOOSE) || !road_as_before(w))
        return workshop_stay(w, REMARK_NEW);
    s->as_before = true;
    return WANT_STEP;
}

static enum want lessons(struct workshop *w, bool desk)
{
    if (!w->about->n_lessons)
        return workshop_stay(w, REMARK_NO_LESSON);
    if (w->about->n_lessons == 1 && w->now.stage != STAGE_LESSON)
        return workshop_lesson(w, 0, w->now.stage);
    field_open(w, FIELD_LESSON, desk);
    return WANT_SHOW;
}

static enum want quit(struct workshop *w)
{
    if (w->now.stage == STAGE_END || w->remark == REMARK_QUIT)
        return WANT_QUIT;
    return workshop_stay(w, REMARK_QUIT);
}

static enum want fill(struct workshop *w, enum field field, bool desk, bool may, enum remark else_remark)
{
    if (!may)
        return workshop_stay(w, else_remark);
    field_open(w, field, desk);
    return WANT_SHOW;
}

static bool may_write(const struct workshop *w)
{
    return w->now.form == WIRE_FORM_ASK && w->now.poll == POLL_DECISION && (w->now.stage == STAGE_WRITE || w->now.stage == STAGE_READ);
}

static enum want letter_key(struct workshop *w, uint32_t key, bool desk)
{
    switch (key) {
    case 'a': return as_before(w);
    case 'b':
    case '.': w->black = true; return WANT_SHOW;
    case '?': w->help = true; return WANT_SHOW;
    case 'k': w->break_until = w->now_ms + BREAK_MS; return WANT_SHOW;
    case 'c': return fill(w, FIELD_HEADS, desk, true, REMARK_NONE);
    case 'd': return talk(w);
    case 'f': return change_room(w);
    case 'g': road_list(w); return WANT_SHOW;
    case 'h': return fill(w, FIELD_HANDS, desk, has_vote(w), REMARK_NO_VOTE);
    case 'i': return WANT_THEME;
    case 'j': return WANT_LOCK;
    case 'l': return lessons(w, desk);
    case 'n': return fill(w, FIELD_NOTE, desk, w->begun, REMARK_NO_VOTE);
    case 'o': return WANT_PHONES;
    case 'p': return fill(w, FIELD_PICK, desk, may_pick(w), REMARK_NO_VOTE);
    case 'q': return quit(w);
    case 'r': return reveal(w);
    case 's': return skip(w, desk);
    case 't': return timer(w);
    case 'u': return undo(w);
    case 'v': return vote_again(w);
    case 'w': return fill(w, FIELD_WORDS, desk, may_write(w), REMARK_NO_VOTE);
    case '+':
    case '=': return nudge(w, NUDGE_MS);
    case '-': return nudge(w, -NUDGE_MS);
    default: return WANT_NOTHING;
    }
}

static enum want digit(struct workshop *w, uint32_t key, bool desk)
{
    if (w->now.stage == STAGE_TURN)
        field_open(w, FIELD_GOTO, desk);
    else if (has_vote(w))
        field_open(w, FIELD_HANDS, desk);
    else
        return workshop_stay(w, REMARK_NO_VOTE);
    buf_code(&w->typed, key);
    return WANT_SHOW;
}

/* A key of a Chinese input method as the one it stands for. */
static uint32_t narrow_key(uint32_t key)
{
    if (key >= 0xFF01 && key <= 0xFF5E)
        key -= 0xFEE0;
    if (key == 0x3000)
        key = ' ';
    return key >= 'A' && key <= 'Z' ? key + ('a' - 'A') : key;
}

static enum want command(struct workshop *w, uint32_t press, bool desk, bool more)
{
    uint32_t key = narrow_key(press);
    bool goes_on = key == ' ' || key == PRESS_ENTER || key == PRESS_PAGE_DOWN || key == PRESS_RIGHT || key == PRESS_DOWN ||
                   (key == PRESS_F5 && w->now.stage == STAGE_LOBBY);
    if (!(key == 'q' && w->remark == REMARK_QUIT) && !(goes_on && w->remark == REMARK_NOBODY_VOTED))
        w->remark = REMARK_NONE;
    if (goes_on) {
        if (!more)
            return on(w, desk);
        w->now.page++;
        return WANT_SHOW;
    }
    if (key == PRESS_PAGE_UP || key == PRESS_LEFT || key == PRESS_UP)
        return back(w);
    if (key == PRESS_REDRAW || key == PRESS_F5)
        return WANT_REDRAW;
    if (key == PRESS_ESCAPE)
        return w->now.stage == STAGE_TURN ? show(w, w->now.from) : WANT_SHOW;
    if (key >= '0' && key <= '9')
        return digit(w, key, desk);
    return key < PRESS_ENTER ? letter_key(w, key, desk) : WANT_NOTHING;
}

/* A key while something covers the wall. */
static bool covered(struct workshop *w, uint32_t press, enum want *want)
{
    uint32_t key = narrow_key(press);
    *want = WANT_SHOW;
    if (w->black) {
        w->black = false;
        return true;
    }
    if (w->help) {
        w->help = false;
        return true;
    }
    if (!w->break_until || key == '+' || key == '-' || key == '=' || key == 'b' || key == '.' || key == '?')
        return false;
    w->break_until = 0;
    return true;
}

/* What was before a key that moved the workshop on can be taken back. */
static void remember(struct workshop *w, const struct workshop_state *before)
{
    if (w->n_past == UNDO_MOST)
        memmove(w->past, w->past + 1, sizeof *w->past * --w->n_past);
    w->past[w->n_past++] = *before;
}

enum want workshop_press(struct workshop *w, uint32_t press, bool desk, bool more, long long now)
{
    struct workshop_state before = w->now;
    enum want want;
    uint32_t past = w->n_past;
    w->now_ms = now;
    w->heard_desk = desk;
    if (w->field == FIELD_NONE && covered(w, press, &want))
        return want;
    want = w->field != FIELD_NONE ? field_typed(w, press) : command(w, press, desk, more);
    bool undone = w->undoing || w->n_past < past;
    bool moved = memcmp(&before, &w->now, sizeof before) != 0 || (want == WANT_STEP && w->step != STEP_NOTE);
    if (moved && !undone)
        remember(w, &before);
    else if (want == WANT_STEP && w->step == STEP_NOTE)
        remember(w, &before); /* should it be refused, there is something to put back */
    return want;
}

enum want workshop_line(struct workshop *w, uint32_t key, struct text line, long long now)
{
    enum want want = workshop_press(w, key, true, false, now);
    if (w->field == FIELD_NONE || want == WANT_STEP)
        return want;
    buf_reset(&w->typed);
    buf_text(&w->typed, line.len > TYPED_MOST ? text_from(line.at, TYPED_MOST) : line);
    want = workshop_press(w, PRESS_ENTER, true, false, now);
    if (w->field != FIELD_NONE && w->remark == REMARK_OVER_HEADS) /* whoever sends a line at once means it */
        want = workshop_press(w, PRESS_ENTER, true, false, now);
    w->field = FIELD_NONE;
    return want;
}
