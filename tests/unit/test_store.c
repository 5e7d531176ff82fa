/* test_store.c -- the contract of record/store.h.  The same rows hold on every database: alone this runs on SQLite in a
 * folder of its own; tests/store/run.py runs it again on the server named by REHEARSE_TEST_STORE.
 *
 * The store may hold other people's rows meanwhile: each test uses trainees and scenarios of its own. */
#include "unit.h"

#include "record/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY ((int64_t)86400000)
#define T0 ((int64_t)1795600000000)

static char folder[] = "/tmp/rehearse-store-XXXXXX";
static const char *where;
static struct store_fault fault;
static struct arena arena;
static int serial;

static struct store *open_again(void)
{
    struct store *s = store_open(&(struct store_config){.where = where, .plugin = getenv("REHEARSE_TEST_PLUGIN")}, &fault);
    if (!s)
        print_error("store_open: %d %s (%s)\n", fault.why, fault.said, fault.place);
    assert_non_null(s);
    return s;
}

#define holds(x) holds_at((x), #x, __LINE__)
static void holds_at(bool ok, const char *what, int line)
{
    if (!ok) {
        print_error("%s:%d: %s\n  fault %d: %s (%s)\n", __FILE__, line, what, fault.why, fault.said, fault.place);
        fail();
    }
}

#define refused(x, wanted) refused_at((x), (wanted), #x, __LINE__)
static void refused_at(bool ok, enum store_why wanted, const char *what, int line)
{
    if (ok || fault.why != wanted) {
        print_error("%s:%d: %s: %s, fault %d (%s), wanted %d\n", __FILE__, line, what, ok ? "true" : "false", fault.why,
                    fault.said, wanted);
        fail();
    }
    fault = (struct store_fault){0};
}

/* ---- a little world ---- */

/* A name that nobody else uses. */
static struct text fresh(const char *what)
{
    char name[80];
    snprintf(name, sizeof name, "%s-%d-%d", what, (int)getpid(), serial++);
    return text_keep(&arena, text_of(name));
}

static struct kept_trainee somebody(struct store *s, struct text name)
{
    struct kept_trainee t;
    holds(store_trainee(s, name, true, T0, &arena, &t, &fault));
    return t;
}

static int64_t version(struct store *s, struct text scenario, const char *number)
{
    struct buf digest = {0};
    buf_printf(&digest, "%.*s:%s", (int)scenario.len, scenario.at, number);
    const struct kept_version v = {.scenario = scenario, .version = text_of(number), .digest = buf_view(&digest),
                                   .lang = TEXT("zh-CN")};
    const struct handed files[] = {{{.kind = NEED_SCENARIO}, TEXT("{\"file\":\"x.xml\",\"bytes\":4}"), TEXT("<x/>")},
                                   {{.po = true, .kind = NEED_SCENARIO, .lang = TEXT("en")}, TEXT("{}"), TEXT("\0\xff")},
                                   {{.kind = NEED_LOCAL}, TEXT("{\"file\":null}"), {0}}};
    const struct kept_title titles[] = {{TEXT("zh-CN"), TEXT("迟到的交接")}, {TEXT("en"), TEXT("The late handover")}};
    int64_t id = 0;
    holds(store_version_keep(s, &v, files, 3, titles, 2, T0, &id, &fault));
    buf_done(&digest);
    return id;
}

static struct store_begin beginning(int64_t trainee, int64_t v)
{
    return (struct store_begin){.trainee = trainee, .version = v, .origin = TEXT("/somewhere"), .roles = TEXT("cheng lin"),
                                .lang = TEXT("zh-CN"), .mode = WIRE_PRACTICE, .seed = UINT64_C(1) << 61, .started = T0,
                                .before = -1};
}

static const char began[] = "{\"n\":0,\"e\":\"began\"}\n";
static const struct store_standing running = {.phase = WIRE_RUN, .now = T0};

/* Events N … N + K - 1: offers and answers in turn, the last of ALL an ending. */
static void events_make(struct buf *out, uint32_t n, uint32_t k, uint32_t all)
{
    for (uint32_t i = n; i < n + k; i++)
        if (i + 1 == all)
            buf_printf(out, "{\"n\":%u,\"e\":\"ended\",\"ending\":\"agreed\",\"totals\":{}}\n", i);
        else if (i % 2)
            buf_printf(out, "{\"n\":%u,\"e\":\"offered\",\"decision\":\"d%u\",\"options\":[\"a\",\"b\"]}\n", i, i / 2);
        else
            buf_printf(out, "{\"n\":%u,\"e\":\"chose\",\"decision\":\"d%u\",\"option\":\"%s\",\"by\":\"trainee\",\"ms\":%u}\n", i,
                       (i - 1) / 2, i % 4 ? "a" : "b", 100 * i);
}

static bool append(struct store *s, struct store_writer *w, uint32_t k, uint32_t all, int64_t now)
{
    struct buf b = {0};
    uint32_t n = w->events + k;
    events_make(&b, w->events, k, all);
    struct store_standing st = {.phase = n == all ? WIRE_ENDED : WIRE_ASK, .turn = (n - 1) / 2, .now = now};
    bool ok = store_append(s, w, buf_view(&b), &st, &fault);
    buf_done(&b);
    return ok;
}

