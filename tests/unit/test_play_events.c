/* test_play_events.c -- kept events that were touched, cut, mixed up or made up are refused; what is refused leaves
 * nothing behind. */
#include "play_world.h"

#include "play/rng.h"
#include "wire/client_event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define OPTION(id, rest, body) "<option id=\"" id "\" " rest "><says>say " id "</says>" body "</option>"
#define REACT "<reaction who=\"lin\">ok</reaction>"

static const char TALK[] =
    "<gauge id=\"trust\" label=\"t\" from=\"0\" to=\"9\" start=\"3\"/><flag id=\"heard\"/>"
    "<one-of id=\"mood\" values=\"calm tense\" start=\"calm\"/>"
    "<scene id=\"opening\"><line who=\"lin\">Again?</line><decision id=\"first\" who=\"you\">"
    OPTION("a", "move=\"l:reflect\" next=\"middle\"",
           REACT "<because>why</because><do>local n = random(6); score(\"listening\", 1, \"heard\")</do>"
                 "<change flag=\"heard\" to=\"yes\"/><change one-of=\"mood\" to=\"tense\"/>")
    OPTION("b", "next=\"middle\"", REACT "<do>error(\"x\")</do>") "</decision></scene>"
    "<scene id=\"middle\"><decision id=\"theirs\" who=\"lin\">" OPTION("x", "", REACT "<change gauge=\"trust\" add=\"1\"/>")
    OPTION("y", "", REACT) "</decision><decision id=\"second\" who=\"you\">" OPTION("c", "next=\"good\"", REACT)
    OPTION("d", "next=\"opening\"", REACT) "<no-answer next=\"good\"/></decision></scene>"
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>";

/* A play with one of everything in it. */
static struct session *long_play(const struct world *w)
{
    struct session *se = session_begun(w, (uint64_t)1 << 60, "you");
    struct err err;
    choose(se, "first/b");
    choose(se, "second/d");
    choose(se, "first/a");
    assert_true(session_step(se, &(struct input){.kind = IN_NOTE, .text = TEXT("a note")}, &err));
    assert_true(session_step(se, &(struct input){.kind = IN_LANGUAGE}, &err));
    assert_true(try_rewind(se, 2, &err));
    choose(se, "first/a");
    assert_true(session_step(se, &(struct input){.kind = IN_NO_ANSWER, .ms = 9}, &err));
    return se;
}

static struct text line_of(struct text all, uint32_t n)
{
    struct text line = {0};
    for (uint32_t i = 0; i <= n; i++)
        text_split(&all, '\n', &line);
    return line;
}

static void test_every_event_comes_back(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = long_play(w);
    struct buf events = {0}, again = {0};
    struct err err = {0};
    events_of(se, &events);
    assert_true(says(buf_view(&events), "\"seed\":\"1152921504606846976\""));
    struct session *twin = replayed(w->s, buf_view(&events), &err);
    assert_non_null(twin);
    events_of(twin, &again);
    assert_true(text_eq(buf_view(&events), buf_view(&again)));
    assert_memory_equal(se->state, twin->state, state_size(w->s));
    session_free(twin);
    session_free(se);
    buf_done(&events);
    buf_done(&again);
    world_free(w);
}

/* A record without the words that somebody wrote is a record still. */
static void test_withheld(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = long_play(w);
    struct buf events = {0}, without = {0}, again = {0};
    struct err err = {0};
    events_of(se, &events);
    struct text rest = buf_view(&events), line;
    uint32_t n = 0;
    while (text_split(&rest, '\n', &line)) {
        n += client_event_withhold(line, &without);
        buf_char(&without, '\n');
    }
    assert_int_equal(n, 1);
    assert_false(says(buf_view(&without), "a note"));
    assert_true(says(buf_view(&without), "\"e\":\"noted\",\"withheld\":true}"));
    struct session *twin = replayed(w->s, buf_view(&without), &err);
    assert_non_null(twin);
    events_of(twin, &again);
    assert_true(text_eq(buf_view(&without), buf_view(&again)));
    assert_memory_equal(se->state, twin->state, state_size(w->s));
    buf_reset(&without);
    assert_true(client_event_withhold(TEXT("{\"n\":9,\"e\":\"proposed\",\"decision\":\"d\",\"text\":\"a \\\"b\\\\\",\"options\":[]}"), &without));
    assert_true(text_is(buf_view(&without), "{\"n\":9,\"e\":\"proposed\",\"decision\":\"d\",\"withheld\":true,\"options\":[]}"));
    session_free(twin);
    session_free(se);
    buf_done(&events);
    buf_done(&without);
    buf_done(&again);
    world_free(w);
}

