/* test_workshop.c -- a workshop as a state machine: no terminal, no engine, no clock.
 *
 * The engine is played by hand: each step that is wanted appends the beats an engine would show. */
#include "unit.h"

#include "front/press.h"
#include "front/workshop_keep.h"

#include <stdlib.h>
#include <string.h>

/* ---- a workshop by hand ---- */

static struct about about;
static struct about_role roles[2];
static struct both choices[3];
static struct story story;
static struct outline_option out_options[2][3];
static struct outline_node out_nodes[2];
static struct outline_scene out_scenes[1];
static struct client_outline outline;
static struct workshop w;
static uint32_t events;
static long long clock_ms;

static struct both words(const char *t) { return (struct both){text_of(t), text_of(t)}; }

static void beat(enum wire_output kind, uint32_t event, const char *id, const char *said)
{
    array_room(story.v, story.n, story.cap);
    story.v[story.n++] = (struct beat){.kind = kind, .event = event, .id = text_of(id), .words = words(said), .form = WIRE_FORM_CHOICE};
}

/* The first or second decision, offered in event EVENT. */
static void offer(int second, uint32_t event)
{
    beat(WIRE_OUT_ASK, event, second ? "two" : "one", "What do you say?");
    for (int i = 0; i < 3; i++)
        beat(WIRE_OUT_OPTION, event, second ? (const char *[]){"two/x", "two/y", "two/z"}[i] : (const char *[]){"one/a", "one/b", "one/c"}[i], "words");
}

static struct client_input wanted;
static struct arena arena;

/* Does what the machine wants, as an engine would: one -> two -> the end. */
static void engine(void)
{
    while (w.step != STEP_NONE) {
        uint32_t first = story.n, event = events, open = 0;
        enum step_wanted step = w.step;
        workshop_input(&w, &arena, &wanted);
        if (step == STEP_BEGIN) {
            beat(WIRE_OUT_LINE, ++events, "", "Again?");
            beat(WIRE_OUT_NOTE, events, "", "Wait.");
            offer(0, open = ++events);
        } else if (step == STEP_CHOOSE) {
            bool second = text_starts(wanted.option, "two/");
            beat(WIRE_OUT_SAID, event = ++events, wanted.option.at, "said");
            beat(WIRE_OUT_REACTION, events, "", "reacted");
            beat(WIRE_OUT_LINE, ++events, "", "on");
            if (second)
                beat(WIRE_OUT_ENDED, ++events, "end", "The end");
            else
                offer(1, open = ++events);
        } else if (step == STEP_REWIND) {
            beat(WIRE_OUT_REWOUND, ++events, "", "");
            open = wanted.to;
            offer(wanted.to > 3, open);
        }
        events++;
        workshop_told(&w, first, event, open);
    }
}

static enum want press(uint32_t key)
{
    enum want want = workshop_press(&w, key, false, false, clock_ms);
    if (want == WANT_STEP)
        engine();
    return want;
}

static void type(const char *keys)
{
    for (; *keys; keys++)
        press(*keys == '\n' ? PRESS_ENTER : *keys == '<' ? PRESS_BACKSPACE : (uint32_t)*keys);
}

/* Keys until STAGE, at most MOST of them. */
static void until(enum stage_of_workshop stage, const char *key, int most)
{
    while (w.now.stage != stage && most-- > 0)
        type(key);
    assert_int_equal(w.now.stage, stage);
}

static int begin(void **state)
{
    (void)state;
    static const enum wire_room rooms[] = {WIRE_ROOM_FULL, WIRE_ROOM_QUICK};
    about = (struct about){.roles = roles, .n_roles = 2, .warm_up = {words("Warm?"), choices, 3}};
    roles[0] = (struct about_role){.id = TEXT("you"), .name = words("Wei")};
    about.own = &roles[0];
    for (int d = 0; d < 2; d++) {
        for (int i = 0; i < 3; i++)
            out_options[d][i] = (struct outline_option){.text = {0}};
        out_nodes[d] = (struct outline_node){.kind = WIRE_NODE_DECISION, .id = d ? TEXT("two") : TEXT("one"), .room = rooms[d],
                                             .who = TEXT("you"), .form = WIRE_FORM_CHOICE, .options = out_options[d], .n_options = 3};
    }
    out_scenes[0] = (struct outline_scene){.id = TEXT("s"), .nodes = out_nodes, .n_nodes = 2};
    outline = (struct client_outline){.scenes = out_scenes, .n_scenes = 1};
    memset(&story, 0, sizeof story);
    events = 1;
    clock_ms = 1000;
    workshop_begin(&w, &about, &story, &outline);
    return 0;
}