/* A session of TRAINEE with ALL events, begun at STARTED. */
static struct store_writer session(struct store *s, int64_t trainee, int64_t v, uint32_t all, int64_t started, const char *tags)
{
    struct store_writer w;
    struct store_begin b = beginning(trainee, v);
    b.started = started;
    b.tags = text_of(tags);
    holds(store_begin(s, &b, text_of(began), &running, &w, &fault));
    while (w.events < all)
        holds(append(s, &w, all - w.events < 2 ? 1 : 2, all, started + w.events));
    return w;
}

struct counting {
    uint32_t n;
    struct buf words;
};

/* ---- people ---- */

static void trainees(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text name = fresh("Wei Ｌｉ");
    struct kept_trainee t = somebody(s, name), again, other;
    assert_true(t.id != 0 && !t.asked && t.since == T0);
    expect_text(t.name, text_keep(&arena, name).at, "name");
    struct buf loud = {0};
    buf_printf(&loud, "  WEI LI%s ", name.at + strlen("Wei Ｌｉ"));
    holds(store_trainee(s, buf_view(&loud), false, T0, &arena, &again, &fault));
    assert_true(again.id == t.id);
    buf_done(&loud);
    t.department = TEXT("运维");
    t.role = TEXT("lead");
    t.tags = TEXT("autumn leads");
    t.asked = true;
    holds(store_trainee_set(s, &t, &fault));
    holds(store_trainee(s, name, false, 0, &arena, &again, &fault));
    expect_text(again.department, "运维", "department");
    expect_text(again.tags, "autumn leads", "tags");
    assert_true(again.asked);
    refused(store_trainee(s, fresh("nobody"), false, 0, &arena, &other, &fault), STORE_MISSING);
    refused(store_trainee(s, TEXT("  "), true, 0, &arena, &other, &fault), STORE_MISSING);
    store_close(s);
}

static bool count_trainee(void *self, const struct kept_trainee *t)
{
    struct counting *c = self;
    (void)t;
    c->n++;
    return true;
}

static void trainees_listed(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text department = fresh("department"), tag = fresh("tag");
    for (int i = 0; i < 3; i++) {
        struct kept_trainee t = somebody(s, fresh("listed"));
        t.department = department;
        t.tags = i ? tag : TEXT("another");
        holds(store_trainee_set(s, &t, &fault));
    }
    struct counting c = {0};
    holds(store_trainees(s, &(struct kept_filter){.department = department}, count_trainee, &c, &fault));
    assert_int_equal(c.n, 3);
    c.n = 0;
    holds(store_trainees(s, &(struct kept_filter){.department = department, .tag = tag}, count_trainee, &c, &fault));
    assert_int_equal(c.n, 2);
    store_close(s);
}

/* ---- versions ---- */

static bool check_file(void *self, const struct handed *f)
{
    struct counting *c = self;
    static const struct text bytes[] = {{"<x/>", 4}, {"\0\xff", 2}, {"", 0}};
    assert_true(c->n < 3 && text_eq(f->bytes, bytes[c->n]));
    assert_true(f->need.po == (c->n == 1));
    c->n++;
    return true;
}

static bool add_title(void *self, const struct kept_title *t)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s=%.*s ", (int)t->lang.len, t->lang.at, (int)t->title.len, t->title.at);
    return true;
}

static void versions(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text scenario = fresh("kept");
    int64_t id = version(s, scenario, "1.0"), same = version(s, scenario, "1.0"), next = version(s, scenario, "1.1");
    assert_true(id && id == same && next != id);
    struct buf digest = {0};
    buf_printf(&digest, "%.*s:1.0", (int)scenario.len, scenario.at);
    struct kept_version v;
    holds(store_version(s, buf_view(&digest), &arena, &v, &fault));
    assert_true(v.id == id && text_eq(v.scenario, scenario));
    refused(store_version(s, TEXT("never"), &arena, &v, &fault), STORE_MISSING);
    struct counting c = {0};
    holds(store_files(s, id, check_file, &c, &fault));
    assert_int_equal(c.n, 3);
    holds(store_titles(s, id, add_title, &c, &fault));
    expect_text(buf_view(&c.words), "en=The late handover zh-CN=迟到的交接 ", "titles");
    buf_done(&c.words);
    buf_done(&digest);
    store_close(s);
}

/* ---- writing ---- */

static void sessions_written(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("writes"));
    int64_t v = version(s, fresh("scenario"), "1.0");
    struct store_writer w = session(s, t.id, v, 6, T0, "autumn leads autumn");
    store_close(s);

    s = open_again();
    struct kept_session k;
    holds(store_session(s, text_of(w.name), TEXT("en"), &arena, &k, &fault));
    assert_true(k.id == w.session && k.trainee == t.id && k.events == 6 && k.phase == WIRE_ENDED && k.turn == 2);
    assert_true(k.seed == UINT64_C(1) << 61 && k.started == T0 && k.last == T0 + 5 && k.mode == WIRE_PRACTICE && !k.shared);
    assert_true(k.before == 0 && k.version_id == v);
    expect_text(k.ending, "agreed", "ending");
    expect_text(k.title, "The late handover", "title in the language asked for");
    expect_text(k.roles, "cheng lin", "roles");
    expect_text(k.origin, "/somewhere", "origin");
    expect_text(k.tags, "autumn leads autumn", "tags");
    holds(store_session(s, text_of(w.name), TEXT("fr"), &arena, &k, &fault));
    expect_text(k.title, "迟到的交接", "title in the source language");
    struct buf kept = {0}, wanted = {0};
    holds(store_events_text(s, k.id, &kept, &fault));
    buf_str(&wanted, began);
    events_make(&wanted, 1, 5, 6);
    assert_true(text_eq(buf_view(&kept), buf_view(&wanted)));
    buf_done(&kept);
    buf_done(&wanted);
    store_close(s);
}

