/* test_wire_client.c -- the host's client against the real engine: answers, deaths, hangs, replays; and against answers
 * that no engine of ours would give. */
#include "unit.h"

#include "base/version.h"
#include "wire/client.h"
#include "wire/engine_find.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- the real engine ---- */

static struct buf engine;

/* This program is $(B)/tests/test_wire_client, the engine $(B)/rehearse-engine. */
static int engine_make(void **state)
{
    (void)state;
    setenv("REHEARSE_LIBRARY", ".", 1);
    if (!engine_own_folder(&engine))
        return -1;
    static const char name[] = "/../rehearse-engine";
    buf_add(&engine, name, sizeof name);
    return access(engine.at, X_OK);
}

static int engine_forget(void **state)
{
    (void)state;
    buf_done(&engine);
    return 0;
}

static bool parse_zh(void *self, struct text name, struct text bytes, struct po_pairs *out)
{
    (void)self;
    (void)name;
    (void)bytes;
    po_pairs_add(out, &(struct po_pair){.ctx = TEXT("info/title"), .id = TEXT("The short one"), .str = TEXT("短的")});
    return true;
}

struct host {
    struct files *files;
    struct client *client;
    struct client_session *session;
    struct client_fault fault;
    struct client_answer answer;
    struct buf kept;
    bool full; /* keep() fails */
};

static bool keep(void *self, struct client_session *s, struct text events)
{
    struct host *h = self;
    (void)s;
    buf_text(&h->kept, events);
    return !h->full;
}

static void host_open(struct host *h, const char *scenario, uint32_t deadline)
{
    enum file_code code;
    struct client_problems problems;
    *h = (struct host){.files = files_open(scenario, &(struct files_config){.po_parse = parse_zh}, &code)};
    assert_non_null(h->files);
    h->client = client_open(&(struct client_config){.engine = engine.at, .files = h->files, .watch = -1,
                                                    .deadline = deadline, .texts = true});
    assert_int_equal(client_load(h->client, &problems, &h->fault), CLIENT_OK);
    assert_true(problems.playable);
}

static void host_start(struct host *h)
{
    enum client_end end;
    h->session = client_start(h->client, &(struct client_params){.seed = 7}, keep, h, &end, &h->fault);
    assert_non_null(h->session);
    assert_int_equal(end, CLIENT_OK);
}

static void host_close(struct host *h)
{
    client_close(h->client);
    files_close(h->files);
    buf_done(&h->kept);
}

static enum client_end step(struct host *h, enum wire_input kind, const char *option)
{
    struct client_input in = {.kind = kind, .option = text_of(option), .ms = 5};
    return client_step(h->session, &in, &h->answer, &h->fault);
}

static const struct client_output *output_of(const struct client_answer *a, enum wire_output kind)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (a->v[i].kind == kind)
            return &a->v[i];
    fail_msg("no output of kind %d", (int)kind);
    return NULL;
}

static void expect_runs(struct runs r, const char *wanted)
{
    struct buf b = {0};
    runs_plain(r, &b);
    expect_text(buf_view(&b), wanted, wanted);
    buf_done(&b);
}

/* ---- a whole play ---- */

