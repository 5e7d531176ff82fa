/* test_next.c -- what is proposed next, and why. */
#include "unit.h"

#include "report/next.h"

#define NOW ((int64_t)1000 * 24 * 3600 * 1000)

static struct next_scenario scenario(const char *name, const char *about, const char *first, const char *second)
{
    struct next_scenario s = {.name = text_of(name), .about = text_of(about), .n_chairs = 2};
    s.chairs[0] = (struct next_chair){.role = TEXT("you"), .focus = {text_of(first)}, .n_focus = 1};
    s.chairs[1] = (struct next_chair){.role = TEXT("he"), .focus = {text_of(second)}, .n_focus = 1};
    return s;
}

static void expect_pick(const struct next_pick *p, enum next_why why, uint32_t scenario, uint32_t chair, const char *row)
{
    expect_number(p->why, why, row);
    expect_number(p->scenario, scenario, row);
    expect_number(p->chair, chair, row);
}

static void test_order(void **state)
{
    (void)state;
    struct next_scenario v[] = {scenario("a", "finance, travel", "listening", "feedback"), scenario("b", "manufacturing, shift", "teamwork", "conflict"),
                                scenario("c", "bank, complaints", "service", "conflict")};
    struct next_need needs[] = {{TEXT("listening"), 20, 0.7}, {TEXT("conflict"), 14, 0.2}, {TEXT("feedback"), 30, 0.4}};
    struct next_wish wish = {.needs = needs, .n_needs = 3, .now = NOW};
    struct next_pick picks[NEXT_MOST];
    expect_text(next_need_most(&wish), "conflict", "low quality");
    expect_number(next_pick(v, 3, &wish, picks), 3, "all new");
    expect_pick(&picks[0], NEXT_NEEDED, 1, 1, "conflict is needed most");
    expect_pick(&picks[1], NEXT_NEEDED, 2, 1, "and there is another");
    expect_pick(&picks[2], NEXT_NEW, 0, 0, "then something new");
    wish.department = TEXT("Bank");
    next_pick(v, 3, &wish, picks);
    expect_pick(&picks[0], NEXT_NEEDED, 2, 1, "one's own department first");
    needs[2].places = 4;
    expect_text(next_need_most(&wish), "feedback", "too little evidence comes first");
    v[0].chairs[0].practice = (struct practice){.step = 1, .due = NOW - 5, .how = PRACTICE_OTHER_CHAIR, .weak = 2};
    v[0].chairs[0].played = true;
    next_pick(v, 3, &wish, picks);
    expect_pick(&picks[0], NEXT_DUE, 0, 0, "what is due comes first");
    expect_number(picks[0].how, PRACTICE_OTHER_CHAIR, "and how");
    v[0].chairs[0].practice.due = NOW + (int64_t)5 * 24 * 3600 * 1000;
    v[0].chairs[1].played = v[1].chairs[0].played = v[1].chairs[1].played = v[2].chairs[0].played = v[2].chairs[1].played = true;
    expect_number(next_pick(v, 3, &wish, picks), 1, "what will be due");
    expect_pick(&picks[0], NEXT_LATER, 0, 0, "what will be due");
    v[0].chairs[0].practice.due = 0;
    expect_number(next_pick(v, 3, &wish, picks), 0, "all done");
    expect_number(next_pick(NULL, 0, &wish, picks), 0, "nothing there");
}

static void test_nothing_known(void **state)
{
    (void)state;
    struct next_scenario v[] = {scenario("a", "", "listening", "feedback"), scenario("b", "", "teamwork", "conflict")};
    struct next_pick picks[NEXT_MOST];
    struct next_wish wish = {.now = NOW};
    expect_number(next_pick(v, 2, &wish, picks), 2, "a newcomer");
    expect_pick(&picks[0], NEXT_NEW, 0, 0, "a newcomer");
    v[0].chairs[0].played = true;
    next_pick(v, 2, &wish, picks);
    expect_pick(&picks[0], NEXT_NEW, 1, 0, "new people before the other chair");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_nothing_known)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
