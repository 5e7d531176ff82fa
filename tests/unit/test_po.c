/* test_po.c -- PO files read and brought up to date, and the same as a table. */
#include "unit.h"

#include "front/csv.h"
#include "front/po.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define HEAD "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

static void reading(void **state)
{
    (void)state;
    static const struct {
        const char *po;
        bool ok;
        uint32_t bad_line;
        size_t n;
        const char *ctx, *id, *str; /* of the last row */
        bool fuzzy, obsolete;
        uint32_t line;
    } rows[] = {
        {"", true, 0, 0, "", "", "", false, false, 0},
        {HEAD, true, 0, 0, "", "", "", false, false, 0},
        {HEAD "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", true, 0, 1, "a", "b", "c", false, false, 5},
        {HEAD "# note\n#, fuzzy\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", true, 0, 1, "a", "b", "c", true, false, 7},
        {HEAD "msgid \"b\"\nmsgstr \"c\"\n\nmsgid \"d\"\nmsgstr \"\"\n", true, 0, 2, "", "d", "", false, false, 8},
        {HEAD "msgctxt \"a\"\nmsgid \"\"\n\"一\"\n\"二\"\nmsgstr \"x\\ny\"\n", true, 0, 1, "a", "一二", "x\ny", false, false, 5},
        {HEAD "#~ msgctxt \"a\"\n#~ msgid \"b\"\n#~ msgstr \"c\"\n", true, 0, 1, "a", "b", "c", false, true, 5},
        {"msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", true, 0, 1, "a", "b", "c", false, false, 1},
        {HEAD "msgctxt \"a\"\nmsgid \"b\nmsgstr \"c\"\n", false, 7, 0, NULL, NULL, NULL, false, false, 0},
        {HEAD "msgid \"b\"\nmsgstr \"c\"\nmsgid \"b\"\nmsgstr \"d\"\n", false, 7, 0, NULL, NULL, NULL, false, false, 0},
        {"\xEF\xBB\xBF" HEAD "msgid \"b\"\nmsgstr \"c\"\n", true, 0, 1, "", "b", "c", false, false, 5},
        {HEAD "#: x:1 y:2\n#. why\n#, c-format, fuzzy\nmsgid \"b # \\\" #: c\"\nmsgstr \"c\" #: z:3\n", true, 0, 1, "",
         "b # \" #: c", "c", true, false, 8},
        {HEAD "#\\\n: x:1\nmsgid \"b\"\nmsgstr \"c\"\n", false, 5, 0, NULL, NULL, NULL, false, false, 0},
        {"this is no PO file\n", false, 1, 0, NULL, NULL, NULL, false, false, 0},
        {"msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=GBK\\n\"\n", false, 2, 0, NULL, NULL, NULL, false, false, 0},
        {HEAD "msgid \"\xB5\xC4\"\nmsgstr \"c\"\n", false, 5, 0, NULL, NULL, NULL, false, false, 0},
    };
    for each (i, rows) {
        struct arena a = {0};
        struct po_rows got;
        bool ok = po_read(text_of(rows[i].po), &a, &got);
        expect_number(ok, rows[i].ok, rows[i].po);
        if (!ok)
            expect_number(got.bad_line, rows[i].bad_line, rows[i].po);
        else
            expect_number(got.n, rows[i].n, rows[i].po);
        if (ok && got.n) {
            const struct po_row *last = &got.v[got.n - 1];
            expect_text(last->ctx, rows[i].ctx, rows[i].po);
            expect_text(last->id, rows[i].id, rows[i].po);
            expect_text(last->str, rows[i].str, rows[i].po);
            expect_number(last->fuzzy, rows[i].fuzzy, rows[i].po);
            expect_number(last->obsolete, rows[i].obsolete, rows[i].po);
            expect_number(last->line, rows[i].line, rows[i].po);
        }
        arena_done(&a);
    }
}

/* One text brought up to date; what comes out but for the header. */
static void updating(void **state)
{
    (void)state;
    static const struct {
        const char *old, *ctx, *id, *fresh;
    } rows[] = {
        {"", "a", "b", "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n"},
        {HEAD "# mine\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", "a", "b",
         "# mine\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n"},
        {HEAD "msgctxt \"a\"\nmsgid \"old\"\nmsgstr \"c\"\n", "a", "b",
         "#, fuzzy\n#| msgid \"old\"\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n"},
        {HEAD "#, fuzzy\n#| msgid \"old\"\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n", "a", "b",
         "#, fuzzy\n#| msgid \"old\"\nmsgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n"},
        {HEAD "msgctxt \"a\"\nmsgid \"old\"\nmsgstr \"\"\n", "a", "b", "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n"},
        {HEAD "msgctxt \"gone\"\nmsgid \"x\"\nmsgstr \"y\"\n", "a", "b",
         "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n\n#~ msgctxt \"gone\"\n#~ msgid \"x\"\n#~ msgstr \"y\"\n"},
        {HEAD "msgctxt \"gone\"\nmsgid \"x\"\nmsgstr \"\"\n", "a", "b", "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"\"\n"},
        {HEAD "#~ msgctxt \"a\"\n#~ msgid \"b\"\n#~ msgstr \"c\"\n", "a", "b", "msgctxt \"a\"\nmsgid \"b\"\nmsgstr \"c\"\n"},
        /* literal reasons of scripts share a context: another literal is another text */
        {HEAD "msgctxt \"script\"\nmsgid \"old\"\nmsgstr \"c\"\n", "script", "b",
         "msgctxt \"script\"\nmsgid \"b\"\nmsgstr \"\"\n\n#~ msgctxt \"script\"\n#~ msgid \"old\"\n#~ msgstr \"c\"\n"},
    };
    for each (i, rows) {
        struct arena a = {0};
        struct buf out = {0}, again = {0};
        struct po_counts counts;
        struct po_rows fault;
        struct po_row source = {.ctx = text_of(rows[i].ctx), .id = text_of(rows[i].id)};
        struct text project = TEXT("p"), lang = TEXT("en");
        assert_true(po_update(text_of(rows[i].old), &source, 1, project, lang, &a, &out, &counts, &fault));
        struct text body = buf_view(&out), line;
        while (text_split(&body, '\n', &line) && line.len) {
        } /* the header ends with an empty line */
        expect_text(body, rows[i].fresh, rows[i].old);
        assert_true(po_update(buf_view(&out), &source, 1, project, lang, &a, &again, &counts, &fault));
        assert_true(text_eq(buf_view(&out), buf_view(&again)));
        buf_done(&out);
        buf_done(&again);
        arena_done(&a);
    }
}

