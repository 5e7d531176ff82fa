/* test_play_scripts.c -- scripts in a play: what they may do, and that a failing one leaves nothing but a problem. */
#include "play_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define HEAD "<gauge id=\"trust\" label=\"t\" from=\"0\" to=\"9\" start=\"3\"/>"
#define OPTION(id, rest, body) "<option id=\"" id "\" " rest "><says>say " id "</says>" body "</option>"
#define REACT "<reaction who=\"lin\">ok</reaction>"
#define ENDINGS                                                                                                        \
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>"                     \
    "<scene id=\"aside\"><decision id=\"there\" who=\"you\">" OPTION("x", "next=\"good\"", REACT)                      \
        OPTION("y", "next=\"good\"", REACT) "</decision></scene>"
/* An answer that runs CODE. */
#define TALK(script, code)                                                                                             \
    script HEAD "<scene id=\"opening\"><decision id=\"first\" who=\"you\" shuffle=\"no\">"                             \
        OPTION("a", "move=\"l:reflect\" next=\"good\"", REACT "<because>why</because><do>" code "</do>")               \
        OPTION("b", "next=\"good\"", REACT) "</decision><decision id=\"theirs\" who=\"lin\">"                          \
        OPTION("a", "next=\"good\"", REACT) OPTION("b", "next=\"aside\"", REACT) "</decision></scene>" ENDINGS

static uint32_t items(const struct session *se, enum item_kind kind)
{
    uint32_t n = 0;
    for (uint32_t e = 0; e < se->n_events; e++)
        for (uint32_t i = 0; i < session_event(se, e)->n; i++)
            n += event_items(session_event(se, e))[i].kind == kind;
    return n;
}

static void assert_replays(const struct session *se)
{
    struct buf events = {0}, again = {0};
    struct err err = {0};
    events_of(se, &events);
    struct session *twin = replayed(se->scenario, buf_view(&events), &err);
    if (!twin)
        fprintf(stderr, "%s %.*s in\n%.*s", msg_name(err.code), (int)err.args[0].len, err.args[0].at, (int)events.len, events.at);
    assert_non_null(twin);
    events_of(twin, &again);
    assert_true(text_eq(buf_view(&events), buf_view(&again)));
    assert_memory_equal(se->state, twin->state, state_size(se->scenario));
    session_free(twin);
    buf_done(&events);
    buf_done(&again);
}

/* What playing first/a comes to. */
struct played {
    const char *xml;
    int32_t trust, listening, service;
    uint32_t problems, draws;
    const char *scene;
};