/* People type names as they come. */
static void session_names(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("names"));
    int64_t v = version(s, fresh("scenario"), "1.0");
    struct store_begin b = beginning(t.id, v);
    struct store_writer w;
    struct kept_session k;
    char name[8];
    for (int i = 0; i < 1000; i++) { /* on a server that others use, too */
        snprintf(name, sizeof name, "01a%03x", (unsigned)(getpid() + i) & 0xfff);
        b.name = text_of(name);
        if (store_begin(s, &b, text_of(began), &running, &w, &fault))
            break;
    }
    expect_text(text_of(w.name), name, "an imported session keeps its name");
    refused(store_begin(s, &b, text_of(began), &running, &w, &fault), STORE_TAKEN);
    char loud[16];
    snprintf(loud, sizeof loud, "Oi A-%c%c%c", name[3], name[4], name[5]);
    holds(store_session(s, text_of(loud), (struct text){0}, &arena, &k, &fault));
    expect_text(k.name, name, "as typed");
    refused(store_session(s, TEXT("zzzzzzz"), (struct text){0}, &arena, &k, &fault), STORE_MISSING);
    refused(store_session(s, (struct text){0}, (struct text){0}, &arena, &k, &fault), STORE_MISSING);
    store_close(s);
}

static bool check_event(void *self, const struct kept_event *e)
{
    struct counting *c = self;
    assert_int_equal(e->n, 2 + c->n);
    if (e->n == 2) {
        expect_text(e->kind, "chose", "kind");
        expect_text(e->decision, "d0", "decision");
        expect_text(e->option, "a", "option");
        expect_text(e->by, "trainee", "by");
        assert_int_equal(e->ms, 200);
        assert_false(e->again);
    }
    if (e->n == 5)
        expect_text(e->place, "agreed", "place");
    c->n++;
    return e->n < 5;
}

static void events_read(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 8, T0, "");
    struct store_writer six = session(s, 0, version(s, fresh("scenario"), "1.0"), 6, T0, "");
    struct counting c = {0};
    holds(store_events(s, six.session, 2, check_event, &c, &fault));
    assert_int_equal(c.n, 4);
    c.n = 0;
    holds(store_events(s, w.session, 8, check_event, &c, &fault));
    assert_int_equal(c.n, 0);
    store_close(s);
}

/* An answer that got lost: the events are sent again, and are there once. */
static void same_events_again(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 3, T0, ""), before = w;
    holds(append(s, &w, 2, 9, T0));
    struct store_writer lost = before;
    holds(append(s, &lost, 2, 9, T0));
    assert_int_equal(lost.events, w.events);
    holds(append(s, &lost, 1, 9, T0));
    struct store_writer other = before;
    struct store_standing st = {.phase = WIRE_ASK, .turn = 1, .now = T0};
    refused(store_append(s, &other, TEXT("{\"n\":3,\"e\":\"noted\",\"text\":\"else\"}\n"), &st, &fault), STORE_ELSEWHERE);
    struct kept_session k;
    holds(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault));
    assert_int_equal(k.events, 6);
    store_close(s);
}

static void two_writers(void **state)
{
    struct store *one = open_again(), *two = open_again();
    (void)state;
    struct store_writer w = session(one, 0, version(one, fresh("scenario"), "1.0"), 3, T0, ""), taken = {0};
    holds(store_take(two, w.session, &taken, &fault));
    assert_int_equal(taken.events, 3);
    refused(append(one, &w, 2, 9, T0), STORE_ELSEWHERE);
    holds(append(two, &taken, 2, 9, T0));
    refused(append(one, &w, 2, 9, T0 + 1) && w.events == 3, w.events == 5 ? STORE_FINE : fault.why);
    struct kept_session k;
    holds(store_session(one, text_of(w.name), (struct text){0}, &arena, &k, &fault));
    assert_int_equal(k.events, 5);
    refused(store_take(two, -1, &taken, &fault), STORE_MISSING);
    store_close(one);
    store_close(two);
}

static void events_that_are_none(void **state)
{
    static const char *const rows[] = {"", "{\"n\":3,\"e\":\"noted\"}", "{\"n\":4,\"e\":\"noted\"}\n", "[]\n", "{\"n\":3}\n",
                                       "{\"n\":3,\"e\":\"noted\"}\n{\"n\":3,\"e\":\"noted\"}\n", "no\n"};
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 3, T0, "");
    for each(i, rows)
        refused(store_append(s, &w, text_of(rows[i]), &running, &fault), STORE_WRONG);
    assert_int_equal(w.events, 3);
    holds(append(s, &w, 2, 9, T0));
    store_close(s);
}

