/* test_grade.c -- what a session shows of its trainee: evidence worked out by hand, and what chance comes to. */
#define WORLD_FOCUS "<focus competency=\"listening\" role=\"you\"/><focus competency=\"service\" role=\"lin\"/>"
#include "play_world.h"

#include "unit.h"

#include "rehearse.h"

#include <math.h>

#define OPTION(id, rest) "<option id=\"" id "\" " rest "><says>say " id "</says><reaction who=\"lin\">ok</reaction></option>"
#define WHY(id, rest) "<option id=\"" id "\" " rest "><says>say " id "</says><reaction who=\"lin\">ok</reaction><because>why</because></option>"
/* First: 2, -1, 0, so chance is 1/3.  Second: 2, 0, and a way back at 0: chance is 2/3.  Third: nothing differs. */
#define TALK                                                                                                           \
    "<flag id=\"heard\"/><scene id=\"opening\"><line who=\"lin\">So?</line><decision id=\"first\" who=\"you\">"         \
    WHY("a", "move=\"l:reflect\"") WHY("b", "move=\"l:advise\"") OPTION("c", "")                                       \
    OPTION("shut", "when=\"heard\"") "</decision><goto next=\"middle\"/></scene>"                                                             \
    "<scene id=\"middle\"><decision id=\"second\" who=\"you\">" WHY("a", "move=\"l:reflect\" next=\"last\"")            \
    OPTION("c", "next=\"last\"") OPTION("back", "next=\"opening\"") "</decision></scene>"                              \
    "<scene id=\"last\"><decision id=\"third\" who=\"you\">" OPTION("x", "next=\"good\"") OPTION("y", "next=\"good\"") \
    "</decision></scene><ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>"

static void near_to(double got, double wanted, const char *row)
{
    if (fabs(got - wanted) > 0.0005) {
        print_error("row “%s”: wanted %f, got %f\n", row, wanted, got);
        fail();
    }
}

/* ---- one session, by hand ---- */

struct played {
    const char *row;
    const char *choices[8];
    uint32_t pieces, taken;
    double got, chance, best, quality;
    uint32_t reflects, reflects_of;
};

static void test_by_hand(void **state)
{
    (void)state;
    const struct played rows[] = {
        {"always best", {"first/a", "second/a", "third/x"}, 2, 2, 4, 1, 4, 1, 2, 2},
        {"always worst", {"first/b", "second/c", "third/x"}, 2, 0, -1, 1, 4, -2.0 / 3, 0, 2},
        {"one of each", {"first/a", "second/c", "third/y"}, 2, 1, 2, 1, 4, 1.0 / 3, 1, 2},
        {"looped", {"first/a", "second/back", "first/b", "second/back", "first/b", "second/c"}, 2, 1, 2, 1, 4, 1.0 / 3, 1, 2},
        {"taken back", {"first/b", "<", "first/a", "second/a"}, 2, 1, 1, 1, 4, 0, 1, 2},
        {"nothing said", {NULL}, 0, 0, 0, 0, 0, 0, 0, 0},
    };
    struct world *w = world_of(TALK);
    move_id reflect = scenario_move(w->s, TEXT("l:reflect"));
    for each (i, rows) {
        const struct played *r = &rows[i];
        struct session *se = session_begun(w, 7, "you");
        struct err err = {0};
        for (int k = 0; r->choices[k]; k++)
            if (*r->choices[k] == '<')
                assert_true(try_rewind(se, offer_of(se, "first"), &err));
            else
                choose(se, r->choices[k]);
        struct grade g;
        session_grade(se, &g);
        assert_int_equal(g.n_comps, 1);
        const struct grade_sum *sum = &g.comps[0].sum;
        expect_number(sum->pieces, r->pieces, r->row);
        expect_number(sum->taken, r->taken, r->row);
        near_to(sum->got, r->got, r->row);
        near_to(sum->chance, r->chance, r->row);
        near_to(sum->best, r->best, r->row);
        near_to(sum->quality, r->quality, r->row);
        expect_number(g.comps[0].says, GRADE_NOT_ENOUGH, r->row);
        expect_number(g.moves[reflect.i].taken, r->reflects, r->row);
        expect_number(g.moves[reflect.i].offered, r->reflects_of, r->row);
        expect_number(g.n_locked, r->pieces ? 1 : 0, r->row);
        grade_done(&g);
        session_free(se);
    }
    world_free(w);
}