static void whole_play(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 0);
    expect_text(client_scenario(h.client)->id, "short", "id");
    assert_int_equal(client_scenario(h.client)->digest.len, 64);
    struct client_info info;
    assert_int_equal(client_info(h.client, TEXT("en"), &info, &h.fault), CLIENT_OK);
    expect_runs(info.title, "The short one");
    assert_int_equal(info.n_roles, 2);
    assert_true(info.roles[0].playable);
    expect_runs(info.lessons[0].paragraphs[0], "Say back what you heard.");
    assert_int_equal(info.lessons[0].paragraphs[0].v[1].kind, RUN_EM);
    assert_int_equal(info.surveys[0].kind, WIRE_SCALE);
    client_info_done(&info);
    assert_int_equal(client_info(h.client, TEXT("xx"), &info, &h.fault), CLIENT_REFUSED);
    expect_text(h.fault.word, "bad-request", "word");

    host_start(&h);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    expect_runs(output_of(&h.answer, WIRE_OUT_LINE)->text, "This is the third time that Atlas is late.");
    expect_text(output_of(&h.answer, WIRE_OUT_LINE)->at, "tests/wire/short/scenario.xml:27:5", "at");
    expect_text(output_of(&h.answer, WIRE_OUT_ASK)->id, "reply", "decision");
    assert_int_equal(client_session_phase(h.session), WIRE_ASK);
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/hear"), CLIENT_OK);
    const struct client_output *comment = output_of(&h.answer, WIRE_OUT_COMMENT);
    assert_int_equal(comment->n_points, 1);
    assert_int_equal(comment->points[0].points, 2);
    expect_text(comment->moves[0].move, "listen:reflect-feeling", "move");
    assert_int_equal(output_of(&h.answer, WIRE_OUT_ENDED)->outcome, WIRE_AGREED);
    assert_int_equal(client_session_phase(h.session), WIRE_ENDED);
    assert_int_equal(client_session_turn(h.session), 1);

    struct client_debrief d;
    assert_int_equal(client_debrief(h.session, (struct text){0}, &d, &h.fault), CLIENT_OK);
    assert_int_equal(d.n_turns, 1);
    expect_runs(d.turns[0].said, "You were up again, and nobody had told you.");
    assert_int_equal(d.gauges[0].value, 6);
    assert_int_equal(d.outcome, WIRE_AGREED);
    const struct client_text *texts;
    uint32_t n;
    assert_int_equal(client_texts(h.client, &texts, &n, &h.fault), CLIENT_OK);
    assert_true(n > 20);
    struct text schema;
    assert_int_equal(client_document(h.client, "schema", &schema, &h.fault), CLIENT_OK);
    assert_true(text_starts(schema, "<?xml"));
    assert_int_equal(client_restarts(h.client), 0);
    host_close(&h);
}

/* Events are kept before what they show is handed out, and are the session. */
static void keeping(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 0);
    host_start(&h);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    assert_true(h.answer.kept);
    h.full = true;
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/wall"), CLIENT_OK);
    assert_false(h.answer.kept);
    assert_true(text_eq(buf_view(&h.kept), client_session_events(h.session)));

    enum client_end end;
    struct client_session *again = client_resume(h.client, buf_view(&h.kept), NULL, NULL, &end, &h.fault);
    assert_non_null(again);
    assert_int_equal(client_session_n_events(again), client_session_n_events(h.session));
    assert_int_equal(client_session_phase(again), WIRE_ENDED);
    assert_true(text_eq(client_session_events(again), client_session_events(h.session)));
    assert_int_equal(client_show(again, 1, (struct text){0}, &h.answer, &h.fault), CLIENT_OK);
    expect_runs(output_of(&h.answer, WIRE_OUT_REACTION)->text, "I know the rule.");
    assert_null(client_resume(h.client, TEXT("{}\n"), NULL, NULL, &end, &h.fault));
    assert_int_equal(end, CLIENT_REFUSED);
    assert_int_not_equal(h.fault.message.code, MSG_NONE);
    host_close(&h);
}

/* Killed between two requests: nobody notices but the count.  Twice, with two sessions. */
/* What was handed over loads the same scenario again, without its files, and goes on with the session. */
static void loaded_from_what_was_kept(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 0);
    host_start(&h);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    uint32_t n;
    const struct handed *files = client_handed(h.client, &n);
    struct client_config config = {.engine = engine.at, .watch = -1, .kept = files, .n_kept = n};
    struct client *c = client_open(&config);
    struct client_problems problems;
    enum client_end end;
    assert_int_equal(client_load(c, &problems, &h.fault), CLIENT_OK);
    assert_true(problems.playable && text_eq(client_scenario(c)->digest, client_scenario(h.client)->digest));
    assert_int_equal(client_scenario(c)->n_langs, client_scenario(h.client)->n_langs);
    struct client_session *s = client_resume(c, client_session_events(h.session), NULL, NULL, &end, &h.fault);
    assert_non_null(s);
    kill(client_pid(c), SIGKILL); /* and again, for the next engine */
    struct client_input in = {.kind = WIRE_CHOOSE, .option = TEXT("reply/hear"), .ms = 5};
    assert_int_equal(client_step(s, &in, &h.answer, &h.fault), CLIENT_OK);
    expect_text(output_of(&h.answer, WIRE_OUT_LINE)->at, "tests/wire/short/scenario.xml:51:56", "at");
    client_close(c);
    host_close(&h);
}

