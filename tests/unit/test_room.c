/* test_room.c -- what phones show at each stage of a workshop, from states set by hand. */
#include "unit.h"

#include "front/room.h"

#include <string.h>

static struct both words(const char *t) { return (struct both){text_of(t), text_of(t)}; }

static struct about about;
static struct story story;
static struct workshop w;
static struct room_made made;

/* An option each from beat 2 on, the question in beat 1, a line in beat 5. */
static int begin(void **state)
{
    (void)state;
    static struct both objectives[2], questions[1];
    static struct about_role own;
    static struct about_item after[4];
    static struct beat beats[5];
    objectives[0] = words("name the work");
    objectives[1] = words("agree a day");
    questions[0] = words("What did he need?");
    own = (struct about_role){.name = words("Wei"), .position = words("lead"), .brief = words("You are late.")};
    after[0] = (struct about_item){.id = TEXT("sure"), .kind = WIRE_SCALE, .steps = 5, .words = words("Sure?")};
    for (int i = 1; i < 4; i++)
        after[i] = (struct about_item){.id = i == 1 ? TEXT("plus") : i == 2 ? TEXT("two") : TEXT("three"), .kind = WIRE_TEXT, .words = words("Say")};
    about = (struct about){.title = words("Late"), .objectives = objectives, .n_objectives = 2, .questions = questions, .n_questions = 1, .own = &own,
                           .after = after, .n_after = 4};
    beats[0] = (struct beat){.kind = WIRE_OUT_ASK, .words = words("And now?"), .form = WIRE_FORM_CHOICE};
    beats[1] = (struct beat){.kind = WIRE_OUT_OPTION, .words = words("one")};
    beats[2] = (struct beat){.kind = WIRE_OUT_OPTION, .words = words("two"), .manner = words("quietly")};
    beats[4] = (struct beat){.kind = WIRE_OUT_LINE, .name = words("Lin"), .words = words("Again.")};
    story = (struct story){.v = beats, .n = 5};
    workshop_begin(&w, &about, &story, NULL);
    w.debrief_pages = 3;
    w.phones = 4;
    return 0;
}

static int end(void **state)
{
    (void)state;
    workshop_done(&w);
    room_done(&made);
    return 0;
}

static const struct room *make(enum stage_of_workshop stage)
{
    w.now.stage = stage;
    room_make(&made, &(struct room_wants){.w = &w});
    return &made.room;
}

static void open_vote(void)
{
    w.now.poll = POLL_DECISION;
    w.now.ask = 1;
    w.now.options[0] = 2;
    w.now.options[1] = 3;
    w.now.n_options = 2;
    w.now.first_round = 7;
    ballot_open(&w.now.ballot, 2);
}

static void stages(void **state)
{
    (void)state;
    static const struct {
        enum stage_of_workshop stage;
        enum room_state room;
        const char *heading, *first;
    } rows[] = {
        {STAGE_LOBBY, ROOM_LOBBY, "", NULL},
        {STAGE_FRAME, ROOM_WALL, "Afterwards you can …", "name the work"},
        {STAGE_RULES, ROOM_WALL, "", NULL},
        {STAGE_BRIEF, ROOM_WALL, "We are Wei, lead.", "You are late."},
        {STAGE_STORY, ROOM_WALL, "", "Lin: Again."},
        {STAGE_REACTION, ROOM_WALL, "", "Lin: Again."},
        {STAGE_READ, ROOM_WALL, "And now?", NULL},
        {STAGE_CHOOSE, ROOM_WALL, "And now?", NULL},
        {STAGE_ROADS, ROOM_WALL, "", NULL},
        {STAGE_DEBRIEF, ROOM_WALL, "", NULL},
        {STAGE_TAKE_HOME, ROOM_TAKE_HOME, "", NULL},
        {STAGE_END, ROOM_TAKE_HOME, "", NULL},
    };
    w.now.shown = 5;
    w.now.ask = 1;
    for each (i, rows) {
        const struct room *r = make(rows[i].stage);
        expect_number(r->state, rows[i].room, "state");
        expect_text(r->heading.en, rows[i].heading, "heading");
        if (rows[i].first)
            expect_text(r->paragraphs[0].zh.len ? r->paragraphs[0].en : r->paragraphs[0].zh, rows[i].first, "first paragraph");
        expect_number(r->here, 4, "people");
    }
    w.break_until = 5;
    assert_int_equal(make(STAGE_STORY)->state, ROOM_BREAK);
}

