/* test_vote.c -- a room's votes in an answer: what is said of them follows from them, and old records stay as they are. */
#include "play_world.h"

#include "play/ballot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define OPTION(id, rest) "<option id=\"" id "\" " rest "><says>say " id "</says><reaction who=\"lin\">ok</reaction></option>"

static const char TALK[] =
    "<scene id=\"opening\"><decision id=\"first\" who=\"you\">" OPTION("a", "") OPTION("b", "") OPTION("c", "")
    "</decision><compose id=\"word\" who=\"you\"><prompt>p</prompt>"
    "<slot id=\"what\"><part id=\"fact\" move=\"l:reflect\">It came back three times.</part><part id=\"guess\" move=\"l:advise\">You do not care.</part></slot>"
    "<slot id=\"ask\" may-be-empty=\"yes\"><part id=\"list\" move=\"s:commit\">Send one list.</part><part id=\"try\" move=\"s:wall\">Try.</part></slot>"
    "<result at-least=\"1\" next=\"end\"><reaction who=\"lin\">Yes.</reaction><because>y</because></result>"
    "<result next=\"end\"><reaction who=\"lin\">Hm.</reaction><because>h</because></result></compose></scene>"
    "<ending id=\"end\" title=\"End\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>";

/* Rows as they are written here: 'a' 3 is three votes for first/a in round COMP, 'h' hands, 'v' heads. */
struct row {
    char what;
    uint16_t round;
    int32_t value;
};

static uint32_t rows_of(const struct world *w, const struct row *v, uint32_t n, struct item *out)
{
    for (uint32_t i = 0; i < n; i++) {
        char name[] = "first/?";
        name[6] = v[i].what;
        out[i] = (struct item){.kind = ITEM_TALLY, .comp = v[i].round, .value = v[i].value};
        if (v[i].what == 'h')
            out[i].kind = ITEM_HANDS;
        else if (v[i].what == 'v')
            out[i].kind = ITEM_VOTE;
        else
            out[i].ref = scenario_option(w->s, text_of(name)).i;
    }
    return n;
}

static void holds(const struct session *se, uint32_t n, const char *piece)
{
    struct buf b = {0};
    event_json(se, n, &b);
    if (!says(buf_view(&b), piece))
        print_error("%.*s\nshould hold %s\n", (int)b.len, b.at, piece);
    assert_true(says(buf_view(&b), piece));
    buf_done(&b);
}

static void replays(const struct session *se)
{
    struct buf events = {0}, again = {0};
    struct err err = {0};
    events_of(se, &events);
    struct session *twin = replayed(se->scenario, buf_view(&events), &err);
    assert_non_null(twin);
    events_of(twin, &again);
    assert_true(text_eq(buf_view(&events), buf_view(&again)));
    session_free(twin);
    buf_done(&events);
    buf_done(&again);
}

/* ---- what is said ---- */