static void going_back_undoes_an_ending(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 4, T0, "");
    struct kept_session k;
    holds(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault));
    expect_text(k.ending, "agreed", "ended");
    struct store_standing st = {.phase = WIRE_ASK, .turn = 1, .now = T0 + 9};
    holds(store_append(s, &w, TEXT("{\"n\":4,\"e\":\"rewound\",\"to\":1}\n"), &st, &fault));
    holds(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault));
    expect_text(k.ending, "", "rewound");
    assert_true(k.phase == WIRE_ASK && k.last == T0 + 9);
    store_close(s);
}

static void states(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 3, T0, "");
    static const char *const rows[] = {"1:0 2", "1:0 2 1", "", "again"};
    for each(i, rows) {
        struct buf b = {0};
        holds(store_state_set(s, w.session, TEXT("draft"), text_of(rows[i]), &fault));
        holds(store_state(s, w.session, TEXT("draft"), &b, &fault));
        expect_text(buf_view(&b), rows[i], "draft");
        buf_done(&b);
    }
    store_close(s);
}

/* ---- filters ---- */

static bool name_session(void *self, const struct kept_session *k)
{
    struct counting *c = self;
    c->n++;
    buf_printf(&c->words, "%u%s ", k->events, k->before ? "r" : "");
    return true;
}

static void sessions_found(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text department = fresh("department"), one = fresh("one"), two = fresh("two");
    struct kept_trainee t = somebody(s, fresh("found")), u = somebody(s, fresh("found"));
    t.department = department;
    holds(store_trainee_set(s, &t, &fault));
    int64_t v = version(s, one, "1.0"), w = version(s, one, "1.1"), x = version(s, two, "1.0");
    session(s, t.id, v, 1, T0, "a");            /* never answered */
    session(s, t.id, v, 3, T0 + DAY, "a b");    /* first */
    session(s, t.id, w, 5, T0 + 2 * DAY, "b");  /* 重练, though the version is newer */
    session(s, t.id, x, 4, T0 + 3 * DAY, "ab"); /* unfinished */
    session(s, u.id, v, 6, T0 + 4 * DAY, "a");
    const struct {
        const char *row, *found;
        struct kept_filter filter;
    } rows[] = {
        {"a trainee's, newest first", "4 5r 3 1 ", {.trainee = t.id}},
        {"oldest first", "1 3 5r 4 ", {.trainee = t.id, .order = KEPT_OLDEST_FIRST}},
        {"at most", "4 5r ", {.trainee = t.id, .most = 2}},
        {"one scenario", "6 5r 3 1 ", {.scenario = one}},
        {"a department", "4 5r 3 1 ", {.department = department}},
        {"a tag is a whole word", "6 3 1 ", {.scenario = one, .tag = TEXT("a")}},
        {"ended", "4 5r 3 ", {.trainee = t.id, .state = KEPT_ENDED}},
        {"first plays", "4 3 1 ", {.trainee = t.id, .firsts = true}},
        {"from", "4 5r ", {.trainee = t.id, .from = T0 + 2 * DAY}},
        {"until", "3 1 ", {.trainee = t.id, .until = T0 + 2 * DAY}},
        {"a mode", "", {.trainee = t.id, .mode = WIRE_CHECK_IN}},
        {"unfinished", "", {.trainee = t.id, .state = KEPT_UNFINISHED}},
    };
    for each(i, rows) {
        struct counting c = {0};
        holds(store_sessions(s, &rows[i].filter, name_session, &c, &fault));
        buf_char(&c.words, 0), c.words.len--;
        expect_text(buf_view(&c.words), rows[i].found, rows[i].row);
        buf_done(&c.words);
    }
    store_close(s);
}

static void unfinished_found(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("unfinished"));
    struct store_writer w;
    struct store_begin b = beginning(t.id, version(s, fresh("scenario"), "1.0"));
    holds(store_begin(s, &b, text_of(began), &running, &w, &fault));
    struct counting c = {0};
    holds(store_sessions(s, &(struct kept_filter){.trainee = t.id, .state = KEPT_UNFINISHED}, name_session, &c, &fault));
    assert_int_equal(c.n, 0);
    holds(append(s, &w, 3, 99, T0));
    holds(store_sessions(s, &(struct kept_filter){.trainee = t.id, .state = KEPT_UNFINISHED}, name_session, &c, &fault));
    assert_int_equal(c.n, 1);
    buf_done(&c.words);
    store_close(s);
}

static bool name_played(void *self, const struct kept_played *p)
{
    struct counting *c = self;
    buf_printf(&c->words, "%u/%u:%u:%.*s ", p->ended, p->begun, p->newest.events, (int)p->title.len, p->title.at);
    return true;
}

static void scenarios_played(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("played"));
    struct text one = fresh("one"), two = fresh("two");
    session(s, t.id, version(s, one, "1.0"), 4, T0, "");
    session(s, t.id, version(s, two, "1.0"), 5, T0 + DAY, "");
    session(s, t.id, version(s, one, "1.1"), 6, T0 + 2 * DAY, "");
    session(s, t.id, version(s, one, "1.1"), 1, T0 + 3 * DAY, "");
    struct counting c = {0};
    holds(store_played(s, t.id, TEXT("en"), name_played, &c, &fault));
    expect_text(buf_view(&c.words), "2/2:6:The late handover 1/1:5:The late handover ", "played");
    buf_done(&c.words);
    store_close(s);
}