static void killed_in_between(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 0);
    host_start(&h);
    struct client_session *first = h.session;
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    host_start(&h);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(kill(client_pid(h.client), SIGKILL), 0);
        siginfo_t info;
        waitid(P_PID, (id_t)client_pid(h.client), &info, WEXITED | WNOWAIT);
        assert_int_equal(step(&h, i == 0 ? WIRE_BEGIN : WIRE_CHOOSE, "reply/hear"), CLIENT_OK);
    }
    assert_int_equal(client_session_phase(h.session), WIRE_ENDED);
    h.session = first;
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/wall"), CLIENT_OK);
    assert_int_equal(output_of(&h.answer, WIRE_OUT_ENDED)->outcome, WIRE_WORSE);
    assert_int_equal(client_restarts(h.client), 2);
    host_close(&h);
}

/* An engine that hangs over an option is killed at the deadline; the play goes on; the third time it is not sent. */
static void hanging(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 300);
    host_start(&h);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    for (int i = 0; i < 2; i++) {
        assert_false(client_session_avoids(h.session, TEXT("reply/wall")));
        assert_int_equal(client_ready(h.client, &h.fault), CLIENT_OK);
        assert_int_equal(kill(client_pid(h.client), SIGSTOP), 0);
        assert_int_equal(step(&h, WIRE_CHOOSE, "reply/wall"), CLIENT_STOPPED);
        assert_int_equal(h.fault.why, WHY_LATE);
        expect_text(h.fault.place, "tests/wire/short/scenario.xml:38:7", "place");
        assert_int_equal(client_pid(h.client), 0);
    }
    assert_true(client_session_avoids(h.session, TEXT("reply/wall")));
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/wall"), CLIENT_AVOIDED);
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/hear"), CLIENT_OK);
    assert_int_equal(client_session_phase(h.session), WIRE_ENDED);
    assert_int_equal(client_session_n_events(h.session), 6);
    host_close(&h);
}

/* A loop in a script ends by its own budget: a located problem, no evidence, and the conversation goes on. */
static void looping_script(void **state)
{
    (void)state;
    struct host h;
    host_open(&h, "tests/wire/short", 0);
    host_start(&h);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    assert_int_equal(step(&h, WIRE_CHOOSE, "reply/loop"), CLIENT_OK);
    const struct message *m = &output_of(&h.answer, WIRE_OUT_PROBLEM)->problem;
    assert_int_equal(m->line, 47);
    assert_int_equal(client_session_phase(h.session), WIRE_ENDED);
    assert_int_equal(client_restarts(h.client), 0);
    host_close(&h);
}

static int asked;
static bool stop_now(void *self)
{
    (void)self;
    asked++;
    return asked > 1;
}

/* Whoever waits can be told to stop: the engine is gone, the session is not. */
static void interrupted(void **state)
{
    (void)state;
    struct host h;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    host_open(&h, "tests/wire/short", 0);
    client_close(h.client);
    h.client = client_open(&(struct client_config){.engine = engine.at, .files = h.files, .watch = ends[0],
                                                   .interrupted = stop_now});
    struct client_problems problems;
    assert_int_equal(client_load(h.client, &problems, &h.fault), CLIENT_OK);
    host_start(&h);
    kill(client_pid(h.client), SIGSTOP);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_INTERRUPTED);
    char c;
    assert_int_equal(read(ends[0], &c, 1), 1);
    assert_int_equal(step(&h, WIRE_BEGIN, NULL), CLIENT_OK);
    assert_int_equal(asked, 2);
    host_close(&h);
    close(ends[0]);
    close(ends[1]);
}