static int end(void **state)
{
    (void)state;
    workshop_done(&w);
    story_done(&story);
    arena_done(&arena);
    return 0;
}

/* Up to the first vote. */
static void first_vote(void)
{
    type("s");            /* lobby */
    type("s");            /* warm-up */
    until(STAGE_READ, " ", 12);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_VOTE);
}

/* ---- tests ---- */

static void through(void **state)
{
    (void)state;
    static const enum stage_of_workshop way[] = {
        STAGE_VOTE, STAGE_VOTE, STAGE_REVEAL, STAGE_FRAME, STAGE_RULES, STAGE_BRIEF, STAGE_STORY, STAGE_READ, STAGE_VOTE};
    for each (i, way) {
        if (i == 1)
            type("h3 2 1\n");
        else
            type(" ");
        expect_number(w.now.stage, way[i], "on");
    }
    type("ha5 b2 c1\n ");
    assert_int_equal(w.now.stage, STAGE_TALK);
    type(" ha2 b6\n ");
    assert_int_equal(w.now.stage, STAGE_REACTION);
    assert_int_equal(wanted.kind, WIRE_CHOOSE);
    expect_text(wanted.option, "one/b", "the one that leads");
    assert_int_equal(wanted.vote->n_rounds, 2);
    assert_int_equal(wanted.vote->rounds[0].votes[0], 5);
    assert_int_equal(wanted.vote->rounds[1].votes[1], 6);
    assert_int_equal(wanted.vote->rounds[1].hands, 8);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_REACTION);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_REVEAL);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_STORY);
    type("  1 0 0\n "); /* one vote is enough where it is played quickly */
    assert_int_equal(w.now.stage, STAGE_REACTION);
    until(STAGE_ENDING, " ", 6);
    assert_int_equal(w.now.n_road, 2);
    assert_int_equal(w.now.road[0].taken, 2);
}

static void nobody(void **state)
{
    (void)state;
    first_vote();
    type(" ");
    assert_int_equal(w.remark, REMARK_NOBODY_VOTED);
    type("t"); /* another key: it was not meant */
    type(" ");
    assert_int_equal(w.now.stage, STAGE_VOTE);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_TALK);
    type("   ");
    assert_int_equal(w.now.stage, STAGE_CHOOSE);
    assert_int_equal(w.field, FIELD_PICK);
    type("d\n");
    assert_int_equal(w.remark, REMARK_NO_LETTER);
    type("<c\n");
    assert_int_equal(w.now.stage, STAGE_REACTION);
    expect_text(wanted.option, "one/c", "told");
    until(STAGE_STORY, " ", 3);
}

static void ties_and_vetoes(void **state)
{
    (void)state;
    first_vote();
    type("h4 4 1\n");
    type("s");
    assert_int_equal(w.now.stage, STAGE_CHOOSE);
    press(PRESS_ESCAPE);
    type("v"); /* rather once more */
    assert_int_equal(w.now.stage, STAGE_VOTE);
    assert_int_equal(w.now.ballot.round, 2);
    type("h9 1 1\n");
    type("pb\n"); /* and the facilitator wants another */
    expect_text(wanted.option, "one/b", "veto");
    assert_int_equal(wanted.vote->n_rounds, 2);
}

static void phones_and_hands(void **state)
{
    (void)state;
    first_vote();
    uint32_t round = workshop_round(&w);
    assert_int_equal(workshop_vote(&w, 1, round, 1), CAST_TAKEN);
    assert_int_equal(workshop_vote(&w, 2, round, 3), CAST_TAKEN);
    assert_int_equal(workshop_vote(&w, 2, round + 1, 1), CAST_CLOSED);
    assert_int_equal(workshop_vote(&w, 2, round, 4), CAST_NOT_OFFERED);
    assert_int_equal(workshop_voted(&w, 2, round), 3);
    type("c4\n");
    assert_int_equal(w.heads, 4);
    type("ha2 b1\n");
    assert_int_equal(w.remark, REMARK_OVER_HEADS);
    assert_int_equal(w.counted, 5);
    assert_int_equal(ballot_answered(&w.now.ballot, 1), 2);
    type("\n"); /* all the same */
    assert_int_equal(ballot_answered(&w.now.ballot, 1), 5);
    type(" ");
    assert_int_equal(workshop_vote(&w, 3, round, 1), CAST_CLOSED);
    type(" ");
    assert_int_not_equal(workshop_round(&w), round);
    assert_int_equal(workshop_voted(&w, 1, round), 0);
}

