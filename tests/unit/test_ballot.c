/* test_ballot.c -- a room's votes: whoever votes last is counted, whoever leads alone wins, everything else is said. */
#include "unit.h"

#include "play/ballot.h"

#include <stdlib.h>
#include <string.h>

static void last_vote_counts(void **state)
{
    (void)state;
    struct ballot b = {0};
    assert_int_equal(ballot_cast(&b, 1, 0), CAST_CLOSED);
    assert_true(ballot_open(&b, 3));
    assert_int_equal(ballot_cast(&b, 1, 0), CAST_TAKEN);
    assert_int_equal(ballot_cast(&b, 1, 2), CAST_TAKEN);
    assert_int_equal(ballot_cast(&b, 2, 2), CAST_TAKEN);
    assert_int_equal(ballot_cast(&b, 2, 3), CAST_NOT_OFFERED);
    assert_int_equal(ballot_cast(&b, BALLOT_VOTERS, 1), CAST_NO_VOTER);
    assert_int_equal(ballot_of(&b, 2), 3);
    assert_int_equal(ballot_votes(&b, 1, 0), 0);
    assert_int_equal(ballot_votes(&b, 1, 2), 2);
    assert_int_equal(ballot_answered(&b, 1), 2);
    assert_int_equal(ballot_take_back(&b, 2), CAST_TAKEN);
    assert_int_equal(ballot_take_back(&b, 2), CAST_TAKEN);
    assert_int_equal(ballot_of(&b, 2), 0);
    assert_int_equal(ballot_answered(&b, 1), 1);
    ballot_close(&b);
    assert_int_equal(ballot_cast(&b, 3, 0), CAST_CLOSED);
    assert_int_equal(ballot_take_back(&b, 1), CAST_CLOSED);
    assert_true(ballot_reopen(&b));
    assert_int_equal(ballot_cast(&b, 3, 0), CAST_TAKEN);
    assert_int_equal(ballot_answered(&b, 1), 2);
}

static void hands_beside_phones(void **state)
{
    (void)state;
    struct ballot b = {0};
    uint32_t first[] = {12, 0, 7, 4}, mended[] = {11, 0, 8, 4}, many[] = {BALLOT_MOST, 1, 0, 0};
    assert_false(ballot_hands(&b, first, 4));
    assert_true(ballot_open(&b, 4));
    ballot_cast(&b, 9, 2);
    assert_true(ballot_hands(&b, first, 4));
    assert_false(ballot_hands(&b, first, 3));
    assert_false(ballot_hands(&b, many, 4));
    assert_int_equal(ballot_votes(&b, 1, 2), 8);
    ballot_close(&b);
    assert_true(ballot_hands(&b, mended, 4)); /* a slip of the tongue is mended after the vote, too */
    assert_int_equal(ballot_votes(&b, 1, 2), 9);
    assert_int_equal(ballot_raised(&b, 1), 23);
    assert_int_equal(ballot_answered(&b, 1), 24);
}

static void rounds(void **state)
{
    (void)state;
    struct ballot b = {0};
    assert_false(ballot_open(&b, 0));
    assert_false(ballot_open(&b, BALLOT_OPTIONS + 1));
    assert_false(ballot_reopen(&b));
    assert_true(ballot_open(&b, 2));
    ballot_cast(&b, 5, 0);
    assert_false(ballot_open(&b, 3));
    assert_true(ballot_open(&b, 2));
    assert_int_equal(ballot_of(&b, 5), 0);
    assert_int_equal(ballot_cast(&b, 5, 1), CAST_TAKEN);
    assert_int_equal(ballot_votes(&b, 1, 0), 1);
    assert_int_equal(ballot_votes(&b, 2, 0), 0);
    assert_int_equal(ballot_leads(&b, 1), 1);
    assert_int_equal(ballot_leads(&b, 2), 2);
    assert_int_equal(ballot_leads(&b, 3), 0);
    assert_int_equal(ballot_votes(&b, 0, 0), 0);
    while (b.round < BALLOT_ROUNDS)
        assert_true(ballot_open(&b, 2));
    assert_false(ballot_open(&b, 2));
}

static void settling(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        uint32_t votes[4], n, lead, taken;
        enum ballot_settled settled;
    } rows[] = {
        {"leads alone", {3, 9, 2, 0}, 4, 2, 1, SETTLED_VOTES},
        {"a tie, one of them", {9, 3, 9, 0}, 4, 5, 2, SETTLED_TIE},
        {"a tie, another", {9, 3, 9, 0}, 4, 5, 1, SETTLED_VETO},
        {"a veto", {3, 9, 2, 0}, 4, 2, 0, SETTLED_VETO},
        {"nobody voted", {0, 0, 0, 0}, 4, 0, 3, SETTLED_TOLD},
        {"one vote is enough", {0, 0, 0, 1}, 4, 8, 3, SETTLED_VOTES},
        {"all level", {1, 1, 1, 1}, 4, 15, 0, SETTLED_TIE},
        {"only one option", {5}, 1, 1, 0, SETTLED_VOTES},
    };
    for each (i, rows) {
        expect_number(votes_lead(rows[i].votes, rows[i].n), rows[i].lead, rows[i].row);
        expect_number(votes_settle(rows[i].votes, rows[i].n, rows[i].taken), rows[i].settled, rows[i].row);
    }
}

/* A plain count of everybody's last vote, beside thousands of random votes, changes and retractions. */
static void against_a_plain_count(void **state)
{
    (void)state;
    static struct ballot b;
    static uint32_t last[400];
    uint32_t s = 7;
    memset(&b, 0, sizeof b);
    ballot_open(&b, 5);
    for (int i = 0; i < 20000; i++) {
        s = s * 1664525u + 1013904223u;
        uint32_t voter = (s >> 8) % 400, option = (s >> 20) % 6;
        if (option == 5)
            ballot_take_back(&b, voter);
        else
            ballot_cast(&b, voter, option);
        last[voter] = option == 5 ? 0 : option + 1;
    }
    for (uint32_t o = 0; o < 5; o++) {
        uint32_t n = 0;
        for (uint32_t v = 0; v < 400; v++)
            n += last[v] == o + 1;
        assert_int_equal(ballot_votes(&b, 1, o), n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_vote_counts), cmocka_unit_test(hands_beside_phones), cmocka_unit_test(rounds),
        cmocka_unit_test(settling),         cmocka_unit_test(against_a_plain_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