/* ---- words and answers ---- */

static bool name_words(void *self, const struct kept_words *w)
{
    struct counting *c = self;
    buf_printf(&c->words, "%d:%.*s ", w->kind, (int)w->text.len, w->text.at);
    return true;
}

static void own_words(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("words"));
    int64_t v = version(s, fresh("scenario"), "1.0");
    struct store_writer w = session(s, t.id, v, 4, T0, ""), x = session(s, t.id, v, 4, T0 + DAY, "");
    struct kept_intent intent;
    refused(store_intent(s, t.id, TEXT("en"), &arena, &intent, &fault), STORE_MISSING);
    holds(store_words_set(s, w.session, KEPT_DELTA, 0, TEXT("慢一点"), T0, &fault));
    holds(store_words_set(s, w.session, KEPT_SENTENCE, 0, TEXT("A day, then a promise."), T0, &fault));
    holds(store_words_set(s, x.session, KEPT_PLUS, 0, TEXT("asked"), T0, &fault));
    holds(store_words_set(s, x.session, KEPT_PLUS, 0, TEXT("asked first"), T0, &fault));
    holds(store_words_set(s, x.session, KEPT_DELTA, 0, TEXT("gone"), T0, &fault));
    holds(store_words_set(s, x.session, KEPT_DELTA, 0, (struct text){0}, T0, &fault));
    struct counting c = {0};
    holds(store_words(s, &(struct kept_filter){.trainee = t.id}, name_words, &c, &fault));
    expect_text(buf_view(&c.words), "1:asked first 2:慢一点 3:A day, then a promise. ", "all");
    buf_reset(&c.words);
    holds(store_words(s, &(struct kept_filter){.trainee = t.id, .written = true}, name_words, &c, &fault));
    assert_int_equal(c.words.len, 0);
    holds(store_share(s, x.session, true, &fault));
    holds(store_words(s, &(struct kept_filter){.trainee = t.id, .written = true}, name_words, &c, &fault));
    expect_text(buf_view(&c.words), "1:asked first ", "shared ones");
    buf_done(&c.words);

    holds(store_intent(s, t.id, TEXT("en"), &arena, &intent, &fault));
    expect_text(intent.sentence, "A day, then a promise.", "sentence");
    expect_text(intent.where, "", "no place");
    holds(store_words_set(s, x.session, KEPT_SENTENCE, 0, TEXT("Newer."), T0 + DAY, &fault));
    holds(store_words_set(s, x.session, KEPT_WHERE, 0, TEXT("with Chen"), T0 + DAY, &fault));
    holds(store_intent(s, t.id, TEXT("en"), &arena, &intent, &fault));
    expect_text(intent.sentence, "Newer.", "the newest");
    expect_text(intent.where, "with Chen", "place");
    expect_text(intent.title, "The late handover", "title");
    holds(store_words_set(s, x.session, KEPT_DID, 0, TEXT("yes"), T0 + 2 * DAY, &fault));
    refused(store_intent(s, t.id, TEXT("en"), &arena, &intent, &fault), STORE_MISSING);
    store_close(s);
}

static bool name_answer(void *self, const struct kept_answer *a)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s/%d=%d%.*s ", (int)a->item.len, a->item.at, a->when, a->value, (int)a->text.len, a->text.at);
    return true;
}

static void survey_answers(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("survey"));
    struct store_writer w = session(s, t.id, version(s, fresh("scenario"), "1.0"), 4, T0, "");
    const struct kept_answer rows[] = {{.item = TEXT("sure"), .when = WIRE_BEFORE, .value = 2},
                                       {.item = TEXT("sure"), .when = WIRE_AFTER, .value = 3},
                                       {.item = TEXT("sure"), .when = WIRE_AFTER, .value = 4},
                                       {.item = TEXT("open"), .when = WIRE_AFTER, .text = TEXT(":words")}};
    for each(i, rows)
        holds(store_answer_set(s, w.session, &rows[i], &fault));
    struct counting c = {0};
    holds(store_answers(s, &(struct kept_filter){.trainee = t.id}, name_answer, &c, &fault));
    expect_text(buf_view(&c.words), "sure/1=2 open/2=0:words sure/2=4 ", "own");
    buf_reset(&c.words);
    holds(store_answers(s, &(struct kept_filter){.trainee = t.id, .written = true}, name_answer, &c, &fault));
    expect_text(buf_view(&c.words), "sure/1=2 open/2=0 sure/2=4 ", "for others");
    buf_done(&c.words);
    store_close(s);
}

/* ---- grades ---- */