static void undo(void **state)
{
    (void)state;
    type("u");
    assert_int_equal(w.remark, REMARK_NOTHING_BACK);
    first_vote();
    uint32_t round = workshop_round(&w);
    type("h5 2 1\n");
    workshop_vote(&w, 7, round, 2);
    type("u"); /* the hands; the phone's vote stays */
    assert_int_equal(ballot_answered(&w.now.ballot, 1), 1);
    type("h5 2 1\n s"); /* settled after one round */
    assert_int_equal(w.now.stage, STAGE_REACTION);
    uint32_t before = w.now.n_road;
    type("u"); /* the engine goes back, too */
    assert_int_equal(wanted.kind, WIRE_REWIND);
    assert_int_equal(w.now.stage, STAGE_TALK);
    assert_int_equal(w.now.n_road, before);
    assert_int_equal(ballot_answered(&w.now.ballot, 1), 9);
    type("u");
    assert_int_equal(w.now.stage, STAGE_VOTE);
    assert_int_equal(workshop_vote(&w, 8, round, 1), CAST_TAKEN);
    type("s"); /* and on, by the same votes */
    expect_text(wanted.option, "one/a", "settled again");
    until(STAGE_READ, " ", 6);
    assert_int_equal(w.now.n_road, 2);
}

/* Everything can be taken back up to the lobby, and played once more to the same end. */
static void undo_everything(void **state)
{
    (void)state;
    first_vote();
    type("h5 2 1\n ");
    until(STAGE_READ, "s", 9);
    for (int i = 0; i < UNDO_MOST + 4 && w.n_past; i++)
        type("u");
    assert_int_equal(w.now.stage, STAGE_LOBBY);
    first_vote();
    type("h0 9 1\n ss");
    until(STAGE_READ, " ", 6);
    assert_int_equal(w.now.road[0].taken, 2);
}

static void back_and_the_other_road(void **state)
{
    (void)state;
    first_vote();
    type("h5 2 1\n ss");
    until(STAGE_READ, " ", 6);
    type(" h0 0 4\n ");
    until(STAGE_TURN, " ", 8);
    type("9\n");
    assert_int_equal(w.remark, REMARK_NO_DECISION);
    type("<1\n");
    assert_int_equal(w.now.stage, STAGE_READ);
    assert_int_equal(w.now.n_road, 1);
    type("pb\n");
    until(STAGE_READ, " ", 6);
    assert_int_equal(w.now.n_road, 2);
    type("a"); /* the rest as before */
    expect_text(wanted.option, "two/z", "as before");
    assert_int_equal(w.now.stage, STAGE_ENDING);
    assert_int_equal(w.now.n_endings, 2);
    assert_int_equal(w.now.endings[1].turned.taken, 1);
    type(" ");
    assert_int_equal(w.now.stage, STAGE_ROADS);
}

static void refused(void **state)
{
    (void)state;
    first_vote();
    type("h5 2 1\n");
    type(" ");
    assert_int_equal(workshop_press(&w, 's', false, false, clock_ms), WANT_STEP);
    workshop_refused(&w, REMARK_STOPPED);
    assert_int_equal(w.remark, REMARK_STOPPED);
    assert_int_equal(w.now.stage, STAGE_TALK);
    assert_int_equal(w.now.taken, 0);
    type("pc\n"); /* another is taken instead */
    expect_text(wanted.option, "one/c", "another");
}

static void what_covers_the_wall(void **state)
{
    (void)state;
    first_vote();
    type("b");
    assert_true(w.black);
    type(" "); /* a clicker's key only wakes it */
    assert_false(w.black);
    assert_int_equal(w.now.stage, STAGE_VOTE);
    type("k");
    assert_true(w.break_until > 0);
    type("+");
    assert_int_equal(w.break_until, clock_ms + 660000);
    type(" ");
    assert_int_equal(w.break_until, 0);
    type("ha1 b"); /* in a field letters are what is typed */
    assert_false(w.black);
    press(PRESS_ESCAPE);
    assert_int_equal(ballot_answered(&w.now.ballot, 1), 0);
    type("t");
    assert_int_equal(workshop_timer(&w), 60000);
    clock_ms += 15000;
    assert_true(workshop_tick(&w, clock_ms));
    type("t+");
    assert_int_equal(workshop_timer(&w), 75000);
    assert_int_equal(press(PRESS_PAGE_UP), WANT_NOTHING); /* never a vote by a slip */
    type("q");
    assert_int_equal(press('q'), WANT_QUIT);
}