static void what_is_said(void **state)
{
    (void)state;
    static const struct {
        struct row v[16];
        uint32_t n;
        const char *option, *said;
    } rows[] = {
        {{{'a', 0, 6}, {'b', 0, 25}, {'c', 0, 0}, {'a', 1, 17}, {'b', 1, 14}, {'h', 1, 31}, {'h', 0, 9}, {'v', 0, 31}}, 8, "first/b",
         "\"tally\":{\"a\":6,\"b\":25,\"c\":0},\"vote\":{\"heads\":31,\"hands\":[31,9],\"before\":[{\"a\":17,\"b\":14}]}"},
        {{{'a', 0, 6}, {'b', 0, 6}, {'h', 0, 12}, {'v', 0, 0}}, 4, "first/b",
         "\"tally\":{\"a\":6,\"b\":6},\"vote\":{\"heads\":0,\"hands\":[12],\"settled\":\"tie\"}"},
        {{{'a', 0, 6}, {'b', 0, 5}, {'h', 0, 0}, {'v', 0, 12}}, 4, "first/b", "\"hands\":[0],\"settled\":\"veto\"}"},
        {{{'a', 0, 6}, {'b', 0, 5}, {'h', 0, 0}, {'v', 0, 12}}, 4, "first/c", "\"settled\":\"veto\"}"},
        {{{'v', 0, 12}}, 1, "first/b", "\"by\":\"room\",\"ms\":9,\"vote\":{\"heads\":12,\"settled\":\"told\"}"},
        {{{'a', 0, 0}, {'h', 0, 0}, {'v', 0, 12}, {'a', 1, 3}, {'h', 1, 3}}, 5, "first/a",
         "\"tally\":{\"a\":0},\"vote\":{\"heads\":12,\"hands\":[3,0],\"before\":[{\"a\":3}],\"settled\":\"told\"}"},
        {{{'a', 0, 6}}, 1, "first/b", "\"by\":\"room\",\"ms\":9,\"tally\":{\"a\":6}}"}, /* as it was kept of old */
    };
    struct world *w = world_of(TALK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session *se = session_begun(w, 7, "you");
        struct item items[16];
        struct err err = {0};
        struct input in = {.kind = IN_CHOOSE, .by = BY_ROOM, .ms = 9, .option = scenario_option(w->s, text_of(rows[i].option)),
                           .tally = items, .n_tally = rows_of(w, rows[i].v, rows[i].n, items)};
        assert_true(session_step(se, &in, &err));
        holds(se, 3, rows[i].said);
        replays(se);
        session_free(se);
    }
    world_free(w);
}

/* ---- what does not fit ---- */

static void what_does_not_fit(void **state)
{
    (void)state;
    static const struct {
        struct row v[16];
        uint32_t n;
    } rows[] = {
        {{{'a', 0, 6}, {'a', 0, 7}}, 2},                                         /* twice */
        {{{'a', 0, -1}}, 1},                                                     /* fewer than none */
        {{{'a', 1, 6}}, 1},                                                      /* an earlier round of nothing */
        {{{'a', 0, 6}, {'v', 0, 9}}, 2},                                         /* nobody said how many were hands */
        {{{'a', 0, 6}, {'h', 0, 7}, {'v', 0, 9}}, 3},                            /* more hands than votes */
        {{{'h', 0, 0}, {'v', 0, 9}}, 2},                                         /* hands of no round */
        {{{'a', 0, 6}, {'h', 0, 0}, {'v', 0, 9}, {'v', 0, 9}}, 4},               /* two counts of heads */
        {{{'a', 1, 6}, {'h', 1, 0}, {'v', 0, 9}}, 3},                            /* no last round */
        {{{'a', 0, 6}, {'h', 0, 0}, {'a', 2, 6}, {'h', 2, 0}, {'v', 0, 9}}, 5},  /* a round between is missing */
        {{{'a', 0, BALLOT_MOST}, {'b', 0, 1}, {'h', 0, 0}, {'v', 0, 9}}, 4},     /* more than anybody counts */
    };
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, "you");
    struct item items[16];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct err err = {0};
        struct input in = {.kind = IN_CHOOSE, .by = BY_ROOM, .option = scenario_option(w->s, TEXT("first/a")), .tally = items,
                           .n_tally = rows_of(w, rows[i].v, rows[i].n, items)};
        if (session_step(se, &in, &err) || err.code != MSG_TALLY_WRONG)
            fail_msg("row %zu was taken", i);
    }
    struct err err = {0};
    struct input alone = {.kind = IN_CHOOSE, .by = BY_TRAINEE, .option = scenario_option(w->s, TEXT("first/a")), .tally = items,
                          .n_tally = rows_of(w, (struct row[]){{'a', 0, 1}}, 1, items)};
    assert_false(session_step(se, &alone, &err)); /* one person has no tally */
    assert_int_equal(se->n_events, 3);
    session_free(se);
    world_free(w);
}

/* ---- a message, place by place ---- */