static void no_engine(void **state)
{
    (void)state;
    static const struct {
        const char *engine;
        enum client_why why;
    } rows[] = {
        {"/nowhere/rehearse-engine", WHY_NOT_FOUND},
        {"/etc/passwd", WHY_NOT_STARTED},
        {"/bin/true", WHY_DIED},
    };
    for each (i, rows) {
        struct client_fault fault;
        struct client *c = client_open(&(struct client_config){.engine = rows[i].engine, .watch = -1});
        expect_number(client_ready(c, &fault), CLIENT_FAILED, rows[i].engine);
        expect_number(fault.why, rows[i].why, rows[i].engine);
        client_close(c);
    }
}

/* The engine sees neither the environment nor our descriptors, and dies with us. */
static void process_of_its_own(void **state)
{
    (void)state;
    struct host h;
    char path[64], bytes[4096];
    int spare = dup(0);
    host_open(&h, "tests/wire/short", 0);
    assert_int_equal(getpgid(client_pid(h.client)), client_pid(h.client));
    snprintf(path, sizeof path, "/proc/%d/fd/%d", client_pid(h.client), spare);
    assert_int_not_equal(access(path, F_OK), 0);
    if (strcmp(client_jail(h.client), "seccomp") == 0) {
        snprintf(path, sizeof path, "/proc/%d/environ", client_pid(h.client));
        FILE *f = fopen(path, "r");
        assert_true(!f || fread(bytes, 1, sizeof bytes, f) == 0);
        if (f)
            fclose(f);
    }
    close(spare);
    host_close(&h);
}

/* ---- answers of an engine that is none of ours ---- */

struct script {
    struct text in;
};

/* One answer at a time: they end in ~, which is left out. */
static ptrdiff_t script_read(void *self, void *at, size_t size)
{
    struct script *s = self;
    const char *end = s->in.len > 0 ? memchr(s->in.at, '~', s->in.len) : NULL;
    size_t n = end ? (size_t)(end - s->in.at) : s->in.len;
    n = n < size ? n : size;
    memcpy(at, s->in.at, n);
    size_t gone = end && n == (size_t)(end - s->in.at) ? n + 1 : n;
    s->in = text_from(s->in.at + gone, s->in.len - gone);
    return (ptrdiff_t)n;
}

static bool script_write(void *self, const void *bytes, size_t size)
{
    (void)self;
    (void)bytes;
    (void)size;
    return true;
}

#define HELLO "{\"done\":true,\"engine\":\"" REHEARSE_VERSION "\",\"format\":1,\"protocol\":1,\"jail\":\"seccomp\"}\n~"
#define START "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"run\",\"turn\":0,\"bytes\":3}\n{}\n~"

static enum client_end step_of(struct client *c, struct client_fault *fault)
{
    enum client_end end;
    struct client_answer answer;
    struct client_session *s = client_start(c, &(struct client_params){.seed = 1}, NULL, NULL, &end, fault);
    return s ? client_step(s, &(struct client_input){.kind = WIRE_BEGIN}, &answer, fault) : end;
}