static struct store_grades grades_of(int got, uint32_t events)
{
    struct kept_score *score = arena_array(&arena, struct kept_score, 1);
    struct kept_piece *piece = arena_array(&arena, struct kept_piece, 2);
    struct kept_move *move = arena_array(&arena, struct kept_move, 1);
    struct kept_conflict *conflict = arena_array(&arena, struct kept_conflict, 1);
    *score = (struct kept_score){.competency = TEXT("listening"), .places = 2, .taken = 1, .self = 1, .got = got, .best = 4,
                                 .chance = 667};
    piece[0] = (struct kept_piece){.turn = 2, .decision = TEXT("d0"), .option = TEXT("d0/a"), .competency = TEXT("listening"),
                                   .points = got, .best = 2, .chance = 333};
    piece[1] = (struct kept_piece){.turn = 4, .decision = TEXT("d1"), .slot = TEXT("d1/s"), .competency = TEXT("listening"),
                                   .points = 0, .best = 2, .chance = 334};
    *move = (struct kept_move){.competency = TEXT("listening"), .move = TEXT("listen:clarify"), .taken = 1, .offered = 2};
    *conflict = (struct kept_conflict){.turn = 4, .decision = TEXT("d1"), .mode = TEXT("mode:avoiding"),
                                       .offered = TEXT("mode:avoiding mode:competing"), .apt = WIRE_APT};
    return (struct store_grades){.grading = {.at = T0, .events = events, .ending = TEXT("agreed"), .outcome = WIRE_AGREED,
                                             .fit = {1, 1}, .reflections = {1, 3}, .listened_first = true},
                                 .scores = score, .pieces = piece, .moves = move, .conflicts = conflict,
                                 .n_scores = 1, .n_pieces = 2, .n_moves = 1, .n_conflicts = 1};
}

static bool name_grading(void *self, const struct kept_grading *g)
{
    struct counting *c = self;
    buf_printf(&c->words, "%s%.*s:%u/%u ", g->own ? "*" : "", (int)g->key_version.len, g->key_version.at, g->reflections.taken,
               g->reflections.offered);
    return true;
}

static bool name_score(void *self, const struct kept_score *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s%s=%d/%d/%d ", (int)x->competency.len, x->competency.at, x->own ? "*" : "", x->got, x->best, x->chance);
    return true;
}

static bool name_piece(void *self, const struct kept_piece *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%u:%.*s%.*s=%d ", x->turn, (int)x->option.len, x->option.at, (int)x->slot.len, x->slot.at, x->points);
    return true;
}

static bool name_move(void *self, const struct kept_move *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s=%u/%u ", (int)x->move.len, x->move.at, x->taken, x->offered);
    return true;
}

static bool name_conflict(void *self, const struct kept_conflict *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s of %.*s ", (int)x->mode.len, x->mode.at, (int)x->offered.len, x->offered.at);
    return true;
}

static void grades(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee t = somebody(s, fresh("grades"));
    struct text scenario = fresh("scenario");
    int64_t v = version(s, scenario, "1.0"), newer = version(s, scenario, "1.1");
    struct store_writer w = session(s, t.id, v, 6, T0, "");
    struct kept_filter own = {.trainee = t.id}, newest = {.trainee = t.id, .key = KEPT_NEWEST_KEY},
                       every = {.trainee = t.id, .key = KEPT_EVERY_KEY};
    struct counting c = {0};
    holds(store_ungraded(s, &own, name_session, &c, &fault));
    assert_int_equal(c.n, 1);
    struct store_grades first = grades_of(1, 6), again = grades_of(2, 6), later = grades_of(-1, 6);
    holds(store_grade(s, w.session, v, &first, &fault));
    holds(store_grade(s, w.session, v, &again, &fault));
    buf_reset(&c.words);
    holds(store_scores(s, &own, name_score, &c, &fault));
    expect_text(buf_view(&c.words), "listening*=2/4/667 ", "graded again by the same key: in its place");
    holds(store_grade(s, w.session, newer, &later, &fault));
    const struct {
        const char *row, *wanted;
        const struct kept_filter *filter;
    } rows[] = {{"own", "listening*=2/4/667 ", &own}, {"newest", "listening=-1/4/667 ", &newest},
                {"every", "listening*=2/4/667 listening=-1/4/667 ", &every}};
    for each(i, rows) {
        buf_reset(&c.words);
        holds(store_scores(s, rows[i].filter, name_score, &c, &fault));
        expect_text(buf_view(&c.words), rows[i].wanted, rows[i].row);
    }
    buf_reset(&c.words);
    holds(store_gradings(s, &every, name_grading, &c, &fault));
    holds(store_pieces(s, &own, name_piece, &c, &fault));
    holds(store_moves(s, &own, name_move, &c, &fault));
    holds(store_conflicts(s, &own, name_conflict, &c, &fault));
    expect_text(buf_view(&c.words), "*1.0:1/3 1.1:1/3 2:d0/a=2 4:d1/s=0 listen:clarify=1/2 "
                                    "mode:avoiding of mode:avoiding mode:competing ", "the rest");
    struct kept_session k;
    holds(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault));
    assert_int_equal(k.outcome, WIRE_AGREED);
    c.n = 0;
    holds(store_ungraded(s, &own, name_session, &c, &fault));
    assert_int_equal(c.n, 0);
    buf_done(&c.words);
    refused(store_grade(s, -1, v, &first, &fault), STORE_MISSING);
    store_close(s);
}

static bool name_total(void *self, const struct kept_total *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%s%u people %u sessions %lld/%lld ", x->repeats ? "again " : "", x->people, x->sessions, (long long)x->got,
               (long long)x->best);
    return true;
}

