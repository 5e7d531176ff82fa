/* wall.c -- the frame around what the room sees: where it is, how many have answered, what the facilitator types, and what
 * covers it all.
 *
 * The top row says what and where; the bottom rows belong to the field, the votes and latecomers; what lies between is the
 * stage's own.  Must not know a terminal. */
#include "front/qr_draw.h"
#include "front/wall_inside.h"

#include "front/keys.h"

#include "base/terminal.h"

#include <stdio.h>

enum { MARGIN = 4, NARROW = 60, SINGLE = 84, DOUBLE = 164, LOW = 10 };

/* ---- what the stages share ---- */

struct both wall_fill(struct wall *l, const char *form, struct both a1, struct both a2)
{
    struct both args[2] = {a1, a2};
    return both_fill(l->a, form, args, 2);
}

void wall_item(struct wall *l, struct both words, enum ink ink)
{
    flow_words(&l->flow, words, ink)->mark = both_same(TEXT("-"));
}

void wall_time(long long ms, char out[12])
{
    enum { MOST = 999 * 60 };
    unsigned s = ms <= 0 ? 0 : ms > MOST * 1000LL ? MOST : (unsigned)((ms + 999) / 1000);
    snprintf(out, 12, "%u:%02u", s / 60 % 1000, s % 60);
}

void wall_timer(struct wall *l)
{
    long long left = workshop_timer(l->w);
    if (left < 0)
        return;
    struct block *b = flow_add(&l->flow, BLOCK_BIG, left == 0 ? INK_WARN : INK_BAR);
    wall_time(left, b->figures);
    flow_gap(&l->flow);
}

/* ---- words ---- */

struct both wall_stage_name(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    switch (s->stage) {
    case STAGE_LOBBY: return both_tr(N_("Welcome"));
    case STAGE_FRAME: return both_tr(N_("What it is for"));
    case STAGE_RULES: return both_tr(N_("Ground rules"));
    case STAGE_LESSON: return both_tr(N_("One idea"));
    case STAGE_BRIEF: return both_tr(N_("Our part"));
    case STAGE_STORY: return both_tr(N_("The conversation"));
    case STAGE_READ: return both_tr(N_("Read"));
    case STAGE_WRITE: return both_tr(N_("Own words"));
    case STAGE_VOTE:
        if (s->poll == POLL_WARM_UP)
            return both_tr(N_("Warm-up"));
        return s->ballot.round > 1 ? both_tr(N_("Vote again")) : both_tr(N_("Vote"));
    case STAGE_TALK: return both_tr(N_("Talk"));
    case STAGE_CHOOSE: return both_tr(N_("The facilitator chooses"));
    case STAGE_WHOLE: return both_tr(N_("Our message"));
    case STAGE_REACTION: return both_tr(N_("What comes of it"));
    case STAGE_REVEAL: return both_tr(N_("How we voted"));
    case STAGE_ENDING: return both_tr(N_("The ending"));
    case STAGE_TURN: return both_tr(N_("Back"));
    case STAGE_ROADS: return both_tr(N_("Two roads"));
    case STAGE_DEBRIEF: return both_tr(N_("Looking back"));
    case STAGE_TAKE_HOME: return both_tr(N_("To take home"));
    case STAGE_END: return both_tr(N_("The end"));
    }
    return both_same((struct text){0});
}

struct both wall_field_name(const struct workshop *w)
{
    switch (w->field) {
    case FIELD_HANDS: return both_tr(N_("Hands"));
    case FIELD_HEADS: return both_tr(N_("How many are here?"));
    case FIELD_PICK: return both_tr(N_("Which letter?"));
    case FIELD_GOTO: return both_tr(N_("Which number?"));
    case FIELD_NOTE: return both_tr(N_("Note"));
    case FIELD_WORDS: return both_tr(N_("Own words"));
    case FIELD_LESSON: return both_tr(N_("Which lesson?"));
    case FIELD_NONE: break;
    }
    return both_same((struct text){0});
}