static void test_locked(void **state)
{
    (void)state;
    struct world *w = world_of(TALK);
    struct session *se = session_begun(w, 7, "you");
    struct grade g;
    choose(se, "first/c");
    session_grade(se, &g);
    assert_int_equal(g.n_locked, 1);
    assert_int_equal(g.locked[0].option.i, scenario_option(w->s, TEXT("first/shut")).i);
    grade_done(&g);
    session_free(se);
    world_free(w);
}

/* ---- each chair has its own focus ---- */

#define TWO_CHAIRS                                                                                                     \
    "<scene id=\"opening\"><decision id=\"ask\" who=\"you\">" WHY("a", "move=\"l:reflect\"") WHY("b", "move=\"l:advise\"") \
    "</decision><decision id=\"answer\" who=\"lin\">" WHY("a", "move=\"s:commit\"") WHY("b", "move=\"s:wall\"")          \
    "</decision><goto next=\"good\"/></scene>"                                                                         \
    "<ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>"

static void test_chairs(void **state)
{
    (void)state;
    static const struct { const char *role, *choice, *comp; } rows[] = {
        {"you", "ask/a", "listening"},
        {"lin", "answer/b", "service"},
    };
    struct world *w = world_of(TWO_CHAIRS);
    for each (i, rows) {
        struct session *se = session_begun(w, 7, rows[i].role);
        struct grade g;
        choose(se, rows[i].choice);
        session_grade(se, &g);
        assert_int_equal(g.n_comps, 1);
        expect_text(scenario_name(w->s, w->s->rubric.comps[g.comps[0].comp.i].name), rows[i].comp, rows[i].role);
        expect_number(g.comps[0].sum.pieces, 1, rows[i].role);
        grade_done(&g);
        session_free(se);
    }
    world_free(w);
}

/* ---- own words ---- */

#define OWN                                                                                                            \
    "<scene id=\"opening\"><ask id=\"why\" who=\"you\"><prompt>p</prompt><option id=\"a\" move=\"l:reflect\"><says>s</says>"              \
    "<phrase>afraid</phrase><reaction who=\"lin\">ok</reaction><because>w</because></option>"                          \
    "<option id=\"b\" move=\"l:advise\"><says>t</says><phrase>rule</phrase><reaction who=\"lin\">ok</reaction>"        \
    "<because>w</because></option><otherwise><reaction who=\"lin\">ok</reaction></otherwise></ask>"                    \
    "<goto next=\"good\"/></scene><ending id=\"good\" title=\"Good\" outcome=\"agreed\"><line who=\"lin\">Bye.</line></ending>"

static void test_own_words_stay_out(void **state)
{
    (void)state;
    struct world *w = world_of(OWN);
    move_id reflect = scenario_move(w->s, TEXT("l:reflect"));
    for (int wrote = 0; wrote < 2; wrote++) {
        struct session *se = session_begun(w, 7, "you");
        struct err err = {0};
        struct grade g;
        if (wrote)
            assert_true(session_step(se, &(struct input){.kind = IN_WRITE, .text = TEXT("You are afraid.")}, &err));
        choose(se, "why/a");
        session_grade(se, &g);
        assert_int_equal(g.comps[0].sum.pieces, !wrote);
        assert_int_equal(g.comps[0].self, wrote);
        assert_int_equal(g.moves[reflect.i].taken, !wrote);
        assert_int_equal(g.moves[reflect.i].self, wrote);
        grade_done(&g);
        session_free(se);
    }
    world_free(w);
}

/* ---- intervals and levels ---- */