static bool name_move_total(void *self, const struct kept_move_total *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s %u/%u ", (int)x->move.len, x->move.at, x->taken, x->offered);
    return true;
}

static bool name_option(void *self, const struct kept_option *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s/%.*s %u/%u of %u %lld ", (int)x->decision.len, x->decision.at, (int)x->option.len, x->option.at,
               x->taken, x->met, x->people, (long long)x->ms);
    return true;
}

static bool name_ending(void *self, const struct kept_ending *x)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s %d %u ", (int)x->ending.len, x->ending.at, x->outcome, x->sessions);
    return true;
}

static void sums(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text scenario = fresh("sums");
    int64_t v = version(s, scenario, "1.0");
    struct kept_filter f = {.scenario = scenario};
    for (int i = 0; i < 3; i++) {
        struct kept_trainee t = somebody(s, fresh("sums"));
        for (int k = 0; k < 2; k++) {
            struct store_writer w = session(s, t.id, v, 6, T0 + k * DAY, "");
            struct store_grades g = grades_of(k + 1, 6);
            holds(store_grade(s, w.session, v, &g, &fault));
        }
    }
    uint32_t people, n;
    struct counting c = {0};
    holds(store_people(s, &f, &people, &n, &fault));
    assert_true(people == 3 && n == 6);
    holds(store_totals(s, &f, name_total, &c, &fault));
    expect_text(buf_view(&c.words), "3 people 3 sessions 3/12 again 3 people 3 sessions 6/12 ", "totals");
    buf_reset(&c.words);
    holds(store_move_totals(s, &f, name_move_total, &c, &fault));
    expect_text(buf_view(&c.words), "listen:clarify 6/12 ", "moves");
    buf_reset(&c.words);
    holds(store_options(s, &f, name_option, &c, &fault));
    expect_text(buf_view(&c.words), "d0/a 6/6 of 3 1200 d1/b 6/6 of 3 2400 ", "options");
    buf_reset(&c.words);
    holds(store_endings(s, &f, name_ending, &c, &fault));
    expect_text(buf_view(&c.words), "agreed 1 6 ", "endings");
    buf_done(&c.words);
    f.scenario = fresh("never played");
    holds(store_people(s, &f, &people, &n, &fault));
    assert_true(people == 0 && n == 0);
    store_close(s);
}

/* ---- a room ---- */

static bool name_voter(void *self, const struct kept_voter *v)
{
    struct counting *c = self;
    buf_printf(&c->words, "%u%.*s ", v->voter, (int)v->nick.len, v->nick.at);
    return true;
}

static bool name_round(void *self, const struct kept_round *r)
{
    struct counting *c = self;
    buf_printf(&c->words, "%u:%u:%.*s:%lld ", r->round, r->heads, (int)r->decided.len, r->decided.at, (long long)r->closed);
    return true;
}

static bool name_vote(void *self, const struct kept_vote *v)
{
    struct counting *c = self;
    buf_printf(&c->words, "%u=%.*s ", v->voter, (int)v->option.len, v->option.at);
    return true;
}

static bool name_hands(void *self, const struct kept_hands *h)
{
    struct counting *c = self;
    buf_printf(&c->words, "%.*s*%u ", (int)h->option.len, h->option.at, h->hands);
    return true;
}

static void a_room(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 3, T0, "");
    struct text nick = fresh("Nick");
    struct kept_round r = {.round = 1, .offered = 1, .decision = TEXT("d0"), .vote = 1, .heads = 20, .opened = T0};
    holds(store_round_set(s, w.session, &r, &fault));
    holds(store_voter_set(s, w.session, &(struct kept_voter){.voter = 1, .secret = TEXT("x"), .nick = nick}, &fault));
    holds(store_voter_set(s, w.session, &(struct kept_voter){.voter = 2, .secret = TEXT("y")}, &fault));
    static const struct {
        uint32_t voter;
        const char *option;
    } votes[] = {{1, "a"}, {2, "a"}, {1, "b"}, {2, ""}};
    for each(i, votes)
        holds(store_vote(s, w.session, &(struct kept_vote){1, votes[i].voter, text_of(votes[i].option), T0}, &fault));
    holds(store_hands(s, w.session, &(struct kept_hands){1, TEXT("a"), 12, T0}, &fault));
    holds(store_hands(s, w.session, &(struct kept_hands){1, TEXT("a"), 11, T0}, &fault));
    holds(store_hands(s, w.session, &(struct kept_hands){1, TEXT("b"), 7, T0}, &fault));
    r.closed = T0 + 60000;
    r.decided = TEXT("a");
    r.heads = 21;
    holds(store_round_set(s, w.session, &r, &fault));
    struct counting c = {0};
    holds(store_rounds(s, w.session, name_round, &c, &fault));
    holds(store_votes(s, w.session, 1, name_vote, &c, &fault));
    holds(store_hands_all(s, w.session, 1, name_hands, &c, &fault));
    expect_text(buf_view(&c.words), "1:21:a:1795600060000 1=b a*11 b*7 ", "a round");
    refused(store_vote(s, w.session, &(struct kept_vote){2, 1, TEXT("a"), T0}, &fault), STORE_ERASED); /* no such round */
    struct store_erased gone;
    holds(store_forget(s, nick, &gone, &fault));
    assert_int_equal(gone.trainees, 0);
    buf_reset(&c.words);
    holds(store_voters(s, w.session, name_voter, &c, &fault));
    expect_text(buf_view(&c.words), "1 2 ", "the name is gone, the voter is not");
    buf_done(&c.words);
    store_close(s);
}

