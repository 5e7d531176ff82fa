/* test_play.c -- how a play goes: choices, evidence, ways, loops, the engine's own choices, going back. */
#include "play_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* ---- scenarios ---- */

#define OPTION(id, rest, body) "<option id=\"" id "\" " rest "><says>say " id "</says>" body "</option>"
#define REACT "<reaction who=\"lin\" manner=\"nods\">ok</reaction>"
#define WHY "<because>why</because>"
#define ENDINGS                                                                                                        \
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>"                     \
    "<ending id=\"bad\" title=\"Bad\" outcome=\"worse\"><narration>Silence.</narration></ending>"

static const char TALK[] =
    "<gauge id=\"trust\" label=\"Trust\" from=\"0\" to=\"5\" start=\"3\" shown=\"always\"/><flag id=\"heard\"/>"
    "<one-of id=\"mood\" values=\"calm tense\" start=\"calm\"/>"
    "<setting id=\"product\" is=\"Atlas\"/>"
    "<scene id=\"opening\"><recap>They meet.</recap><line who=\"lin\" manner=\"arms folded\">Again, <value of=\"product\"/>?</line>"
    "<note>wait</note><change gauge=\"trust\" add=\"-1\"/>"
    "<decision id=\"first\" who=\"you\"><prompt>Trust is <value of=\"trust\"/>.</prompt><hint>listen</hint>"
    OPTION("a", "move=\"l:reflect\" next=\"middle\"", REACT WHY "<change gauge=\"trust\" add=\"9\"/><change flag=\"heard\" to=\"yes\"/>")
    OPTION("b", "move=\"s:wall\" next=\"middle\"",
           "<reaction who=\"lin\" manner=\"leaves\"/>" WHY "<score competency=\"listening\" points=\"-1\">no ear</score>"
           "<change gauge=\"trust\" add=\"-9\"/><change one-of=\"mood\" to=\"tense\"/>")
    OPTION("c", "next=\"opening\" once=\"yes\"", REACT "<narration>A pause.</narration>")
    "<no-answer next=\"bad\"><reaction who=\"lin\">Well?</reaction></no-answer></decision></scene>"
    "<scene id=\"middle\"><line who=\"lin\" when=\"heard\">You heard me.</line>"
    "<decision id=\"second\" who=\"you\" shuffle=\"no\">"
    OPTION("stay", "when=\"heard\"", REACT) OPTION("back", "next=\"opening\"", REACT)
    OPTION("end", "move=\"s:commit\" next=\"good\"", REACT WHY "<score competency=\"listening\" points=\"1\" when=\"heard\">kept</score>")
    "</decision><narration>Afterwards.</narration><goto next=\"good\" when=\"trust >= 5\"/><goto next=\"bad\"/></scene>" ENDINGS;

static const char OTHER[] =
    "<gauge id=\"trust\" label=\"t\" from=\"0\" to=\"9\" start=\"3\"/>"
    "<scene id=\"opening\"><line who=\"you\">Hello.</line><decision id=\"theirs\" who=\"lin\">"
    OPTION("a", "move=\"l:reflect\" weight=\"1\"", REACT WHY "<change gauge=\"trust\" add=\"2\"/>")
    OPTION("b", "next=\"other\" weight=\"3\"", REACT)
    OPTION("c", "next=\"other\" weight=\"0\"", REACT)
    "</decision><decision id=\"mine\" who=\"you\">" OPTION("x", "next=\"good\"", REACT) OPTION("y", "next=\"bad\"", REACT)
    "</decision></scene><scene id=\"other\"><decision id=\"late\" who=\"you\">" OPTION("x", "next=\"good\"", REACT)
    OPTION("y", "next=\"bad\"", REACT) "</decision></scene>" ENDINGS;

/* ---- helpers ---- */

static bool refused(bool done, const struct err *err, enum msg code)
{
    return !done && err->code == code;
}