/* ---- kept, and taken up again ---- */

static void take_up_again(const struct workshop_beside *beside)
{
    struct workshop again;
    struct workshop_beside b;
    struct buf body = {0}, twice = {0};
    workshop_begin(&again, &about, &story, &outline);
    workshop_put(&w, beside, &body);
    assert_true(workshop_take(&again, buf_view(&body), &b));
    workshop_put(&again, &b, &twice);
    if (!text_eq(buf_view(&body), buf_view(&twice)))
        fail_msg("kept as\n%.*s\ntaken up as\n%.*s", (int)body.len, body.at, (int)twice.len, twice.at);
    assert_int_equal(again.now.stage, w.now.stage);
    assert_memory_equal(again.now.ballot.rounds, w.now.ballot.rounds, sizeof w.now.ballot.rounds);
    if (w.now.ballot.open) /* whose vote it was is kept no longer than it can be changed */
        assert_memory_equal(again.now.ballot.cast, w.now.ballot.cast, sizeof w.now.ballot.cast);
    buf_done(&body);
    buf_done(&twice);
    workshop_done(&again);
}

/* A state that somebody has touched is refused, or is one in which a workshop can stand: any keys are harmless from there. */
static void touched(void **state)
{
    (void)state;
    static const char bytes[] = "0123456789\"[]{},:-truefalse";
    struct buf body = {0};
    struct workshop_beside b = {.events = 7};
    uint32_t taken = 0, seed = 7;
    first_vote();
    type("ha5 b2 c1\n  ");
    workshop_vote(&w, 3, workshop_round(&w), 2);
    workshop_put(&w, &b, &body);
    for (uint32_t i = 0; i < 20000; i++) {
        struct workshop again;
        seed = seed * 1664525u + 1013904223u;
        size_t at = (seed >> 8) % body.len;
        char was = body.at[at];
        body.at[at] = bytes[(seed >> 4) % (sizeof bytes - 1)];
        workshop_begin(&again, &about, &story, &outline);
        if (workshop_take(&again, buf_view(&body), &b)) {
            taken++;
            for (const char *k = " s vhu g2\n dr p"; *k; k++) {
                workshop_press(&again, *k == '\n' ? PRESS_ENTER : (uint32_t)*k, false, false, clock_ms);
                again.step = STEP_NONE;
                assert_true(again.now.beat <= story.n && again.now.stage >= STAGE_LOBBY && again.now.stage <= STAGE_END);
            }
        } else {
            assert_int_equal(again.now.stage, STAGE_LOBBY);
        }
        workshop_done(&again);
        body.at[at] = was;
    }
    assert_in_range(taken, 100, 19000);
    buf_done(&body);
}

/* Any keys in any order: it stays a workshop, and the engine is only asked for what it offers. */
static void any_keys(void **state)
{
    static const char keys[] = "  \n\n hvdrpgustlnkbafcw?+-a1b29<c\x1b";
    uint32_t s = 1;
    end(state);
    for (int round = 0; round < 30; round++) {
        begin(state);
        for (int i = 0; i < 600; i++) {
            s = s * 1664525u + 1013904223u;
            char key = keys[(s >> 12) % (sizeof keys - 1)];
            if ((s >> 8) % 5 == 0)
                workshop_vote(&w, (s >> 16) % 9, workshop_round(&w), (s >> 20) % 4);
            clock_ms += (s >> 24) * 10;
            press(key == '\n' ? PRESS_ENTER : key == '<' ? PRESS_BACKSPACE : key == 0x1b ? PRESS_ESCAPE : (uint32_t)key);
            assert_true(w.now.beat <= story.n && w.now.n_road <= ROAD_MOST && w.n_past <= UNDO_MOST);
            assert_true(w.now.stage >= STAGE_LOBBY && w.now.stage <= STAGE_END);
            if (wanted.kind == WIRE_CHOOSE)
                assert_true(wanted.option.len > 0);
            memset(&wanted, 0, sizeof wanted);
            if (i % 20 == 0)
                take_up_again(&(struct workshop_beside){.events = events, .began = 1});
        }
        end(state);
    }
    begin(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(through), TEST(nobody), TEST(ties_and_vetoes), TEST(phones_and_hands), TEST(undo), TEST(undo_everything),
        TEST(back_and_the_other_road), TEST(refused), TEST(what_covers_the_wall), TEST(any_keys), TEST(touched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