static void test_interval(void **state)
{
    (void)state;
    const struct grade_piece best[] = {{.got = 2, .best = 2}, {.got = 2, .best = 2}};
    struct grade_sum sum = grade_add(best, 2);
    /* with the piece at chance: 4 of 6; off by -4/3, 2/3, 2/3; t(2) = 1.886; 1.886 * sqrt(1.5 * 24/9) / 6 */
    near_to(sum.quality, 1, "two best");
    near_to(sum.low, 2.0 / 3 - 1.886 * 2 / 6, "two best, low");
    near_to(sum.high, 1, "two best, high");
    struct grade_piece many[40];
    for (int i = 0; i < 40; i++)
        many[i] = (struct grade_piece){.got = (int8_t)(i % 2 ? 2 : -1), .best = 2, .chance = 0.5};
    sum = grade_add(many, 40);
    near_to(sum.quality, 0, "half and half");
    assert_true(sum.low < -0.15 && sum.low > -0.25 && sum.high > 0.15 && sum.high < 0.25);
}

static void test_taken(void **state)
{
    (void)state;
    const struct {
        const char *row;
        struct grade_piece piece;
        uint32_t taken;
    } rows[] = {
        {"the best", {.got = 2, .best = 2, .chance = 0.5}, 1},
        {"something", {.got = 1, .best = 2, .chance = 0.5}, 1},
        {"less than chance", {.got = 1, .best = 2, .chance = 1.2}, 0},
        {"nothing, between bad ones", {.got = 0, .best = 2, .chance = -0.3}, 0},
        {"nothing, and there was nothing better", {.got = 0, .best = 0, .chance = -0.7}, 1},
        {"the least harm", {.got = -1, .best = -1, .chance = -1.5}, 1},
    };
    for each (i, rows)
        expect_number(grade_add(&rows[i].piece, 1).taken, rows[i].taken, rows[i].row);
}

/* A session of N pieces of which GOOD were best and the rest at chance. */
static void grade_of(const struct scenario *s, uint32_t role, uint32_t n, uint32_t good, struct grade *g)
{
    comp_id c = scenario_comp(s, TEXT("listening"));
    *g = (struct grade){.scenario = s, .role = {role}, .n_pieces = n, .n_comps = 1};
    g->comps = arena_array(&g->arena, struct grade_comp, 1);
    g->pieces = arena_array(&g->arena, struct grade_piece, n);
    g->moves = arena_array(&g->arena, struct grade_move, s->rubric.n_moves + 1);
    for (uint32_t i = 0; i < n; i++)
        g->pieces[i] = (struct grade_piece){.comp = c, .got = (int8_t)(i < good), .best = 1};
    g->comps[0] = (struct grade_comp){.comp = c, .sum = grade_add(g->pieces, n)};
}

static void test_several_sessions(void **state)
{
    (void)state;
    struct world *w = world_of(TALK); /* cuts at 10, 20 … 50 % */
    const struct {
        const char *row;
        uint32_t n[2], good[2], role[2];
        enum grade_says says;
        int level, near;
    } rows[] = {
        {"two pieces", {1, 1}, {1, 1}, {1, 2}, GRADE_NOT_ENOUGH, 0, 0},
        {"nine pieces", {5, 4}, {5, 4}, {1, 2}, GRADE_IMPRESSION, 0, 0},
        {"one seat twice", {10, 10}, {10, 10}, {1, 1}, GRADE_IMPRESSION, 0, 0},
        {"two seats, one empty", {12, 0}, {12, 0}, {1, 2}, GRADE_IMPRESSION, 0, 0},
        {"all best", {10, 10}, {10, 10}, {1, 2}, GRADE_LEVEL, 5, 0},
        {"all at chance", {10, 10}, {0, 0}, {1, 2}, GRADE_LEVEL, 1, 0},
        {"nine of twenty", {10, 10}, {5, 4}, {1, 2}, GRADE_LEVEL, 4, 5},
        {"eight of twenty", {10, 10}, {4, 4}, {1, 2}, GRADE_LEVEL, 4, 3},
    };
    for each (i, rows) {
        struct grade g[2];
        struct grade_verdict out;
        const struct grade *v[] = {&g[0], &g[1]};
        for (int k = 0; k < 2; k++)
            grade_of(w->s, rows[i].role[k], rows[i].n[k], rows[i].good[k], &g[k]);
        assert_true(grade_judge(v, 2, TEXT("listening"), &out));
        expect_number(out.says, rows[i].says, rows[i].row);
        expect_number(out.level, rows[i].level, rows[i].row);
        expect_number(out.near, rows[i].near, rows[i].row);
        assert_false(grade_judge(v, 2, TEXT("service"), &out));
        grade_done(&g[0]);
        grade_done(&g[1]);
    }
    world_free(w);
}