static bool has(const struct session *se, uint32_t from, const char *piece)
{
    struct buf b = {0};
    shown(se, from, 0, &b);
    bool found = says(buf_view(&b), piece);
    if (!found)
        fprintf(stderr, "no “%s” in\n%.*s", piece, (int)b.len, b.at);
    buf_done(&b);
    return found;
}

static void assert_json(const struct session *se, uint32_t n, const char *expected)
{
    struct buf b = {0};
    event_json(se, n, &b);
    buf_char(&b, '\0');
    assert_string_equal(b.at, expected);
    buf_done(&b);
}

/* Events and state come out alike from a replay that runs no script, and so does what is shown. */
static void assert_replays(const struct session *se)
{
    struct buf events = {0}, again = {0}, out = {0}, out2 = {0};
    struct err err = {0};
    events_of(se, &events);
    struct session *twin = replayed(se->scenario, buf_view(&events), &err);
    if (!twin)
        fprintf(stderr, "%s %.*s %.*s\n", msg_name(err.code), (int)err.args[0].len, err.args[0].at,
                (int)err.args[1].len, err.args[1].at);
    assert_non_null(twin);
    events_of(twin, &again);
    assert_true(text_eq(buf_view(&events), buf_view(&again)));
    assert_memory_equal(se->state, twin->state, state_size(se->scenario));
    assert_int_equal(se->offered, twin->offered);
    assert_int_equal(se->n_kept, twin->n_kept);
    assert_int_equal(se->log_len, twin->log_len);
    shown(se, 0, 0, &out);
    shown(twin, 0, 0, &out2);
    assert_true(text_eq(buf_view(&out), buf_view(&out2)));
    session_free(twin);
    buf_done(&events);
    buf_done(&again);
    buf_done(&out);
    buf_done(&out2);
}

/* ---- tests ---- */