/* ---- erasing ---- */

static void forgetting_somebody(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct text name = fresh("forgotten"), scenario = fresh("forgotten scenario");
    struct kept_trainee t = somebody(s, name), u = somebody(s, fresh("stays"));
    int64_t v = version(s, scenario, "1.0");
    struct store_writer w = session(s, t.id, v, 6, T0, "x"), mine = session(s, u.id, v, 6, T0, "x");
    struct store_grades g = grades_of(1, 6);
    holds(store_grade(s, w.session, v, &g, &fault));
    holds(store_words_set(s, w.session, KEPT_PLUS, 0, TEXT("private"), T0, &fault));
    struct store_erased gone;
    holds(store_forget(s, name, &gone, &fault));
    assert_true(gone.trainees == 1 && gone.sessions == 1 && gone.events == 6 && gone.words == 1);
    assert_int_equal(gone.versions, 0);
    assert_true(gone.scrubbed);
    struct kept_session k;
    struct kept_trainee again;
    refused(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault), STORE_MISSING);
    refused(store_trainee(s, name, false, 0, &arena, &again, &fault), STORE_MISSING);
    refused(append(s, &w, 2, 99, T0), STORE_ERASED); /* whoever still played is told */
    holds(store_session(s, text_of(mine.name), (struct text){0}, &arena, &k, &fault));
    refused(store_forget(s, fresh("never there"), &gone, &fault), STORE_MISSING);
    store_close(s);
}

static void forgetting_what_is_old(void **state)
{
    struct store *s = open_again();
    (void)state;
    struct kept_trainee old = somebody(s, fresh("old")), young = somebody(s, fresh("young"));
    struct text scenario = fresh("old scenario");
    int64_t v = version(s, scenario, "0.1"), x = version(s, fresh("young scenario"), "1.0");
    int64_t ago = T0 - 3000 * DAY; /* older than anybody else's here */
    struct store_writer w = session(s, old.id, v, 6, ago, ""), y = session(s, young.id, x, 6, T0, "");
    struct store_erased gone;
    holds(store_forget_older(s, ago + DAY, &gone, &fault));
    assert_true(gone.sessions == 1 && gone.events == 6 && gone.versions >= 1);
    struct kept_session k;
    refused(store_session(s, text_of(w.name), (struct text){0}, &arena, &k, &fault), STORE_MISSING);
    holds(store_session(s, text_of(y.name), (struct text){0}, &arena, &k, &fault));
    store_close(s);
}

/* ---- text of every kind ---- */

static void texts_come_back_as_they_were(void **state)
{
    static const char *const rows[] = {"'; DROP TABLE events; --", "\\x41 \\n $1 %s ?", "“引号” 👩‍💻 \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd",
                                       "NULL", "{}", "a\tb\nc", "\\", "''"};
    struct store *s = open_again();
    (void)state;
    struct store_writer w = session(s, 0, version(s, fresh("scenario"), "1.0"), 3, T0, "");
    for each(i, rows) {
        struct buf b = {0};
        holds(store_state_set(s, w.session, TEXT("any"), text_of(rows[i]), &fault));
        holds(store_state(s, w.session, TEXT("any"), &b, &fault));
        expect_text(buf_view(&b), rows[i], rows[i]);
        buf_done(&b);
    }
    store_close(s);
}

/* ---- */

static int prepare(void **state)
{
    static char path[64];
    (void)state;
    where = getenv("REHEARSE_TEST_STORE");
    if (where)
        return 0;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/deep/er/", folder);
    where = path;
    return 0;
}

static int tidy(void **state)
{
    (void)state;
    arena_done(&arena);
    if (getenv("REHEARSE_TEST_STORE"))
        return 0;
    static const char *const names[] = {"deep/er/records.sqlite", "deep/er/records.sqlite-wal", "deep/er/records.sqlite-shm",
                                        "deep/er/records.sqlite.lock", "deep/er", "deep", ""};
    for each(i, names) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return access(folder, F_OK) == 0 ? -1 : 0; /* nothing else was left behind */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trainees), cmocka_unit_test(trainees_listed), cmocka_unit_test(versions),
        cmocka_unit_test(sessions_written), cmocka_unit_test(session_names), cmocka_unit_test(events_read),
        cmocka_unit_test(same_events_again), cmocka_unit_test(two_writers), cmocka_unit_test(events_that_are_none),
        cmocka_unit_test(going_back_undoes_an_ending), cmocka_unit_test(states), cmocka_unit_test(sessions_found),
        cmocka_unit_test(unfinished_found), cmocka_unit_test(scenarios_played), cmocka_unit_test(own_words),
        cmocka_unit_test(survey_answers), cmocka_unit_test(grades), cmocka_unit_test(sums), cmocka_unit_test(a_room),
        cmocka_unit_test(forgetting_somebody), cmocka_unit_test(forgetting_what_is_old),
        cmocka_unit_test(texts_come_back_as_they_were)};
    return cmocka_run_group_tests(tests, prepare, tidy);
}