static const char *const remarks[] = {
    [REMARK_HANDS_STRANGE] = N_("Type letters with numbers, a12 b7 c4, or all numbers in order, 12 7 4."),
    [REMARK_HANDS_NO_OPTION] = N_("There are not so many options here."),
    [REMARK_HANDS_TWICE] = N_("%1 stands there twice."),
    [REMARK_HANDS_BARE] = N_("How many for %1?"),
    [REMARK_HANDS_MANY] = N_("So many hands there are not."),
    [REMARK_OVER_HEADS] = N_("That makes %2 votes, and %3 are here. Enter again keeps it."),
    [REMARK_NOT_NUMBER] = N_("Type a number."),
    [REMARK_NO_LETTER] = N_("Type the letter of one of the options."),
    [REMARK_NO_DECISION] = N_("There is no decision with that number."),
    [REMARK_NOBODY_VOTED] = N_("Nobody has voted yet. h: type the hands; space again: go on without."),
    [REMARK_NOTHING_BACK] = N_("There is nothing here to take back."),
    [REMARK_NO_LESSON] = N_("There is no such lesson."),
    [REMARK_NO_VOTE] = N_("Not now: nothing is voted on."),
    [REMARK_QUIT] = N_("q again leaves. All is kept: rehearse workshop --resume goes on from here."),
    [REMARK_NOT_KEPT] = N_("This could not be kept on the disk. Press the key again."),
    [REMARK_STOPPED] = N_("A script of this scenario failed here. Try it again, or choose another."),
    [REMARK_AVOIDED] = N_("This option fails in this scenario. Choose another: p and its letter."),
    [REMARK_NOTED] = N_("Noted."),
    [REMARK_PHONES_GONE] = N_("Phones are off; hands count. o: try phones again."),
    [REMARK_PHONES_HERE] = N_("Phones are asked in: the address is on the wall."),
    [REMARK_PHONES_NOT] = N_("Phones cannot be asked in: no network here, or another program has the port. Hands count."),
    [REMARK_NEW] = N_("This was not decided before: the room decides now."),
    [REMARK_LOCKED] = N_("No more phones can join now."),
    [REMARK_UNLOCKED] = N_("Phones can join again."),
};

struct both wall_remark(const struct workshop *w, struct arena *a)
{
    char letter[2] = {w->which, 0};
    if (w->remark == REMARK_NONE || (size_t)w->remark >= sizeof remarks / sizeof *remarks)
        return both_same((struct text){0});
    struct both args[3] = {both_same(text_keep(a, text_of(letter))), both_number(a, w->counted), both_number(a, w->heads)};
    return both_fill(a, remarks[w->remark], args, 3);
}

/* ---- the rows at the edge ---- */

struct frame {
    unsigned x, w;           /* the column everything stands in */
    unsigned top, rows;      /* of the stage */
};

static struct frame frame_of(const struct wall *l)
{
    const struct canvas *c = l->c;
    unsigned margin = c->w >= NARROW ? MARGIN : 1, most = l->set->tongues.n > 1 ? DOUBLE : SINGLE;
    struct frame f = {.x = margin, .w = c->w > 2 * margin ? c->w - 2 * margin : 1};
    if (l->s->stage == STAGE_LOBBY && l->set->join) /* two codes beside the text */
        most = DOUBLE;
    if (f.w > most) {
        f.x = (c->w - most) / 2;
        f.w = most;
    }
    bool low = c->h < LOW;
    f.top = low ? 1 : 2;
    f.rows = c->h > f.top + (low ? 1u : 3u) ? c->h - f.top - (low ? 1 : 3) : 1;
    return f;
}

static void put_top(struct wall *l, const struct frame *f)
{
    struct both name = wall_stage_name(l->w), title = l->w->about->title;
    struct text stage = both_in(name, &l->set->tongues, 0);
    unsigned used = (unsigned)terminal_width(stage, l->c->wide) + 2;
    struct buf b = {0};
    if (l->s->stage != STAGE_LOBBY && f->w > used + 8)
        terminal_fit(both_in(title, &l->set->tongues, 0), f->w - used, l->c->wide, &b);
    canvas_put(l->c, f->x, 0, buf_view(&b), INK_QUIET);
    canvas_right(l->c, f->x + f->w, 0, stage, INK_QUIET);
    buf_done(&b);
}

