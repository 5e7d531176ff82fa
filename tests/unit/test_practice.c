/* test_practice.c -- when a conversation comes back, and how. */
#include "unit.h"

#include "report/practice.h"

#define DAY ((int64_t)24 * 3600 * 1000)
#define START (100 * DAY)

/* Days after START, the role, and decisions: a capital letter went wrong. */
struct told {
    double day;
    const char *role, *decisions;
    bool left; /* before the end */
};

struct row {
    const char *row;
    struct told v[9];
    double due; /* days after START; 0: nothing */
    uint32_t step;
    enum practice_how how;
    uint32_t weak, chairs;
};

static const struct row rows[] = {
    {"nothing played", {{.day = 0}}, 0, 0, 0, 0, 2},
    {"all went well", {{0, "you", "abc", false}}, 0, 0, 0, 0, 2},
    {"one went wrong", {{0, "you", "aBc", false}}, 1, 0, PRACTICE_OWN_WORDS, 1, 2},
    {"two, left before the end", {{0, "you", "AB", true}}, 1, 0, PRACTICE_OWN_WORDS, 2, 2},
    {"well after a day", {{0, "you", "aBc", false}, {1, "you", "abc", false}}, 4, 1, PRACTICE_OTHER_CHAIR, 1, 2},
    {"the next morning counts as a day", {{0, "you", "aBc", false}, {0.75, "you", "abc", false}}, 3.75, 1, PRACTICE_OTHER_CHAIR, 1, 2},
    {"at once shows nothing", {{0, "you", "aBc", false}, {0.1, "you", "abc", false}}, 1, 0, PRACTICE_OWN_WORDS, 1, 2},
    {"wrong again starts over", {{0, "you", "aB", false}, {1, "you", "ab", false}, {4, "he", "xy", false}, {11, "you", "aB", false}}, 12, 0, PRACTICE_OWN_WORDS, 1, 2},
    {"another went wrong", {{0, "you", "aB", false}, {1, "you", "Ab", false}}, 2, 0, PRACTICE_OWN_WORDS, 2, 2},
    {"the weak one was not met", {{0, "you", "aB", false}, {1, "you", "ac", false}}, 1, 0, PRACTICE_OWN_WORDS, 1, 2},
    {"the other chair", {{0, "you", "aB", false}, {1, "you", "ab", false}, {4, "he", "XY", false}}, 11, 2, PRACTICE_OWN_WORDS, 1, 2},
    {"the other chair, left", {{0, "you", "aB", false}, {1, "you", "ab", false}, {4, "he", "XY", true}}, 4, 1, PRACTICE_OTHER_CHAIR, 1, 2},
    {"only one chair", {{0, "you", "aB", false}, {1, "you", "ab", false}}, 4, 1, PRACTICE_OWN_WORDS, 1, 1},
    {"learnt", {{0, "you", "aB", false}, {1, "you", "ab", false}, {4, "he", "x", false}, {11, "you", "ab", false}, {27, "he", "x", false}, {62, "you", "ab", false}}, 0, 0, 0, 0, 2},
    {"another chair's is another plan", {{0, "he", "XY", false}}, 0, 0, 0, 0, 2},
};

static void test_plan(void **state)
{
    (void)state;
    for each (i, rows) {
        const struct row *r = &rows[i];
        struct practised_decision decisions[9][8];
        struct practised v[9];
        uint32_t n = 0;
        for (; n < 9 && r->v[n].role; n++) {
            const struct told *t = &r->v[n];
            uint32_t k = 0;
            for (; t->decisions[k]; k++) {
                static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
                char c = t->decisions[k], low = (char)(c | 32);
                decisions[n][k] = (struct practised_decision){text_from(letters + (low - 'a'), 1), c != low};
            }
            v[n] = (struct practised){START + (int64_t)(t->day * (double)DAY), text_of(t->role), !t->left, decisions[n], k};
        }
        struct practice p = practice_plan(v, n, TEXT("you"), r->chairs);
        int64_t due = r->due > 0 ? START + (int64_t)(r->due * (double)DAY) : 0;
        if (p.due != due || p.step != r->step || p.how != r->how || p.weak != r->weak) {
            print_error("row “%s”: due %f, step %u, how %d, weak %u\n", r->row, (double)(p.due - START) / (double)DAY, p.step,
                        (int)p.how, p.weak);
            fail();
        }
    }
}

static void test_time(void **state)
{
    (void)state;
    struct practice p = {.due = START};
    assert_false(practice_is_due(&p, START - 9 * 3600 * 1000));
    assert_true(practice_is_due(&p, START - 7 * 3600 * 1000));
    assert_true(practice_is_due(&p, START + 30 * DAY));
    p.due = 0;
    assert_false(practice_is_due(&p, START));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plan), cmocka_unit_test(test_time)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
