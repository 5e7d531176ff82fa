/* test_hands.c -- what a facilitator types when hands are up, in every way people type it. */
#include "unit.h"

#include "front/hands.h"

#include <string.h>

static void shows_of_hands(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        enum hands_said said;
        uint32_t out[4];
        char which;
    } rows[] = {
        {"a12 b7 c4", HANDS_READ, {12, 7, 4, 9}, 0},
        {"12 7 4", HANDS_READ, {12, 7, 4, 0}, 0},
        {"12 7 4 2", HANDS_READ, {12, 7, 4, 2}, 0},
        {"A12,B7;C4", HANDS_READ, {12, 7, 4, 9}, 0},
        {"a12b7c4", HANDS_READ, {12, 7, 4, 9}, 0},
        {"a 12  b=7", HANDS_READ, {12, 7, 9, 9}, 0},
        {"b8", HANDS_READ, {9, 8, 9, 9}, 0},
        {"ａ１２　ｂ７、ｃ４", HANDS_READ, {12, 7, 4, 9}, 0},
        {"12，7，4", HANDS_READ, {12, 7, 4, 0}, 0},
        {"0", HANDS_READ, {0, 0, 0, 0}, 0},
        {"", HANDS_EMPTY, {9, 9, 9, 9}, 0},
        {"  ", HANDS_EMPTY, {9, 9, 9, 9}, 0},
        {"a12 7", HANDS_STRANGE, {9, 9, 9, 9}, 0},
        {"12 b7", HANDS_STRANGE, {9, 9, 9, 9}, 'B'},
        {"a12 *", HANDS_STRANGE, {9, 9, 9, 9}, 0},
        {"e3", HANDS_NO_OPTION, {9, 9, 9, 9}, 'E'},
        {"1 2 3 4 5", HANDS_NO_OPTION, {9, 9, 9, 9}, 0},
        {"a1 a2", HANDS_TWICE, {9, 9, 9, 9}, 'A'},
        {"a b7", HANDS_BARE, {9, 9, 9, 9}, 'B'},
        {"a1 b", HANDS_BARE, {9, 9, 9, 9}, 'B'},
        {"10000", HANDS_MANY, {9, 9, 9, 9}, 0},
        {"a99999999999999999999", HANDS_MANY, {9, 9, 9, 9}, 0},
        {"\xff\xfe", HANDS_STRANGE, {9, 9, 9, 9}, 0},
    };
    for each (i, rows) {
        uint32_t out[4] = {9, 9, 9, 9};
        char which = 'x';
        expect_number(hands_read(text_of(rows[i].typed), 4, out, &which), rows[i].said, rows[i].typed);
        if (memcmp(out, rows[i].out, sizeof out) != 0)
            fail_msg("row “%s”: %u %u %u %u", rows[i].typed, out[0], out[1], out[2], out[3]);
        if (rows[i].said != HANDS_READ && rows[i].said != HANDS_STRANGE)
            expect_number(which, rows[i].which, rows[i].typed);
    }
}

static void one_letter(void **state)
{
    (void)state;
    assert_int_equal(hands_letter(TEXT("c"), 4), 3);
    assert_int_equal(hands_letter(TEXT(" C "), 4), 3);
    assert_int_equal(hands_letter(TEXT("Ｃ"), 4), 3);
    assert_int_equal(hands_letter(TEXT("e"), 4), 0);
    assert_int_equal(hands_letter(TEXT("ab"), 4), 0);
    assert_int_equal(hands_letter(TEXT("3"), 4), 0);
    assert_int_equal(hands_letter(TEXT(""), 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shows_of_hands), cmocka_unit_test(one_letter)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