static void updating_what_is_no_po(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf out = {0};
    struct po_counts counts;
    struct po_rows fault;
    assert_false(po_update(TEXT("\n\nhello\n"), NULL, 0, TEXT("p"), TEXT("en"), &a, &out, &counts, &fault));
    assert_int_equal(fault.bad_line, 3);
    buf_done(&out);
    arena_done(&a);
}

/* What would keep the library busy for minutes does not reach it. */
static void reading_in_time(void **state)
{
    (void)state;
    static const struct {
        const char *before, *each, *behind; /* a number between them */
        int times;
        bool ok;
    } rows[] = {
        {HEAD "#:", " file-", ":1", 300000, true},
        {HEAD "#,", " x-", "-format,", 200000, true},
        {HEAD, "#: file-", ":1\n", 200000, true},
        {HEAD "msgid \"a\"\nmsgid_plural \"b\"\n", "msgstr[", "] \"\"\n", 200000, false},
        {HEAD, "msgid \"a", "\"\nmsgstr \"\"\n", 200000, false},
        {HEAD, "#~ msgid \"a", "\" msgstr \"\"\n", 200000, false},
    };
    for each (i, rows) {
        struct arena a = {0};
        struct buf b = {0};
        struct po_rows got;
        buf_str(&b, rows[i].before);
        for (int k = 0; k < rows[i].times; k++)
            buf_printf(&b, "%s%d%s", rows[i].each, k, rows[i].behind);
        buf_str(&b, "\nmsgid \"last\"\nmsgstr \"c\"\n");
        clock_t begin = clock();
        expect_number(po_read(buf_view(&b), &a, &got), rows[i].ok, rows[i].each);
        assert_true((clock() - begin) / CLOCKS_PER_SEC < 8); /* under a sanitizer */
        buf_done(&b);
        arena_done(&a);
    }
}

/* What could not be written whole must not take the place of what was there. */
static void updating_without_room(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf out = {0};
    struct po_counts counts;
    struct po_rows fault;
    struct po_row source = {.ctx = TEXT("a"), .id = TEXT("b")};
    struct rlimit before, little;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    for (rlim_t most = 0; most < 400; most += 50) {
        little = (struct rlimit){most, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &little);
        bool done = po_update((struct text){0}, &source, 1, TEXT("p"), TEXT("en"), &a, &out, &counts, &fault);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_true(!done || memmem(out.at, out.len, "msgid \"b\"\nmsgstr \"\"\n", 20) != NULL);
    }
    buf_done(&out);
    arena_done(&a);
}

static void table(void **state)
{
    (void)state;
    struct po_row sources[] = {{.ctx = TEXT("a"), .id = TEXT("=1+1")},
                               {.ctx = TEXT("b"), .id = TEXT("say \"no\"")},
                               {.ctx = TEXT("c"), .id = TEXT("new")},
                               {.ctx = TEXT("script"), .id = TEXT("why")}};
    struct po_row done[] = {{.ctx = TEXT("b"), .id = TEXT("say \"no\""), .str = TEXT("-x,\ny")},
                            {.ctx = TEXT("c"), .id = TEXT("old"), .str = TEXT("alt")},
                            {.ctx = TEXT("script"), .id = TEXT("who"), .str = TEXT("wer")}};
    struct po_rows old = {.v = done, .n = 3};
    struct buf out = {0};
    csv_write(sources, 4, &old, &out);
    expect_text(buf_view(&out),
                "\xEF\xBB\xBF\"context\",\"source\",\"translation\",\"state\"\r\n"
                "\"a\",\"'=1+1\",\"\",\"missing\"\r\n"
                "\"b\",\"say \"\"no\"\"\",\"'-x,\ny\",\"done\"\r\n"
                "\"c\",\"new\",\"alt\",\"fuzzy\"\r\n"
                "\"script\",\"why\",\"\",\"missing\"\r\n",
                "table");
    buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading), cmocka_unit_test(reading_in_time),
        cmocka_unit_test(updating),
        cmocka_unit_test(updating_what_is_no_po), cmocka_unit_test(updating_without_room),
        cmocka_unit_test(table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