/* Every event out of its place is refused. */
static void test_order(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = long_play(w);
    struct buf events = {0};
    struct err err;
    events_of(se, &events);
    for (uint32_t skip = 1; skip < se->n_events; skip++) {
        struct session *twin = session_new(w->s, &abort_scorer, &se->params);
        bool ok = true;
        for (uint32_t n = 0; n < se->n_events && ok; n++)
            if (n != skip)
                ok = session_replay(twin, line_of(buf_view(&events), n), &err);
        assert_true(!ok || skip == se->n_events - 1);
        session_free(twin);
    }
    buf_done(&events);
    session_free(se);
    world_free(w);
}

static void test_made_up(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    const struct {
        const char *json;
        enum msg code;
    } rows[] = {
        {"", MSG_EVENT_SYNTAX},
        {"[]", MSG_EVENT_SYNTAX},
        {"{\"n\":1,\"e\":\"entered\"", MSG_EVENT_SYNTAX},
        {"{}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"woke\"}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\"}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"nowhere\"}", MSG_EVENT_NAME},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"good\"}", MSG_EVENT_ORDER},
        {"{\"n\":1,\"e\":\"entered\",\"on\":true}", MSG_EVENT_ORDER},
        {"{\"n\":2,\"e\":\"entered\",\"scene\":\"opening\"}", MSG_EVENT_FORM},
        {"{\"n\":1, \"e\":\"entered\",\"scene\":\"opening\"}", MSG_EVENT_FORM},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"more\":1}", MSG_EVENT_FORM},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[]}", MSG_EVENT_FORM},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"show\":\"good/line.1\"}]}", MSG_EVENT_NAME},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"show\":\"opening/decision.1\"}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"set\":\"trust\",\"to\":10}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"set\":\"heard\",\"to\":1}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"set\":\"mood\",\"to\":\"sad\"}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"go\":\"good\"}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"draw\":7,\"of\":6}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"entered\",\"scene\":\"opening\",\"items\":[{\"problem\":\"no-such\"}]}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"offered\",\"decision\":\"first\",\"options\":[\"a\"]}", MSG_EVENT_ORDER},
        {"{\"n\":1,\"e\":\"chose\",\"decision\":\"first\",\"option\":\"a\",\"by\":\"trainee\",\"ms\":1}", MSG_EVENT_ORDER},
        {"{\"n\":1,\"e\":\"rewound\",\"to\":1}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"ended\",\"ending\":\"good\"}", MSG_EVENT_ORDER},
        {"{\"n\":1,\"e\":\"stuck\",\"why\":\"bored\"}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"stuck\",\"why\":\"no-way\"}", MSG_EVENT_ORDER},
        {"{\"n\":1,\"e\":\"language\",\"lang\":\"fr\"}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"noted\",\"text\":\"\"}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"noted\",\"withheld\":false}", MSG_EVENT_FIELD},
        {"{\"n\":1,\"e\":\"noted\",\"text\":\"x\",\"withheld\":true}", MSG_EVENT_FORM},
        {"{\"n\":0,\"e\":\"began\"}", MSG_EVENT_FORM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct session *se = session_new(w->s, &abort_scorer, &(struct session_params){0});
        struct err err = {0};
        assert_false(session_replay(se, text_of(rows[i].json), &err));
        if (err.code != rows[i].code)
            fprintf(stderr, "%s: %s\n", rows[i].json, msg_name(err.code));
        assert_int_equal(err.code, rows[i].code);
        assert_int_equal(se->n_events, 1);
        session_free(se);
    }
    world_free(w);
}

/* What a record claims to be worth is not believed. */
static void test_forged_evidence(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, "you");
    struct buf events = {0}, forged = {0};
    struct err err = {0};
    choose(se, "first/a");
    events_of(se, &events);
    const char *honest = "\"evidence\":{\"listening\":2}", *at = memmem(events.at, events.len, honest, strlen(honest));
    assert_non_null(at);
    buf_add(&forged, events.at, (size_t)(at - events.at));
    buf_str(&forged, "\"evidence\":{\"listening\":2,\"service\":2}");
    buf_add(&forged, at + strlen(honest), (size_t)(events.at + events.len - at) - strlen(honest));
    assert_null(replayed(w->s, buf_view(&forged), &err));
    assert_int_equal(err.code, MSG_EVENT_FORM);
    buf_done(&events);
    buf_done(&forged);
    session_free(se);
    world_free(w);
}

