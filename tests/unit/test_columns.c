/* Tables in columns: widths of Chinese, numbers to the right, a column that goes on below, and when it is a list. */
#include "unit.h"

#include "report/columns.h"

#include <string.h>

static struct doc table(const char *const *cells, uint32_t rows, uint32_t n)
{
    struct doc d = {0};
    struct text row[DOC_CELLS];
    for (uint32_t r = 0; r < rows; r++) {
        for (uint32_t i = 0; i < n; i++)
            row[i] = text_of(cells[r * n + i]);
        doc_row(&d, r ? DOC_ROW : DOC_TABLE, row, n);
    }
    return d;
}

/* What stands in WIDTH cells; empty: a list. */
static void look(const char *const *cells, uint32_t rows, uint32_t n, unsigned width, const char *expected)
{
    struct doc d = table(cells, rows, n);
    struct columns c;
    struct buf out = {0};
    if (columns_fit(&d, 0, width, &c))
        for (uint32_t r = 0; r < rows; r++)
            columns_row(&c, &d.v[r], &out);
    buf_char(&out, 0);
    assert_string_equal(out.at, expected);
    buf_done(&out);
    doc_done(&d);
}

static const char *const few[] = {"场景", "结局", "人数", "迟到的交接", "先试一回", "1008", "第三次退单", "到账短信", "−3"};

static void columns_of_chinese(void **state)
{
    (void)state;
    look(few, 3, 3, 72, "  场景        结局      人数\n  迟到的交接  先试一回  1008\n  第三次退单  到账短信    −3\n");
}

static void one_goes_on_below(void **state)
{
    static const char *const wide[] = {"Question", "Before", "I would ask what happened before I say anything", "3.2", "", "4"};
    (void)state;
    look(wide, 3, 2, 35, "  Question                   Before\n  I would ask what happened     3.2\n  before I say anything\n"
                         "                                  4\n");
}

static void too_narrow_is_a_list(void **state)
{
    (void)state;
    look(few, 3, 3, 20, "");
    look(few, 3, 1, 72, "");
}

static void no_blanks_at_the_end(void **state)
{
    static const char *const open[] = {"A", "Much", "a", "", "b", "some words"};
    (void)state;
    look(open, 3, 2, 72, "  A  Much\n  a\n  b  some words\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(columns_of_chinese), cmocka_unit_test(one_goes_on_below),
                                       cmocka_unit_test(too_narrow_is_a_list), cmocka_unit_test(no_blanks_at_the_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