static uint32_t part(const struct world *w, const char *slot, const char *name)
{
    for (uint32_t i = 1; i <= w->s->n_parts; i++)
        if (text_is(scenario_name(w->s, w->s->parts[i].name), name) &&
            text_is(scenario_name(w->s, w->s->slots[w->s->parts[i].slot].name), slot))
            return i;
    abort();
}

static void a_message(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    uint32_t fact = part(w, "what", "fact"), guess = part(w, "what", "guess"), list = part(w, "ask", "list"), none = w->s->parts[list].slot;
    struct item rows[] = {{.kind = ITEM_TALLY, .ref = fact, .value = 9}, {.kind = ITEM_TALLY, .ref = guess, .value = 2},
                          {.kind = ITEM_TALLY, .ref = list, .value = 4}, {.kind = ITEM_TALLY, .ref = none, .spare = 1, .value = 7},
                          {.kind = ITEM_HANDS, .value = 22},             {.kind = ITEM_VOTE, .value = 11}};
    static const char *const votes = "\"tally\":{\"what/fact\":9,\"what/guess\":2,\"ask/list\":4,\"ask/\":7},\"vote\":{\"heads\":11,\"hands\":[22]";
    for (int veto = 0; veto < 2; veto++) {
        struct session *se = session_begun(w, 7, "you");
        struct err err = {0};
        uint32_t parts[] = {fact, list};
        choose(se, "first/a");
        struct input in = {.kind = IN_COMPOSE, .by = BY_ROOM, .parts = parts, .n_parts = 1u + (uint32_t)veto, .tally = rows, .n_tally = 6};
        assert_true(session_step(se, &in, &err));
        holds(se, 6, votes);
        holds(se, 6, veto ? "\"hands\":[22],\"settled\":\"veto\"}" : "\"hands\":[22]}");
        replays(se);
        session_free(se);
    }
    world_free(w);
}

/* ---- records that were touched ---- */

static void touched(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } edits[] = {
        {"\"settled\":\"veto\"", "\"settled\":\"tie\""},
        {",\"settled\":\"veto\"", ""},
        {"\"heads\":12", "\"heads\":-1"},
        {"\"heads\":12,", ""},
        {"\"hands\":[2]", "\"hands\":[99]"},
        {"\"hands\":[2]", "\"hands\":[2,0]"},
        {"\"hands\":[2]", "\"hands\":\"2\""},
        {"\"by\":\"room\"", "\"by\":\"trainee\""},
        {"\"tally\":{\"a\":6", "\"tally\":{\"x\":6"},
        {"\"tally\":{\"a\":6", "\"tally\":{\"a\":\"6\""},
        {"\"tally\":{\"a\":6,\"b\":5}", "\"tally\":[6,5]"},
        {"\"vote\":{", "\"vote\":{\"before\":[[]],"},
        {"\"vote\":{", "\"vote\":{\"more\":1,"},
    };
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, "you");
    struct item items[8];
    struct err err = {0};
    struct row rows[] = {{'a', 0, 6}, {'b', 0, 5}, {'h', 0, 2}, {'v', 0, 12}};
    struct input in = {.kind = IN_CHOOSE, .by = BY_ROOM, .option = scenario_option(w->s, TEXT("first/b")), .tally = items,
                       .n_tally = rows_of(w, rows, 4, items)};
    struct buf events = {0};
    assert_true(session_step(se, &in, &err));
    events_of(se, &events);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        struct buf b = {0};
        size_t from = strlen(edits[i].from);
        const char *at = memmem(events.at, events.len, edits[i].from, from);
        assert_non_null(at);
        buf_add(&b, events.at, (size_t)(at - events.at));
        buf_str(&b, edits[i].to);
        buf_add(&b, at + from, (size_t)(events.at + events.len - at) - from);
        if (replayed(w->s, buf_view(&b), &err))
            fail_msg("edit %zu was taken", i);
        buf_done(&b);
    }
    buf_done(&events);
    session_free(se);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said), cmocka_unit_test(what_does_not_fit), cmocka_unit_test(a_message), cmocka_unit_test(touched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