static void test_events_written(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    choose(se, "first/a");
    choose(se, "second/end");
    assert_json(se, 1, "{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"show\":\"opening/line.1\"},"
                       "{\"show\":\"opening/note.1\"},{\"set\":\"trust\",\"to\":2}]}");
    assert_json(se, 3, "{\"n\":3,\"e\":\"chose\",\"decision\":\"first\",\"option\":\"a\",\"by\":\"trainee\",\"ms\":100,"
                       "\"items\":[{\"set\":\"trust\",\"to\":5},{\"set\":\"heard\",\"to\":true}],"
                       "\"evidence\":{\"listening\":2}}");
    assert_json(se, 4, "{\"n\":4,\"e\":\"entered\",\"scene\":\"middle\",\"items\":[{\"show\":\"middle/line.1\"}]}");
    assert_json(se, 5, "{\"n\":5,\"e\":\"offered\",\"decision\":\"second\",\"values\":{\"trust\":5},"
                       "\"options\":[\"stay\",\"back\",\"end\"]}");
    assert_json(se, 6, "{\"n\":6,\"e\":\"chose\",\"decision\":\"second\",\"option\":\"end\",\"by\":\"trainee\",\"ms\":100,"
                       "\"items\":[{\"score\":\"listening\",\"points\":1,\"at\":\"second/end/score.1\"}],"
                       "\"evidence\":{\"listening\":1,\"service\":2}}");
    assert_json(se, 8, "{\"n\":8,\"e\":\"ended\",\"ending\":\"good\",\"totals\":{\"listening\":3,\"service\":2}}");
    assert_int_equal(se->state->phase, PHASE_ENDED);
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_shown(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    assert_true(has(se, 0, "scene  They meet."));
    assert_true(has(se, 0, "line lin Again, Atlas? [arms folded]"));
    assert_true(has(se, 0, "gauge  Trust 2 of 0-5"));
    assert_true(has(se, 0, "ask you Trust is 2."));
    assert_true(has(se, 0, "hint  listen"));
    uint32_t from = se->n_events;
    choose(se, "first/b");
    assert_true(has(se, from, "said you say b\nreaction lin  [leaves]\ncomment  why 1:-1 2:-1\n"));
    assert_int_equal(fact(se, "trust"), 0);
    assert_int_equal(fact(se, "mood"), 1);
    choose(se, "second/end");
    assert_true(has(se, from, "line lin Bye.\nended  Good\n"));
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_loops_and_once(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct err err = {0};
    choose(se, "first/c");
    assert_true(at(se, "opening"));
    assert_true(refused(try_choose(se, "first/c", &err), &err, MSG_OPTION_NOT_OFFERED));
    choose(se, "first/a");
    assert_int_equal(total(se, "listening"), 0); /* first was answered before, with c */
    assert_true(session_event(se, se->offered - 2)->again);
    choose(se, "second/back");
    choose(se, "first/b");
    assert_int_equal(total(se, "service"), 0);
    choose(se, "second/stay");
    assert_true(at(se, "bad")); /* trust fell, so the scene went on to its second goto */
    assert_true(has(se, 0, "narration  Afterwards."));
    assert_int_equal(se->state->turn, 5);
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_goes_on_without_next(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    choose(se, "first/a");
    choose(se, "second/stay");
    assert_json(se, 7, "{\"n\":7,\"e\":\"entered\",\"on\":true,\"items\":[{\"show\":\"middle/narration.1\"}]}");
    assert_true(at(se, "good"));
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_determinism(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    bool differ = false;
    struct buf first = {0};
    for (uint64_t seed = 1; seed <= 8; seed++) {
        struct buf a = {0}, b = {0};
        struct session *one = session_begun(w, seed, NULL), *two = session_begun(w, seed, NULL);
        choose(one, "first/a");
        choose(two, "first/a");
        events_of(one, &a);
        events_of(two, &b);
        assert_true(text_eq(buf_view(&a), buf_view(&b)));
        buf_reset(&b);
        event_json(one, 2, &b);
        differ = differ || (first.len && !text_eq(buf_view(&first), buf_view(&b)));
        buf_reset(&first);
        buf_text(&first, buf_view(&b));
        session_free(one);
        session_free(two);
        buf_done(&a);
        buf_done(&b);
    }
    assert_true(differ); /* seeds shuffle differently */
    buf_done(&first);
    world_free(w);
}

static void test_no_answer(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct err err = {0};
    assert_true(refused(try_choose(se, "first/no-answer", &err), &err, MSG_OPTION_NOT_OFFERED));
    assert_true(session_step(se, &(struct input){.kind = IN_NO_ANSWER, .ms = 60000}, &err));
    assert_json(se, 3, "{\"n\":3,\"e\":\"chose\",\"decision\":\"first\",\"by\":\"nobody\",\"ms\":60000}");
    assert_true(at(se, "bad"));
    assert_true(has(se, 3, "reaction lin Well?"));
    assert_replays(se);
    session_free(se);
    se = session_begun(w, 7, NULL);
    choose(se, "first/a");
    assert_true(refused(session_step(se, &(struct input){.kind = IN_NO_ANSWER}, &err), &err, MSG_ANSWER_NEEDED));
    session_free(se);
    world_free(w);
}

static void test_inputs_refused(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct buf before = {0}, after = {0};
    struct err err = {0};
    static char long_note[NOTE_BYTES + 1];
    memset(long_note, 'x', sizeof long_note);
    const struct {
        struct input in;
        enum msg code;
    } rows[] = {
        {{.kind = IN_BEGIN}, MSG_PLAY_BEGUN},
        {{.kind = IN_CHOOSE}, MSG_OPTION_NOT_OFFERED},
        {{.kind = IN_CHOOSE, .option = {999}}, MSG_OPTION_NOT_OFFERED},
        {{.kind = IN_REWIND, .to = 1}, MSG_REWIND_UNKNOWN},
        {{.kind = IN_REWIND, .to = 99}, MSG_REWIND_UNKNOWN},
        {{.kind = IN_NOTE}, MSG_NOTE_UNFIT},
        {{.kind = IN_NOTE, .text = {long_note, sizeof long_note}}, MSG_NOTE_UNFIT},
        {{.kind = IN_NOTE, .text = {"a\xff", 2}}, MSG_NOTE_UNFIT},
        {{.kind = IN_NOTE, .text = {"a\0b", 3}}, MSG_NOTE_UNFIT},
        {{.kind = IN_LANGUAGE, .lang = 1}, MSG_LANGUAGE_UNKNOWN},
    };
    events_of(se, &before);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(refused(session_step(se, &rows[i].in, &err), &err, rows[i].code));
    events_of(se, &after);
    assert_true(text_eq(buf_view(&before), buf_view(&after)));
    choose(se, "first/a");
    choose(se, "second/end");
    assert_true(refused(try_choose(se, "second/end", &err), &err, MSG_NOTHING_ASKED));
    buf_done(&before);
    buf_done(&after);
    session_free(se);
    world_free(w);
}

static void test_rewind(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct err err = {0};
    uint32_t first = offer_of(se, "first");
    choose(se, "first/b");
    uint32_t second = offer_of(se, "second");
    choose(se, "second/end");
    assert_int_equal(total(se, "service"), 1);
    assert_true(try_rewind(se, second, &err)); /* from the ending */
    assert_int_equal(se->state->phase, PHASE_ASK);
    assert_int_equal(fact(se, "trust"), 0);
    assert_true(try_rewind(se, first, &err)); /* and before that */
    assert_int_equal(fact(se, "trust"), 2);
    assert_int_equal(se->state->turn, 0);
    assert_int_equal(total(se, "service"), 1);
    assert_true(refused(try_rewind(se, second, &err), &err, MSG_REWIND_UNKNOWN)); /* no longer on the road */
    choose(se, "first/a");
    assert_int_equal(total(se, "listening"), -1); /* practice: the first answer stays the evidence */
    assert_int_equal(fact(se, "trust"), 5);
    choose(se, "second/end");
    assert_int_equal(total(se, "service"), 1);
    assert_true(try_rewind(se, first, &err)); /* to before an earlier going back */
    choose(se, "first/a");
    assert_int_equal(fact(se, "trust"), 5);
    uint32_t n, *road = session_road(se, &n);
    assert_int_equal(n, 6); /* began entered offered chose entered offered */
    free(road);
    assert_true(has(se, first, "rewound"));
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_check_in_keeps_its_road(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_new(w->s, NULL, &(struct session_params){.mode = MODE_CHECK_IN});
    struct err err = {0};
    assert_true(session_step(se, &(struct input){.kind = IN_BEGIN}, &err));
    choose(se, "first/a");
    assert_true(refused(try_rewind(se, 2, &err), &err, MSG_REWIND_CHECK_IN));
    choose(se, "second/end");
    assert_true(try_rewind(se, 2, &err));
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_notes_and_languages(void **state)
{
    (void)state;
    static const struct po_entry po[] = {{.ctx = {"first/a/says", 12}, .id = {"say a", 5}, .str = {"sag a", 5}}};
    struct world *w = world_with(TALK, po, 1);
    struct session *se = session_begun(w, 7, NULL);
    struct err err = {0};
    struct buf b = {0};
    assert_true(session_step(se, &(struct input){.kind = IN_NOTE, .text = TEXT("他“累”了\n<b>")}, &err));
    assert_json(se, 3, "{\"n\":3,\"e\":\"noted\",\"text\":\"他“累”了\\n\\u003cb\\u003e\"}");
    assert_true(session_step(se, &(struct input){.kind = IN_LANGUAGE, .lang = 1}, &err));
    assert_json(se, 4, "{\"n\":4,\"e\":\"language\",\"lang\":\"de\"}");
    assert_int_equal(se->lang, 1);
    choose(se, "first/a");
    shown(se, 0, 1, &b);
    assert_true(says(buf_view(&b), "said you sag a\n"));
    assert_true(says(buf_view(&b), "ask you Trust is 2. original\n"));
    assert_replays(se);
    buf_done(&b);
    session_free(se);
    world_free(w);
}

static void test_vote(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct err err = {0};
    option_id a = scenario_option(w->s, TEXT("first/a")), b = scenario_option(w->s, TEXT("first/b"));
    struct item votes[] = {{.kind = ITEM_TALLY, .ref = b.i, .value = 3}, {.kind = ITEM_TALLY, .ref = a.i, .value = 9}};
    struct input in = {.kind = IN_CHOOSE, .option = a, .by = BY_ROOM, .tally = votes, .n_tally = 2};
    votes[0].ref = a.i;
    assert_true(refused(session_step(se, &in, &err), &err, MSG_TALLY_WRONG));
    votes[0].ref = b.i;
    assert_true(session_step(se, &in, &err));
    assert_json(se, 3, "{\"n\":3,\"e\":\"chose\",\"decision\":\"first\",\"option\":\"a\",\"by\":\"room\",\"ms\":0,"
                       "\"tally\":{\"b\":3,\"a\":9},\"items\":[{\"set\":\"trust\",\"to\":5},"
                       "{\"set\":\"heard\",\"to\":true}],\"evidence\":{\"listening\":2}}");
    assert_replays(se);
    session_free(se);
    world_free(w);
}

/* The engine answers for whom nobody plays: by weight, never with weight 0, and it never counts. */
static void test_unplayed_role(void **state)
{
    (void)state;
    struct world *w = world_of(OTHER);
    int a = 0, b = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct session *se = session_begun(w, seed, "you");
        assert_int_equal(total(se, "listening"), 0);
        assert_int_equal(se->state->turn, 0);
        a += at(se, "opening");
        b += at(se, "other");
        assert_int_equal(fact(se, "trust"), at(se, "opening") ? 5 : 3);
        if (seed < 20)
            assert_replays(se);
        session_free(se);
    }
    assert_int_equal(a + b, 200);
    assert_in_range(a, 30, 70);
    struct session *se = session_begun(w, 1, "lin");
    assert_int_equal(se->state->decision, scenario_decision(w->s, TEXT("theirs")).i);
    choose(se, "theirs/a");
    assert_int_equal(total(se, "listening"), 2);
    assert_int_equal(se->state->phase, PHASE_ENDED); /* mine is the engine's now */
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_both_roles(void **state)
{
    (void)state;
    struct world *w = world_of(OTHER);
    struct session_params params = {.roles = {{1}, {2}}, .n_roles = 2};
    struct session *se = session_new(w->s, NULL, &params);
    struct err err = {0};
    assert_true(session_step(se, &(struct input){.kind = IN_BEGIN}, &err));
    choose(se, "theirs/a");
    choose(se, "mine/x");
    assert_int_equal(se->state->phase, PHASE_ENDED);
    assert_replays(se);
    session_free(se);
    params.roles[1] = (role_id){3};
    assert_true(refused(session_params_check(w->s, &params, &err), &err, MSG_ROLE_NOT_PLAYABLE));
    world_free(w);
}

static const char STUCK[] =
    "<gauge id=\"trust\" label=\"t\" from=\"0\" to=\"9\" start=\"3\"/>"
    "<scene id=\"opening\"><decision id=\"first\" who=\"you\">"
    OPTION("none", "next=\"locked\"", REACT) OPTION("way", "next=\"dead\"", REACT) OPTION("round", "next=\"mill\"", REACT)
    "</decision></scene>"
    "<scene id=\"locked\"><decision id=\"shut\" who=\"you\">" OPTION("x", "when=\"trust > 8\" next=\"good\"", REACT)
    OPTION("y", "when=\"trust > 7\" next=\"bad\"", REACT) "</decision></scene>"
    "<scene id=\"dead\"><goto next=\"good\" when=\"trust > 8\"/></scene>"
    "<scene id=\"mill\"><goto next=\"wheel\"/></scene><scene id=\"wheel\"><goto next=\"mill\" when=\"3 >= trust\"/>"
    "<goto next=\"bad\"/></scene>" ENDINGS;

static void test_stuck(void **state)
{
    (void)state;
    struct world *w = world_of(STUCK);
    static const char *const ways[] = {NULL, "first/none", "first/way", "first/round"};
    for (uint32_t why = STUCK_NO_OPTION; why <= STUCK_MOVES; why++) {
        struct session *se = session_begun(w, 7, NULL);
        struct err err = {0};
        choose(se, ways[why]);
        assert_int_equal(se->state->phase, PHASE_STUCK);
        assert_int_equal(session_event(se, se->n_events - 1)->a, why);
        assert_true(has(se, 0, "stuck"));
        assert_replays(se);
        assert_true(try_rewind(se, 2, &err));
        session_free(se);
    }
    world_free(w);
}

static void test_debrief(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, NULL);
    struct debrief d;
    struct err err = {0};
    choose(se, "first/b");
    choose(se, "second/end");
    assert_true(try_rewind(se, 2, &err));
    choose(se, "first/a");
    choose(se, "second/end");
    session_debrief(se, 0, &d);
    assert_int_equal(d.n_turns, 4);
    assert_int_equal(d.again, 2);
    assert_int_equal(d.ending.i, scenario_scene(w->s, TEXT("good")).i);
    assert_true(d.turns[0].taken_back && d.turns[1].taken_back && !d.turns[2].taken_back && d.turns[2].again);
    assert_true(text_is(d.turns[0].heard, "Again, Atlas?") && text_is(d.turns[2].heard, "Again, Atlas?"));
    assert_true(text_is(d.turns[0].heard_by, "Lin") && text_is(d.turns[0].prompt, "Trust is 2."));
    assert_true(text_is(d.turns[0].said, "say b") && text_is(d.turns[0].reaction_manner, "leaves"));
    assert_true(text_is(d.turns[1].heard, "leaves")); /* a reaction without words is heard, too */
    assert_int_equal(d.turns[0].n_reasons, 2);
    assert_true(text_is(d.turns[0].reasons[0].words, "why") && d.turns[0].reasons[0].points == -1);
    assert_true(text_is(d.turns[0].reasons[1].words, "no ear"));
    assert_int_equal(d.turns[0].n_evidence, 2);
    assert_int_equal(d.turns[2].n_evidence, 0);
    debrief_done(&d);
    session_free(se);
    world_free(w);
}

/* What was heard is what others said last, not what one's own role was made to say behind it. */
static void test_heard(void **state)
{
    (void)state;
    struct world *w = world_of(
        "<scene id=\"s\"><line who=\"lin\">So?</line><line who=\"you\">Hm.</line><decision id=\"d\" who=\"you\">"
        "<option id=\"a\"><says>A</says></option><option id=\"b\"><says>B</says></option></decision><goto next=\"e\"/></scene>"
        "<ending id=\"e\" title=\"E\" outcome=\"open\"><narration>n</narration></ending>");
    struct session *se = session_begun(w, 7, "you");
    struct debrief d;
    choose(se, "d/a");
    session_debrief(se, 0, &d);
    assert_int_equal(d.n_turns, 1);
    assert_true(text_is(d.turns[0].heard, "So?") && text_is(d.turns[0].heard_by, "Lin"));
    debrief_done(&d);
    session_free(se);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_written), cmocka_unit_test(test_shown),
        cmocka_unit_test(test_loops_and_once), cmocka_unit_test(test_goes_on_without_next),
        cmocka_unit_test(test_determinism),    cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_inputs_refused), cmocka_unit_test(test_rewind),
        cmocka_unit_test(test_check_in_keeps_its_road), cmocka_unit_test(test_notes_and_languages),
        cmocka_unit_test(test_vote),           cmocka_unit_test(test_unplayed_role),
        cmocka_unit_test(test_both_roles),     cmocka_unit_test(test_stuck),
        cmocka_unit_test(test_debrief), cmocka_unit_test(test_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
