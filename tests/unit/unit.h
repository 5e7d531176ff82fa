/* unit.h -- what every table of unit tests wants: cmocka, and texts compared as texts. */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

/* Fails with both texts, and ROW to find the row of the table by. */
#define expect_text(got, wanted, row) expect_text_at((got), (wanted), (row), __FILE__, __LINE__)
static inline void expect_text_at(struct text got, const char *wanted, const char *row, const char *file, int line)
{
    if (!text_is(got, wanted)) {
        print_error("%s:%d: row “%s”\n  wanted “%s”\n  got    “%.*s”\n", file, line, row, wanted, (int)got.len, got.at);
        fail();
    }
}

#define expect_number(got, wanted, row) expect_number_at((long)(got), (long)(wanted), (row), __FILE__, __LINE__)
static inline void expect_number_at(long got, long wanted, const char *row, const char *file, int line)
{
    if (got != wanted) {
        print_error("%s:%d: row “%s”: wanted %ld, got %ld\n", file, line, row, wanted, got);
        fail();
    }
}

#define each(i, table) (size_t i = 0; i < sizeof(table) / sizeof(table)[0]; i++)

#endif