static void test_effects(void **state)
{
    (void)state;
    const struct played rows[] = {
        {TALK("", "local n = random(6); trust = trust + 1"), 4, 2, 0, 0, 1, "good"},
        {TALK("", "score(\"listening\", 1, \"heard\")"), 3, 2, 0, 0, 0, "good"}, /* held to +2 */
        {TALK("", "go(\"aside\")"), 3, 2, 0, 0, 0, "aside"},
        /* everything the failing script did is undone, and nothing that came before */
        {TALK("", "trust = trust + 1; score(\"listening\", 1, \"heard\"); local n = random(6); go(\"aside\"); error(\"x\")"),
         3, 2, 0, 1, 0, "good"},
        {TALK("", "while true do random(6) end"), 3, 2, 0, 1, 0, "good"},
        {TALK("<script>function on_choice(option) score(\"service\", -2, \"hook\") end</script>", "trust = trust"), 3, 2,
         -2, 0, 0, "good"},
        {TALK("<script>function on_choice(option) error(\"x\") end</script>", "trust = 4"), 4, 2, 0, 1, 0, "good"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world *w = world_of(rows[i].xml);
        struct session *se = session_begun(w, 7, "you");
        choose(se, "first/a");
        assert_int_equal(fact(se, "trust"), rows[i].trust);
        assert_int_equal(total(se, "listening"), rows[i].listening);
        assert_int_equal(total(se, "service"), rows[i].service);
        assert_int_equal(items(se, ITEM_PROBLEM), rows[i].problems);
        assert_int_equal(se->state->draws, rows[i].draws);
        assert_true(at(se, rows[i].scene));
        assert_replays(se);
        session_free(se);
        world_free(w);
    }
}

static void test_reason_is_told(void **state)
{
    (void)state;
    struct world *w = world_of(TALK("", "score(\"listening\", 1, \"heard\")"));
    struct session *se = session_begun(w, 7, "you");
    struct debrief d;
    struct buf b = {0};
    choose(se, "first/a");
    event_json(se, 3, &b);
    assert_true(says(buf_view(&b), "{\"score\":\"listening\",\"points\":1,\"why\":\"heard\"}"));
    session_debrief(se, 0, &d);
    assert_int_equal(d.turns[0].n_reasons, 2);
    assert_true(text_is(d.turns[0].reasons[1].words, "heard"));
    debrief_done(&d);
    buf_done(&b);
    session_free(se);
    world_free(w);
}

static void test_problem_is_shown(void **state)
{
    (void)state;
    struct world *w = world_of(TALK("", "error(\"x\")"));
    struct session *se = session_begun(w, 7, "you");
    struct outputs o = {0};
    bool found = false;
    choose(se, "first/a");
    session_present(se, 0, 0, &o);
    for (uint32_t i = 0; i < o.n; i++)
        if (o.v[i].kind == OUT_PROBLEM) {
            found = true;
            assert_int_equal(o.v[i].err->code, MSG_SCRIPTS_ABSENT);
            assert_true(text_is(o.v[i].err->args[0], "boom"));
            struct text bytes = w->s->sources.v[o.v[i].err->at.file].bytes; /* the place of the code */
            assert_memory_equal(bytes.at + o.v[i].err->at.from, "error(", 6);
        }
    assert_true(found);
    outputs_done(&o);
    session_free(se);
    world_free(w);
}

static const char WHENS[] =
    HEAD "<scene id=\"opening\"><line who=\"lin\" when=\"error('x')\">never</line><decision id=\"first\" who=\"you\" shuffle=\"no\">"
    OPTION("a", "when=\"error('x')\" next=\"good\"", REACT) OPTION("b", "next=\"aside\"", REACT)
    OPTION("c", "when=\"random(2) == 1\" next=\"good\"", REACT) "</decision></scene>" ENDINGS;

static void test_failing_conditions(void **state)
{
    (void)state;
    struct world *w = world_of(WHENS);
    bool with = false, without = false;
    for (uint64_t seed = 0; seed < 16; seed++) {
        struct session *se = session_begun(w, seed, "you");
        struct err err = {0};
        assert_int_equal(items(se, ITEM_PROBLEM), 2);
        assert_int_equal(items(se, ITEM_DRAW), 1);
        assert_false(try_choose(se, "first/a", &err));
        bool c = items(se, ITEM_OPTION) == 2;
        with = with || c;
        without = without || !c;
        choose(se, "first/b");
        assert_replays(se);
        session_free(se);
    }
    assert_true(with && without);
    world_free(w);
}

/* Where every option's condition fails there is nothing to choose. */
static void test_nothing_left(void **state)
{
    (void)state;
    struct world *w = world_of(HEAD "<scene id=\"opening\"><decision id=\"first\" who=\"you\">"
                                    OPTION("a", "when=\"error('x')\" next=\"good\"", REACT)
                                    OPTION("b", "when=\"error('x')\" next=\"aside\"", REACT) "</decision></scene>" ENDINGS);
    struct session *se = session_begun(w, 7, "you");
    assert_int_equal(se->state->phase, PHASE_STUCK);
    assert_int_equal(items(se, ITEM_PROBLEM), 2);
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_pick(void **state)
{
    (void)state;
    const struct {
        const char *script;
        uint32_t problems, draws;
    } rows[] = {
        {"<script>function pick(decision) return \"b\" end</script>", 0, 0},
        {"<script>function pick(decision) return \"nobody\" end</script>", 1, 1},
        {"<script>function pick(decision) error(\"x\") end</script>", 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf xml = {0};
        buf_str(&xml, rows[i].script);
        buf_str(&xml, HEAD "<scene id=\"opening\"><decision id=\"theirs\" who=\"lin\">" OPTION("a", "next=\"good\"", REACT)
                               OPTION("b", "next=\"aside\"", REACT) "</decision></scene>" ENDINGS);
        buf_char(&xml, '\0');
        struct world *w = world_of(xml.at);
        struct session *se = session_begun(w, 7, "you");
        assert_int_equal(items(se, ITEM_PROBLEM), rows[i].problems);
        assert_int_equal(se->state->draws, rows[i].draws);
        if (i == 0)
            assert_true(at(se, "aside"));
        assert_replays(se);
        session_free(se);
        world_free(w);
        buf_done(&xml);
    }
}

static void test_hooks_at_both_ends(void **state)
{
    (void)state;
    struct world *w = world_of(TALK("<script>function on_start() trust = trust + 1 end function on_end(ending) trust = trust + 1 end</script>", "trust = trust"));
    struct session *se = session_begun(w, 7, "you");
    assert_int_equal(fact(se, "trust"), 4);
    choose(se, "first/a");
    assert_int_equal(fact(se, "trust"), 5);
    assert_replays(se);
    session_free(se);
    world_free(w);
}

static void test_step_guards(void **state)
{
    (void)state;
    struct world *w = world_of(TALK("", "score(\"listening\", 1, \"heard\")"));
    struct session *se = session_new(w->s, NULL, &(struct session_params){.seed = 1}); /* no scripts at hand */
    struct err err = {0};
    assert_true(session_step(se, &(struct input){.kind = IN_BEGIN}, &err));
    choose(se, "first/a");
    assert_int_equal(items(se, ITEM_PROBLEM), 1);
    assert_int_equal(items(se, ITEM_SCORE), 0);
    assert_replays(se);
    session_free(se);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects),         cmocka_unit_test(test_reason_is_told),
        cmocka_unit_test(test_problem_is_shown), cmocka_unit_test(test_failing_conditions),
        cmocka_unit_test(test_nothing_left),    cmocka_unit_test(test_pick),
        cmocka_unit_test(test_hooks_at_both_ends), cmocka_unit_test(test_step_guards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