/* ---- real scenarios ---- */

static char folder[64], file_name[512];
static char file_bytes[4 << 20];

static enum read_answer read_file(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    static const char *const before[] = {"", "/scenario.xml", "/local.xml", "scenarios/rubrics/", "scripts/", "/"};
    static const char *const after[] = {"", "", "", ".xml", ".lua", ""};
    (void)self;
    if (kind > FILE_SCRIPT_SRC)
        return READ_NONE;
    snprintf(file_name, sizeof file_name, "%s%s%.*s%s", kind == FILE_RUBRIC || kind == FILE_SCRIPT_USE ? "" : folder,
             before[kind], (int)name.len, name.at, after[kind]);
    FILE *f = fopen(file_name, "rb");
    if (!f)
        return READ_NONE;
    *out = (struct file_bytes){text_of(file_name), text_from(file_bytes, fread(file_bytes, 1, sizeof file_bytes, f))};
    fclose(f);
    return READ_OK;
}

static struct rehearse_scenario *loaded(const char *where)
{
    struct reader reader = {.read = read_file};
    snprintf(folder, sizeof folder, "%s", where);
    struct rehearse_scenario *s = rehearse_load(&reader, NULL);
    assert_true(rehearse_playable(s));
    return s;
}

/* Anchors ask for moves, too: all best without one of them is no more than level 2. */
static void test_anchors(void **state)
{
    (void)state;
    struct rehearse_scenario *r = loaded("scenarios/late-handover");
    const struct scenario *s = r->model;
    struct grade g[2];
    struct grade_verdict out;
    const struct grade *v[] = {&g[0], &g[1]};
    grade_of(s, 1, 10, 10, &g[0]);
    grade_of(s, 2, 10, 10, &g[1]);
    const struct {
        const char *move;
        int level;
    } rows[] = {{"listen:affirm", 2},        {"listen:clarify", 3},    {"listen:reflect-feeling", 3},
                {"listen:open-question", 3}, {"listen:paraphrase", 4}, {"listen:summarise", 5},
                {"listen:minimise", 4},      {"listen:blame", 3}};
    for each (i, rows) { /* one after another, made by either */
        g[i % 2].moves[scenario_move(s, text_of(rows[i].move)).i].taken++;
        assert_true(grade_judge(v, 2, TEXT("listening"), &out));
        expect_number(out.level, rows[i].level, rows[i].move);
    }
    grade_done(&g[0]);
    grade_done(&g[1]);
    rehearse_unload(r);
}