static void put_votes(struct wall *l, const struct frame *f)
{
    uint32_t here = workshop_here(l->w), answered = ballot_answered(&l->s->ballot, l->s->ballot.round);
    struct both args[2] = {both_number(l->a, answered), both_number(l->a, here)};
    struct both words = here ? both_fill(l->a, N_("%1 of %2 have answered"), args, 2)
                             : both_count(l->a, N_("%1 has answered"), N_("%1 have answered"), answered);
    canvas_right(l->c, f->x + f->w, l->c->h - 2, both_in(words, &l->set->tongues, 0), INK_STRONG);
    long long left = workshop_timer(l->w);
    char time[12];
    if (left < 0)
        return;
    wall_time(left, time);
    canvas_str(l->c, f->x, l->c->h - 2, time, left ? INK_STRONG : INK_WARN);
}

static void put_bottom(struct wall *l, const struct frame *f, unsigned pages)
{
    unsigned y = l->c->h - 1;
    char page[32];
    if (l->set->address.len && l->s->stage != STAGE_LOBBY && l->c->h >= LOW)
        canvas_put(l->c, f->x, y, l->set->address, INK_QUIET);
    if (pages > 1) {
        snprintf(page, sizeof page, "%u/%u", l->s->page < pages ? l->s->page + 1 : pages, pages);
        canvas_right(l->c, f->x + f->w, y, text_of(page), INK_STRONG);
    } else if (l->s->stage == STAGE_LOBBY) {
        canvas_right(l->c, f->x + f->w, y, both_in(both_tr(N_("space: on   ?: keys")), &l->set->tongues, 0), INK_QUIET);
    }
}

/* What the facilitator types here, at the very bottom, and what is to be said about it. */
static void put_field(struct wall *l, const struct frame *f)
{
    unsigned y = l->c->h - 1;
    struct both remark = wall_remark(l->w, l->a);
    bool field = l->w->field != FIELD_NONE && !l->w->from_desk;
    if (!both_empty(remark) && !l->w->heard_desk) {
        struct text words = both_in(remark, &l->set->tongues, 0);
        unsigned rows = canvas_height(l->c, words, f->w, 0) > 1 ? 2 : 1, at = y - (field ? rows : 1);
        canvas_fill(l->c, 0, at, l->c->w, rows, ' ', INK_PLAIN);
        canvas_wrapped(l->c, f->x, at, f->w, 0, rows, words, INK_WARN);
    }
    if (!field)
        return;
    canvas_fill(l->c, 0, y, l->c->w, 1, ' ', INK_FIELD);
    struct text name = both_in(wall_field_name(l->w), &l->set->tongues, 0);
    unsigned x = f->x + canvas_put(l->c, f->x, y, name, INK_FIELD) + 1;
    struct buf clean = {0};
    terminal_clean(buf_view(&l->w->typed), CLEAN_PLAY, &clean);
    unsigned room = f->x + f->w > x + 2 ? f->x + f->w - x - 2 : 1;
    x += canvas_put(l->c, x, y, terminal_end(buf_view(&clean), room, l->c->wide), INK_FIELD);
    canvas_str(l->c, x, y, "_", INK_FIELD);
    buf_done(&clean);
}

/* ---- codes for phones ---- */

enum { CODE_GAP = 3, CODE_TEXT = 24, CODES = 2 };

/* The codes that are shown now, from the left: the one that joins the Wi-Fi, the one that opens the page; both where they
 * fit, else in turn.  Takes their cells off F's text; their number. */
static unsigned take_codes(const struct wall *l, struct frame *f, const struct qr *out[CODES])
{
    const struct qr *all[CODES] = {l->set->join, l->set->code};
    unsigned n = 0, wide = 0, most = f->w;
    for (int i = 0; i < CODES; i++) {
        unsigned w, h;
        if (!all[i])
            continue;
        qr_draw_size(l->c, all[i]->side, &w, &h);
        if (l->c->h < h + 2 || most < w + CODE_TEXT)
            continue;
        out[n++] = all[i];
        wide += w + CODE_GAP;
    }
    if (n == CODES && most < wide + CODE_TEXT) {
        out[0] = out[wall_code_turn(l)];
        n = 1;
    }
    for (unsigned i = 0; i < n; i++) {
        unsigned w, h;
        qr_draw_size(l->c, out[i]->side, &w, &h);
        f->w -= w + CODE_GAP;
    }
    return n;
}

