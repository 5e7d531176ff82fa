/* test_plan.c -- a workshop's minutes: the way with the most to do, cut to the time there is. */
#include "unit.h"

#include "report/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a scenario by hand ---- */

static struct outline_option options[40];
static struct outline_node nodes[40];
static struct outline_scene scenes[12];
static uint32_t n_options, n_nodes, n_scenes;
static struct client_outline outline;

static void scene(const char *id)
{
    scenes[n_scenes] = (struct outline_scene){.id = text_of(id), .nodes = &nodes[n_nodes]};
    outline = (struct client_outline){.scenes = scenes, .n_scenes = ++n_scenes};
}

/* A decision of ROOM whose options lead to A and B (NULL: on in the scene). */
static void decision(const char *id, enum wire_room room, const char *who, const char *a, const char *b)
{
    struct outline_node *n = &nodes[n_nodes++];
    *n = (struct outline_node){.kind = WIRE_NODE_DECISION, .id = text_of(id), .room = room, .who = text_of(who),
                               .form = WIRE_FORM_CHOICE, .options = &options[n_options], .n_options = 2};
    options[n_options++] = (struct outline_option){.next = text_of(a)};
    options[n_options++] = (struct outline_option){.next = text_of(b)};
    scenes[n_scenes - 1].n_nodes++;
}

static void go(const char *next)
{
    nodes[n_nodes++] = (struct outline_node){.kind = WIRE_NODE_GOTO, .next = text_of(next)};
    scenes[n_scenes - 1].n_nodes++;
}

static int fresh(void **state)
{
    (void)state;
    memset(options, 0, sizeof options);
    memset(nodes, 0, sizeof nodes);
    memset(scenes, 0, sizeof scenes);
    n_options = n_nodes = n_scenes = 0;
    return 0;
}

/* "lobby2 first:full7 … take-home2" of what P holds. */
static void told(const struct plan *p, char out[600])
{
    static const char *const kinds[] = {"", "lobby", "warm-up", "frame", "lesson", "brief", "", "ending", "back", "debrief", "home"};
    static const char *const rooms[] = {"", "full", "quick", "told"};
    *out = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        char one[80];
        if (p->v[i].kind == PLAN_DECISION)
            snprintf(one, sizeof one, " %.*s:%s%u", (int)p->v[i].decision->id.len, p->v[i].decision->id.at, rooms[p->v[i].room], p->v[i].minutes);
        else
            snprintf(one, sizeof one, " %s%u", kinds[p->v[i].kind], p->v[i].minutes);
        strcat(out, one);
    }
}

static void expect_plan(const struct plan_wants *w, const char *wanted)
{
    struct plan p = {0};
    char got[600];
    plan_make(&p, w);
    told(&p, got);
    assert_string_equal(got, wanted);
    plan_done(&p);
}

static void a_story(void)
{
    scene("start");
    decision("one", WIRE_ROOM_FULL, "you", "long", "short");
    scene("long");
    decision("two", WIRE_ROOM_QUICK, "you", NULL, NULL);
    decision("theirs", WIRE_ROOM_QUICK, "other", NULL, NULL);
    decision("three", WIRE_ROOM_FULL, "you", NULL, NULL);
    go("last");
    scene("short");
    decision("aside", WIRE_ROOM_QUICK, "you", "last", "last");
    scene("last");
    decision("four", 0, "you", "end", "end");
    scene("end");
}

/* ---- tests ---- */

static void the_longest_way(void **state)
{
    (void)state;
    a_story();
    struct plan_wants w = {.outline = &outline, .role = TEXT("you")};
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:full7 two:quick3 three:full7 four:quick3 ending1 back6 debrief8 home2");
    w.from = TEXT("aside");
    expect_plan(&w, " aside:quick3 four:quick3 ending1 back6 debrief8 home2");
    w.from = TEXT("three");
    expect_plan(&w, " three:full7 four:quick3 ending1 back6 debrief8 home2");
    w.role = TEXT("other");
    w.from = (struct text){0};
    w.lesson = true;
    expect_plan(&w, " lobby2 warm-up2 frame2 lesson2 brief2 theirs:quick3 ending1 back6 debrief8 home2");
}

static void cut_to_the_time(void **state)
{
    (void)state;
    a_story();
    struct plan_wants w = {.outline = &outline, .role = TEXT("you"), .minutes = 45};
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:full7 two:quick3 three:full7 four:quick3 ending1 back6 debrief8 home2");
    w.minutes = 42;
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:full7 two:quick3 three:quick3 four:told1 ending1 back6 debrief8 home2");
    w.minutes = 30;
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:full7 two:told1 three:told1 four:told1 ending1 debrief8 home2");
    w.minutes = 20;
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:told1 two:told1 three:told1 four:told1 ending1 debrief5 home2");
    struct plan p = {0};
    w.minutes = 10;
    plan_make(&p, &w);
    assert_true(p.over);
    assert_int_equal(p.minutes, 20);
    plan_done(&p);
}

static void what_the_facilitator_wants(void **state)
{
    (void)state;
    a_story();
    struct plan_own own[] = {{TEXT("two"), WIRE_ROOM_FULL}, {TEXT("one"), WIRE_ROOM_TOLD}};
    struct plan_wants w = {.outline = &outline, .role = TEXT("you"), .minutes = 30, .own = own, .n_own = 2};
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:told1 two:full7 three:told1 four:told1 ending1 debrief8 home2");
}

static void over_is_over(void **state)
{
    (void)state;
    a_story();
    struct plan_wants w = {.outline = &outline, .role = TEXT("you"), .minutes = 20, .ended = true};
    expect_plan(&w, " ending1 back6 debrief8 home2");
    w.minutes = 12;
    expect_plan(&w, " ending1 debrief8 home2");
    w.minutes = 9;
    expect_plan(&w, " ending1 debrief5 home2");
}

static void round_and_round(void **state)
{
    (void)state;
    scene("a");
    decision("one", WIRE_ROOM_QUICK, "you", "b", "nowhere");
    scene("b");
    decision("two", WIRE_ROOM_QUICK, "you", "a", "a");
    struct plan_wants w = {.outline = &outline, .role = TEXT("you")};
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:quick3 two:quick3 ending1 back6 debrief8 home2");
    w.from = TEXT("two");
    expect_plan(&w, " two:quick3 one:quick3 ending1 back6 debrief8 home2");
    w.from = TEXT("unknown");
    expect_plan(&w, " lobby2 warm-up2 frame2 brief2 one:quick3 two:quick3 ending1 back6 debrief8 home2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_longest_way, fresh),           cmocka_unit_test_setup(cut_to_the_time, fresh),
        cmocka_unit_test_setup(what_the_facilitator_wants, fresh), cmocka_unit_test_setup(over_is_over, fresh),
        cmocka_unit_test_setup(round_and_round, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