static void test_message(void **state)
{
    (void)state;
    struct rehearse_scenario *r = loaded("tests/run/forms2");
    struct err err = {0};
    struct session_params params = {.seed = 7};
    struct rehearse_session *p = rehearse_start(r, &params, &err);
    const struct session *se = rehearse_session_of(p);
    uint32_t parts[] = {0, 0};
    for (uint32_t i = 1; i <= r->model->n_parts; i++) {
        struct text name = scenario_name(r->model, r->model->parts[i].name);
        if (text_is(name, "dated"))
            parts[0] = i;
        if (text_is(name, "label"))
            parts[1] = i;
    }
    assert_true(rehearse_step(p, &(struct input){.kind = IN_BEGIN}, &err));
    assert_true(rehearse_step(p, &(struct input){.kind = IN_CHOOSE, .option = scenario_option(r->model, TEXT("why/facts"))}, &err));
    assert_true(rehearse_step(p, &(struct input){.kind = IN_COMPOSE, .parts = parts, .n_parts = 2}, &err));
    struct grade g;
    rehearse_grade(p, &g);
    /* situation: 1 or -1, got 1; impact: 1, -1 or empty, got -1 */
    assert_int_equal(g.comps[0].sum.pieces, 2);
    assert_int_equal(g.comps[0].sum.taken, 1);
    near_to(g.comps[0].sum.chance, 0, "chance");
    near_to(g.comps[0].sum.best, 2, "best");
    near_to(g.comps[0].sum.quality, 0, "quality");
    assert_int_equal(g.n_messages, 1);
    const struct grade_message *m = &g.messages[0];
    assert_int_equal(session_event(se, m->event)->kind, EV_CHOSE);
    assert_int_equal(m->n_given, 1);
    assert_int_equal(m->given[0].i, scenario_move(r->model, TEXT("fb:situation")).i);
    assert_int_equal(m->n_missed, 1);
    assert_int_equal(m->missed[0].i, scenario_move(r->model, TEXT("fb:impact")).i);
    assert_int_equal(m->n_flaws, 1);
    assert_int_equal(m->flaws[0].i, scenario_move(r->model, TEXT("fb:judgement")).i);
    grade_done(&g);
    rehearse_end(p);
    rehearse_unload(r);
}

static uint32_t dice(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

/* Clicks at random to the end. */
static void click(struct rehearse_session *p, uint32_t *seed)
{
    const struct session *se = rehearse_session_of(p);
    struct err err = {0};
    assert_true(rehearse_step(p, &(struct input){.kind = IN_BEGIN}, &err));
    for (int turns = 0; se->state->phase == PHASE_ASK && turns < 200; turns++) {
        const struct event *e = session_event(se, se->offered);
        option_id options[CIRCUMSTANCES * 8];
        uint32_t n = 0;
        for (uint32_t i = 0; i < e->n && n < CIRCUMSTANCES * 8; i++)
            if (event_items(e)[i].kind == ITEM_OPTION)
                options[n++] = (option_id){event_items(e)[i].ref};
        struct input in = {.kind = IN_CHOOSE, .by = BY_TRAINEE, .option = options[dice(seed) % n]};
        assert_true(rehearse_step(p, &in, &err));
    }
}

/* 2,000 plays from either chair: what random clicking gets is chance. */
static void test_random_is_chance(void **state)
{
    (void)state;
    struct rehearse_scenario *r = loaded("scenarios/late-handover");
    struct grade_sum sum[3] = {{0}};
    uint32_t seed = 2463534242u;
    for (uint32_t i = 0; i < 2000; i++) {
        struct session_params params = {.seed = i, .roles = {{1 + i % 2}}, .n_roles = 1};
        struct err err = {0};
        struct grade g;
        struct rehearse_session *p = rehearse_start(r, &params, &err);
        click(p, &seed);
        rehearse_grade(p, &g);
        assert_int_equal(g.n_comps, 3);
        for (int k = 0; k < 3; k++) {
            sum[k].got += g.comps[k].sum.got;
            sum[k].chance += g.comps[k].sum.chance;
            sum[k].best += g.comps[k].sum.best;
            sum[k].pieces += g.comps[k].sum.pieces;
        }
        grade_done(&g);
        rehearse_end(p);
    }
    for (int k = 0; k < 3; k++) {
        double quality = (sum[k].got - sum[k].chance) / (sum[k].best - sum[k].chance);
        if (fabs(quality) > 0.03)
            print_error("competency %d: %f over %u pieces\n", k, quality, sum[k].pieces);
        assert_true(fabs(quality) <= 0.03);
    }
    rehearse_unload(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand), cmocka_unit_test(test_locked),
        cmocka_unit_test(test_own_words_stay_out), cmocka_unit_test(test_chairs),
        cmocka_unit_test(test_interval), cmocka_unit_test(test_taken),
        cmocka_unit_test(test_several_sessions), cmocka_unit_test(test_anchors),
        cmocka_unit_test(test_message), cmocka_unit_test(test_random_is_chance),
    };
    rehearse_warm();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