static void test_began(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, "you");
    struct buf line = {0};
    struct err err = {0};
    const struct {
        const char *from, *to;
        enum msg code;
    } rows[] = {
        {"\"format\":1", "\"format\":2", MSG_EVENT_FORMAT},   {"\"test\"", "\"tast\"", MSG_EVENT_SCENARIO},
        {"\"digest\":\"", "\"digest\":\"0", MSG_EVENT_DIGEST}, {"\"seed\":7", "\"seed\":-7", MSG_EVENT_FIELD},
        {"\"seed\":7", "\"seed\":\"7\"", MSG_EVENT_FIELD},     {"\"en\"", "\"fr\"", MSG_EVENT_FIELD},
        {"[\"you\"]", "[]", MSG_EVENT_FIELD},                  {"[\"you\"]", "[\"boss\"]", MSG_ROLE_NOT_PLAYABLE},
        {"practice", "game", MSG_EVENT_FIELD},                 {"began", "begun", MSG_EVENT_SYNTAX},
    };
    event_json(se, 0, &line);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf other = {0};
        struct arena a = {0};
        struct session_params params;
        const char *at = memmem(line.at, line.len, rows[i].from, strlen(rows[i].from));
        buf_add(&other, line.at, (size_t)(at - line.at));
        buf_str(&other, rows[i].to);
        buf_add(&other, at + strlen(rows[i].from), (size_t)(line.at + line.len - at) - strlen(rows[i].from));
        assert_false(session_params_parse(w->s, buf_view(&other), &a, &params, &err));
        assert_int_equal(err.code, rows[i].code);
        arena_done(&a);
        buf_done(&other);
    }
    buf_done(&line);
    session_free(se);
    world_free(w);
}

/* One change somewhere in LINE, by R. */
static void mutate(struct buf *line, uint64_t r)
{
    static const char *const words[] = {"first", "good", "-1", "99999999999999999999", "null", "[]", "{}", "\"a\"", "true"};
    size_t at = line->len ? rng_below(r, (uint32_t)line->len) : 0;
    const char *word = words[r % (sizeof words / sizeof *words)];
    size_t n = strlen(word);
    if (r % 4 == 0 && line->len)
        line->at[at] = (char)(r >> 8);
    else if (r % 4 == 1)
        line->len = at;
    else if (r % 4 == 2 && at + n < line->len)
        memcpy(line->at + at, word, n);
    else if (line->len > at + 1) {
        memmove(line->at + at, line->at + at + 1, line->len - at - 1);
        line->len--;
    }
}

/* Whatever comes, the session either takes it and can write it again, or stands as it stood. */
static void test_mutations(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = long_play(w);
    struct buf events = {0}, line = {0}, back = {0};
    struct err err;
    uint32_t taken = 0;
    events_of(se, &events);
    for (uint64_t k = 1; k <= 20000; k++) {
        uint64_t r = rng_at(42, k);
        uint32_t n = 1 + (uint32_t)(k % (se->n_events - 1));
        struct session *twin = session_new(w->s, &abort_scorer, &se->params);
        for (uint32_t i = 1; i < n; i++)
            assert_true(session_replay(twin, line_of(buf_view(&events), i), &err));
        size_t log = twin->log_len;
        buf_reset(&line);
        buf_text(&line, line_of(buf_view(&events), r % 8 == 7 ? (uint32_t)(r >> 16) % se->n_events : n));
        mutate(&line, rng_at(43, k));
        if (session_replay(twin, buf_view(&line), &err)) {
            taken++;
            buf_reset(&back);
            event_json(twin, twin->n_events - 1, &back);
            assert_true(n == twin->n_events - 1 && text_eq(buf_view(&line), buf_view(&back)));
        } else {
            assert_int_equal(twin->log_len, log);
            assert_int_equal(twin->n_events, n);
        }
        session_free(twin);
    }
    assert_true(taken > 0 && taken < 2000);
    buf_done(&events);
    buf_done(&line);
    buf_done(&back);
    session_free(se);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_event_comes_back), cmocka_unit_test(test_order),
        cmocka_unit_test(test_made_up),                cmocka_unit_test(test_forged_evidence),
        cmocka_unit_test(test_began),                  cmocka_unit_test(test_mutations),
        cmocka_unit_test(test_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