static void foreign_answers(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        enum client_end end;
    } rows[] = {
        {"", CLIENT_FAILED},
        {"hello\n", CLIENT_FAILED},
        {"{\"done\":true}\n", CLIENT_FAILED},
        {"{\"done\":true,\"engine\":\"0.0\",\"format\":1,\"protocol\":1,\"jail\":\"seccomp\"}\n", CLIENT_FAILED},
        {HELLO "{\"done\":true,\"error\":\"too-many-sessions\"}\n", CLIENT_REFUSED},
        {HELLO "{\"done\":true,\"error\":7}\n", CLIENT_STOPPED},
        {HELLO "{\"need\":\"file\",\"kind\":\"scenario\",\"name\":\"\"}\n", CLIENT_STOPPED}, /* not while starting */
        {HELLO "{\"done\":true,\"session\":0,\"events\":1,\"phase\":\"run\",\"turn\":0,\"bytes\":3}\n{}\n", CLIENT_STOPPED},
        {HELLO "{\"done\":true,\"session\":1,\"events\":2,\"phase\":\"run\",\"turn\":0,\"bytes\":3}\n{}\n", CLIENT_STOPPED},
        {HELLO "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"won\",\"turn\":0,\"bytes\":3}\n{}\n", CLIENT_STOPPED},
        {HELLO "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"run\",\"turn\":0,\"bytes\":3}\nno\n", CLIENT_STOPPED},
        {HELLO "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"run\",\"turn\":0,\"bytes\":-3}\n{}\n", CLIENT_STOPPED},
        {HELLO "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"run\",\"turn\":0,\"bytes\":999999999999}\n", CLIENT_STOPPED},
        {HELLO START "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"ask\",\"turn\":0,\"bytes\":0}\n", CLIENT_OK},
        {HELLO START "{\"output\":\"line\",\"event\":1,\"text\":[\"a\",{\"em\":\"b\"}]}\n"
                     "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"ask\",\"turn\":0}\n", CLIENT_OK},
        {HELLO START "{\"output\":\"line\",\"event\":1,\"text\":[\"a\",{\"b\":\"b\"}]}\n"
                     "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"ask\",\"turn\":0}\n", CLIENT_STOPPED},
        {HELLO START "{\"output\":\"song\",\"event\":1}\n", CLIENT_STOPPED},
        {HELLO START "{\"output\":\"gauge\",\"event\":1,\"gauge\":\"g\",\"value\":11,\"from\":0,\"to\":10}\n", CLIENT_STOPPED},
        {HELLO START "{\"output\":\"option\",\"event\":1}\n", CLIENT_STOPPED},
        {HELLO START "{\"output\":\"problem\",\"event\":1,\"problem\":\"no-such-message\"}\n", CLIENT_STOPPED},
        {HELLO START "{\"output\":\"comment\",\"event\":1,\"points\":[{\"competency\":\"c\",\"points\":3}]}\n", CLIENT_STOPPED},
        {HELLO START "[]\n", CLIENT_STOPPED},
        {HELLO START "{\"done\":true,\"session\":1,\"events\":1,\"phase\":\"ask\",\"turn\":0}\n{}\n", CLIENT_STOPPED},
    };
    for each (i, rows) {
        struct script script = {.in = text_of(rows[i].in)};
        struct lines_io io = {.self = &script, .read = script_read, .write = script_write};
        struct client_fault fault;
        struct client *c = client_open(&(struct client_config){.io = &io, .watch = -1});
        expect_number(step_of(c, &fault), rows[i].end, rows[i].in);
        client_close(c);
    }
}

/* Problems without end are no answer, long before they fill the host's memory. */
static void problems_without_end(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_str(&b, HELLO);
    for (int i = 0; i < 6000; i++)
        buf_str(&b, "{\"problem\":\"setting-unused\",\"severity\":\"note\"}\n");
    buf_str(&b, "{\"done\":true,\"playable\":true,\"errors\":0,\"warnings\":0,\"dropped\":0}\n");
    struct script script = {.in = buf_view(&b)};
    struct lines_io io = {.self = &script, .read = script_read, .write = script_write};
    struct client_fault fault;
    struct client_problems problems;
    struct client *c = client_open(&(struct client_config){.io = &io, .watch = -1});
    assert_int_equal(client_check(c, &problems, &fault), CLIENT_STOPPED);
    assert_int_equal(fault.why, WHY_NONSENSE);
    client_close(c);
    buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_play),      cmocka_unit_test(keeping),     cmocka_unit_test(loaded_from_what_was_kept), cmocka_unit_test(killed_in_between),
        cmocka_unit_test(hanging),         cmocka_unit_test(looping_script), cmocka_unit_test(interrupted),
        cmocka_unit_test(no_engine),       cmocka_unit_test(process_of_its_own), cmocka_unit_test(foreign_answers),
        cmocka_unit_test(problems_without_end),
    };
    return cmocka_run_group_tests(tests, engine_make, engine_forget);
}
