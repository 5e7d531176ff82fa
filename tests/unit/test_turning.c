/* test_turning.c -- the answers on which a play turned, in plays small enough to know them by hand. */
#include "play_world.h"
#include "unit.h"

#include "play/decide.h"
#include "play/turning.h"

#define SAYS "<says>x</says><reaction who=\"lin\" manner=\"looks up\">r</reaction><because>b</because>"
#define OPT(id, attrs, inner) "<option id=\"" id "\" " attrs ">" SAYS inner "</option>"
#define ENDS                                                                                                           \
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"/><ending id=\"fair\" title=\"Fair\" outcome=\"agreed\"/>"    \
    "<ending id=\"bad\" title=\"Bad\" outcome=\"worse\"/>"

/* first: a sets the flag, b does not; second: a leads on by the flag, b to the bad end. */
static const char TWO[] =
    "<flag id=\"heard\"/><scene id=\"opening\"><decision id=\"first\" who=\"you\">"
    OPT("a", "move=\"l:reflect\"", "<change flag=\"heard\" to=\"yes\"/>") OPT("b", "move=\"l:advise\"", "")
    OPT("c", "next=\"lost\"", "") "</decision><decision id=\"second\" who=\"you\">"
    OPT("a", "move=\"s:commit\" next=\"fork\"", "") OPT("b", "move=\"s:wall\" next=\"bad\"", "") "</decision></scene>"
    "<scene id=\"fork\"><goto next=\"good\" when=\"heard\"/><goto next=\"bad\"/></scene>"
    "<scene id=\"lost\"><decision id=\"third\" who=\"you\">" OPT("a", "next=\"bad\"", "") OPT("b", "next=\"fair\"", "")
    "</decision></scene>" ENDS;

static struct session *played(struct world *w, const char *answers)
{
    struct session *se = session_begun(w, 7, "you");
    struct text rest = text_of(answers), word;
    while (text_word(&rest, &word)) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)word.len, word.at);
        choose(se, name);
    }
    return se;
}

/* "first/a good: b→bad" … */
static void told(const struct scenario *s, const struct turning_result *r, struct buf *out)
{
    static const char *const kinds[] = {"", "good", "missed", "other"};
    char name[OPTION_NAME];
    for (uint32_t i = 0; i < r->n; i++) {
        const struct turning_point *tp = &r->v[i];
        buf_text(out, answer_name(s, tp->option, name));
        buf_printf(out, " %s:", kinds[tp->kind]);
        for (uint32_t k = 0; k < tp->n_others; k++) {
            const struct turning_other *o = &tp->others[k];
            buf_char(out, ' ');
            buf_text(out, scenario_name(s, s->options[o->option.i].name));
            buf_char(out, '>');
            buf_text(out, o->ending.i ? scenario_name(s, s->scenes[o->ending.i].name) : TEXT("?"));
            if (o->ending.i)
                buf_printf(out, "%+d", (int)o->points);
        }
        buf_str(out, "; ");
    }
}

static void test_found(void **state)
{
    (void)state;
    static const struct {
        const char *answers, *wanted;
        const char *xml;
    } rows[] = {
        /* What leads to a decision nobody answered is not claimed. */
        {"first/a second/a", "first/a good: b>bad-3 c>?; second/a good: b>bad+0; ", TWO},
        {"first/b second/a", "first/b missed: a>good+3 c>?; ", TWO},
        {"first/a second/b", "second/b missed: a>good+0; ", TWO},
        /* Nothing that could be said elsewhere changes this ending by itself. */
        {"first/b second/b", "", TWO},
        {"first/c third/a", "third/a missed: b>fair+0; ", TWO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct world *w = world_of(rows[i].xml);
        struct session *se = played(w, rows[i].answers);
        struct turning_search *t = turning_new(se, 0);
        struct buf b = {0};
        session_free(se);
        uint32_t slices = 1, of;
        while (!turning_run(t, 1))
            slices++;
        assert_true(slices > turning_replays(t, &of));
        assert_int_equal(turning_replays(t, &of), of);
        assert_true(turning_result(t)->whole);
        told(w->s, turning_result(t), &b);
        expect_text(buf_view(&b), rows[i].wanted, rows[i].answers);
        buf_done(&b);
        turning_free(t);
        world_free(w);
    }
}

/* Texts of the other option are those it would have shown. */
static void test_texts(void **state)
{
    (void)state;
    struct world *w = world_of(TWO);
    struct session *se = played(w, "first/b second/a");
    struct turning_search *t = turning_new(se, 0);
    while (!turning_run(t, 1000))
        ;
    const struct turning_other *o = &turning_result(t)->v[0].others[0];
    expect_text(o->said, "x", "said");
    expect_text(o->reaction, "r", "reaction");
    expect_text(o->reaction_manner, "looks up", "manner");
    expect_text(o->reaction_by, "Lin", "by");
    turning_free(t);
    session_free(se);
    world_free(w);
}

/* A play that is not over, and one whose road was taken back, but which comes to the same end. */
static void test_roads(void **state)
{
    (void)state;
    struct world *w = world_of(TWO);
    struct session *se = played(w, "first/b");
    struct turning_search *t = turning_new(se, 0);
    assert_true(turning_run(t, 1));
    assert_int_equal(turning_result(t)->n, 0);
    turning_free(t);
    assert_true(session_step(se, &(struct input){.kind = IN_REWIND, .to = 2}, NULL));
    choose(se, "first/a");
    choose(se, "second/a");
    t = turning_new(se, 0);
    while (!turning_run(t, 1000))
        ;
    assert_int_equal(turning_result(t)->n, 2);
    turning_free(t);
    session_free(se);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_roads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