static void votes(void **state)
{
    (void)state;
    open_vote();
    const struct room *r = make(STAGE_VOTE);
    assert_int_equal(r->state, ROOM_VOTE);
    assert_int_equal(r->round, 7);
    assert_int_equal(r->n_options, 2);
    expect_text(r->options[1].manner.en, "quietly", "manner");
    assert_false(r->again);
    uint64_t print = made.print;
    workshop_vote(&w, 3, 7, 2);
    r = make(STAGE_VOTE);
    assert_int_equal(r->answered, 1);
    assert_true(made.print == print); /* a vote moves nothing on */
    assert_int_equal(r->n_tallies, 0); /* and is hidden */
    ballot_close(&w.now.ballot);
    assert_int_equal(make(STAGE_TALK)->state, ROOM_DISCUSS);
    assert_true(made.print != print);
    assert_int_equal(make(STAGE_CHOOSE)->state, ROOM_WAIT);
    ballot_open(&w.now.ballot, 2);
    assert_true(make(STAGE_VOTE)->again);
    assert_int_equal(made.room.round, 8);
    workshop_vote(&w, 3, 8, 1);
    ballot_open(&w.now.ballot, 2); /* a third time */
    ballot_hands(&w.now.ballot, (uint32_t[]){4, 5}, 2);
    w.now.taken = 2;
    r = make(STAGE_REVEAL);
    assert_int_equal(r->n_tallies, 2);
    assert_int_equal(r->tallies[0].round, 7);
    assert_int_equal(r->tallies[0].counts[1], 1);
    assert_int_equal(r->tallies[1].round, 9);
    assert_int_equal(r->tallies[1].counts[1], 5);
    assert_int_equal(r->played, 2);
}

static void form(void **state)
{
    (void)state;
    w.now.debrief = 2;
    const struct room *r = make(STAGE_DEBRIEF);
    assert_int_equal(r->state, ROOM_FORM);
    assert_int_equal(r->n_items, 5); /* a fifth text would not fit what a phone may send */
    expect_text(r->items[0].id, ROOM_PLUS, "ours");
    expect_text(r->items[2].id, "sure", "the scenario's");
    expect_text(r->items[3].id, "plus", "a scenario's own plus is another one");
}

static void home(void **state)
{
    (void)state;
    static struct minutes_turn turns[2];
    static struct minutes_named brief;
    turns[0] = (struct minutes_turn){.said = TEXT("no"), .taken_back = true};
    turns[1] = (struct minutes_turn){.said = TEXT("yes"), .reaction_by = TEXT("Lin"), .reaction = TEXT("good")};
    brief = (struct minutes_named){TEXT("Lin"), TEXT("tired")};
    struct minutes m = {.turns = turns, .n_turns = 2, .briefs = &brief, .n_briefs = 1, .ending = TEXT("agreed")};
    w.now.stage = STAGE_TAKE_HOME;
    room_make(&made, &(struct room_wants){.w = &w, .minutes = {NULL, &m}});
    const struct take_home *h = made.room.take_home;
    assert_int_equal(h->n_path, 1);
    expect_text(h->path[0].said.zh, "yes", "what was taken back is not on the path");
    expect_number((long)h->path[0].said.en.len, 0, "the other language is not made up");
    expect_text(h->briefs[0].words.zh, "tired", "brief");
    expect_text(h->ending.zh, "agreed", "ending");
    assert_int_equal(h->n_questions, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(stages), TEST(votes), TEST(form), TEST(home)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
