/* test_wire_lines.c -- framing: lines and counted bytes, however they are cut on the way. */
#include "unit.h"

#include "base/arena.h"
#include "wire/lines.h"

#include <stdlib.h>
#include <string.h>

/* The other end: gives at most STEP bytes at a time, keeps what is written. */
struct other {
    struct text in;
    size_t step;
    struct buf out;
    bool deaf;
    int writes;
};

static ptrdiff_t other_read(void *self, void *at, size_t size)
{
    struct other *o = self;
    size_t n = o->in.len < size ? o->in.len : size;
    n = n < o->step ? n : o->step;
    memcpy(at, o->in.at, n);
    o->in = text_from(o->in.at + n, o->in.len - n);
    return (ptrdiff_t)n;
}

static bool other_write(void *self, const void *bytes, size_t size)
{
    struct other *o = self;
    o->writes++;
    buf_add(&o->out, bytes, size);
    return !o->deaf;
}

static struct lines lines_on(struct other *o)
{
    struct lines l;
    lines_init(&l, (struct lines_io){.self = o, .read = other_read, .write = other_write});
    return l;
}

static void cut_anywhere(void **state)
{
    (void)state;
    for (size_t step = 1; step <= 40; step++) {
        struct other o = {.in = TEXT("{\"a\":1}\n\n{\"bytes\":6}\nab\ncd\n{}\n"), .step = step};
        struct lines l = lines_on(&o);
        struct buf raw = {0};
        struct text line;
        assert_int_equal(lines_read(&l, &line), LINE_OK);
        expect_text(line, "{\"a\":1}", "first");
        assert_int_equal(lines_read(&l, &line), LINE_OK);
        expect_text(line, "", "empty");
        assert_int_equal(lines_read(&l, &line), LINE_OK);
        expect_text(line, "{\"bytes\":6}", "with bytes");
        assert_int_equal(lines_take(&l, 6, &raw), LINE_OK);
        expect_text(buf_view(&raw), "ab\ncd\n", "bytes");
        assert_int_equal(lines_read(&l, &line), LINE_OK);
        expect_text(line, "{}", "behind the bytes");
        assert_false(lines_waiting(&l));
        assert_int_equal(lines_read(&l, &line), LINE_END);
        buf_done(&raw);
        lines_done(&l);
    }
}

static void ends(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t take;
        enum line_got line, bytes;
    } rows[] = {
        {"", 0, LINE_END, LINE_OK},
        {"{}", 0, LINE_CUT, LINE_OK},
        {"{}\nabc", 3, LINE_OK, LINE_OK},
        {"{}\nabc", 4, LINE_OK, LINE_CUT},
        {"{}\n", 0, LINE_OK, LINE_OK},
    };
    for each (i, rows) {
        struct other o = {.in = text_of(rows[i].in), .step = 2};
        struct lines l = lines_on(&o);
        struct buf raw = {0};
        struct text line;
        expect_number(lines_read(&l, &line), rows[i].line, rows[i].in);
        if (rows[i].line == LINE_OK)
            expect_number(lines_take(&l, rows[i].take, &raw), rows[i].bytes, rows[i].in);
        buf_done(&raw);
        lines_done(&l);
    }
}

/* A line may be as long as the limit with its LF, and not one byte longer. */
static void longest(void **state)
{
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        size_t len = LINE_MAX_BYTES - 1 + over;
        char *bytes = mem_new(len + 1);
        memset(bytes, 'x', len);
        bytes[len] = '\n';
        struct other o = {.in = text_from(bytes, len + 1), .step = SIZE_MAX};
        struct lines l = lines_on(&o);
        struct text line;
        assert_int_equal(lines_read(&l, &line), over ? LINE_TOO_LONG : LINE_OK);
        lines_done(&l);
        free(bytes);
    }
}

static void written_at_once(void **state)
{
    (void)state;
    struct other o = {0};
    struct lines l = lines_on(&o);
    lines_put(&l, TEXT("{\"bytes\":3}"));
    lines_put_bytes(&l, TEXT("abc"));
    lines_put(&l, TEXT("{}"));
    assert_int_equal(o.writes, 0);
    assert_true(lines_flush(&l));
    assert_int_equal(o.writes, 1);
    expect_text(buf_view(&o.out), "{\"bytes\":3}\nabc{}\n", "written");
    o.deaf = true;
    lines_put(&l, TEXT("{}"));
    assert_false(lines_flush(&l));
    lines_put(&l, TEXT("{}"));
    assert_false(lines_flush(&l));
    assert_int_equal(o.writes, 2); /* nothing more once a write was lost */
    lines_done(&l);
    buf_done(&o.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(ends),
        cmocka_unit_test(longest),
        cmocka_unit_test(written_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