/* Draws them beside F's text, at the right edge. */
static void put_codes(const struct wall *l, struct frame *f)
{
    const struct qr *codes[CODES];
    unsigned right = f->x + f->w, n = take_codes(l, f, codes);
    for (unsigned i = n; i-- > 0;) {
        unsigned w, h;
        qr_draw_size(l->c, codes[i]->side, &w, &h);
        right -= w;
        unsigned top = f->top + (f->rows > h ? (f->rows - h) / 3 : 0);
        qr_draw(l->c, right, top, codes[i]->dark, codes[i]->side);
        if (l->set->join && l->set->code) /* as the text beside them numbers them */
            canvas_str(l->c, right + w / 2, top - 1, codes[i] == l->set->join ? "1" : "2", INK_STRONG);
        right -= CODE_GAP;
    }
}

/* ---- what covers the wall ---- */

static void put_break(struct wall *l)
{
    char time[12];
    long long left = l->w->break_until - l->w->now_ms;
    wall_time(left > 0 ? left : 0, time);
    canvas_centre(l->c, l->c->h / 4, both_in(both_tr(N_("Break")), &l->set->tongues, 0), INK_STRONG);
    if (!canvas_big(l->c, 0, l->c->h / 4 + 2, l->c->w, time, left > 0 ? INK_BAR : INK_WARN))
        canvas_centre(l->c, l->c->h / 4 + 2, text_of(time), INK_STRONG);
    if (l->set->address.len)
        canvas_centre(l->c, l->c->h - 2, l->set->address, INK_QUIET);
}

/* ---- all of it ---- */

static void fill(struct wall *l)
{
    switch (l->s->stage) {
    case STAGE_LOBBY: wall_lobby(l); break;
    case STAGE_FRAME: wall_frame(l); break;
    case STAGE_RULES: wall_rules(l); break;
    case STAGE_LESSON: wall_lesson(l); break;
    case STAGE_BRIEF: wall_brief(l); break;
    case STAGE_STORY:
    case STAGE_REACTION: wall_story(l); break;
    case STAGE_READ: wall_read(l); break;
    case STAGE_WRITE: wall_write(l); break;
    case STAGE_VOTE: wall_vote(l); break;
    case STAGE_TALK: wall_talk(l); break;
    case STAGE_CHOOSE: wall_choose(l); break;
    case STAGE_WHOLE: wall_whole(l); break;
    case STAGE_REVEAL: wall_reveal(l); break;
    case STAGE_ENDING: wall_ending(l); break;
    case STAGE_TURN: wall_list(l); break;
    case STAGE_ROADS: wall_roads(l); break;
    case STAGE_DEBRIEF: wall_debrief(l); break;
    case STAGE_TAKE_HOME: wall_take_home(l); break;
    case STAGE_END: wall_end(l); break;
    }
}

static struct wall wall_for(const struct wall_setting *set, const struct workshop *w, struct canvas *c, struct arena *a)
{
    struct wall l = {.set = set, .w = w, .s = &w->now, .c = c, .a = a};
    fill(&l);
    return l;
}

static void draw_stage(struct wall *l)
{
    struct frame f = frame_of(l);
    put_top(l, &f);
    struct frame text = f;
    if (l->s->stage == STAGE_LOBBY)
        put_codes(l, &text);
    unsigned pages = flow_pages(&l->flow, &l->set->tongues, l->c, text.w, text.rows);
    flow_draw(&l->flow, &l->set->tongues, l->c, text.x, text.top, text.w, text.rows, l->s->page);
    if (l->s->stage == STAGE_VOTE)
        put_votes(l, &f);
    put_bottom(l, &f, pages);
    put_field(l, &f);
}

void wall_draw(const struct wall_setting *set, const struct workshop *w, struct canvas *c)
{
    struct arena a = {0};
    struct wall l = wall_for(set, w, c, &a);
    struct frame f = frame_of(&l);
    if (w->help)
        keys_draw(c, &set->tongues, f.x, f.w);
    else if (w->break_until)
        put_break(&l);
    else if (!w->black)
        draw_stage(&l);
    flow_done(&l.flow);
    arena_done(&a);
}

unsigned wall_pages(const struct wall_setting *set, const struct workshop *w, struct canvas *c)
{
    struct arena a = {0};
    struct wall l = wall_for(set, w, c, &a);
    struct frame f = frame_of(&l);
    const struct qr *codes[CODES];
    if (w->now.stage == STAGE_LOBBY)
        take_codes(&l, &f, codes);
    unsigned pages = flow_pages(&l.flow, &set->tongues, c, f.w, f.rows);
    flow_done(&l.flow);
    arena_done(&a);
    return pages;
}
