/* test_csv.c -- a translator's table read back, as spreadsheet programs of several countries write it. */
#include "unit.h"

#include "front/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "context,source,translation,state\n"

/* ---- reading ---- */

struct read_row {
    const char *csv;
    size_t n;                          /* rows */
    const char *ctx, *source, *str;    /* of the last */
    bool fuzzy;
    uint32_t line;
    size_t faults;
    const char *form;                  /* a piece of the first fault */
    uint32_t fault_line;
};

static const struct read_row reads[] = {
    {HEAD "a,b,c,done\n", 1, "a", "b", "c", false, 2, 0, NULL, 0},
    {HEAD "a,b,c,fuzzy", 1, "a", "b", "c", true, 2, 0, NULL, 0},
    {"\xEF\xBB\xBF" HEAD "a,b,c,\n", 1, "a", "b", "c", false, 2, 0, NULL, 0},
    {"\xEF\xBB\xBF\"context\",\"source\",\"translation\",\"state\"\r\n\"a\",\"b\",\"c\",\"done\"\r\n", 1, "a", "b", "c", false, 2, 0, NULL, 0},
    {"context;source;translation;state\r\na;\"b;b\";c,c;done\r\n", 1, "a", "b;b", "c,c", false, 2, 0, NULL, 0},
    {"context\tsource\ttranslation\tstate\na\tb\tc, d; e\tdone\n", 1, "a", "b", "c, d; e", false, 2, 0, NULL, 0},
    {"sep=;\r\ncontext;translation\r\na;c\r\n", 1, "a", "", "c", false, 3, 0, NULL, 0},
    {"context,source,translation,state\ra,b,c,done\rd,e,f,done\r", 2, "d", "e", "f", false, 3, 0, NULL, 0},
    {"State,Remark,Translation,Context\nfuzzy,\"x\ny\",c,a\n", 1, "a", "", "c", true, 2, 0, NULL, 0},
    /* quotes, and lines broken inside a cell */
    {HEAD "a,b,\"say \"\"no\"\"\",done\n", 1, "a", "b", "say \"no\"", false, 2, 0, NULL, 0},
    {HEAD "a,b,\"one\r\ntwo\",done\r\nd,e,f,done\n", 2, "d", "e", "f", false, 4, 0, NULL, 0},
    {HEAD "a,b,\"one\r\n  two\",done\n", 1, "a", "b", "one two", false, 2, 0, NULL, 0},
    {HEAD "a,b,\"一\n二\",done\n", 1, "a", "b", "一二", false, 2, 0, NULL, 0},
    {HEAD "a,b,\"一 二\",done\n", 1, "a", "b", "一 二", false, 2, 0, NULL, 0},
    {HEAD "a,b,a 5\" disk,done\n", 1, "a", "b", "a 5\" disk", false, 2, 0, NULL, 0},
    {HEAD "a,b,\"c\"  ,done\n", 1, "a", "b", "c", false, 2, 0, NULL, 0},
    {HEAD "a,b,\"\",done\n", 1, "a", "b", "", false, 2, 0, NULL, 0},
    /* the ' before a formula comes off; another stays */
    {HEAD "a,'=1+1,'-x,done\n", 1, "a", "=1+1", "-x", false, 2, 0, NULL, 0},
    {HEAD "a,b,'tis,done\n", 1, "a", "b", "'tis", false, 2, 0, NULL, 0},
    {HEAD "a,b,''=x,done\n", 1, "a", "b", "'=x", false, 2, 0, NULL, 0},
    /* lines that spreadsheets add or cut */
    {HEAD "\n,,,\n;\na,b,c\n\n", 2, "a", "b", "c", false, 5, 0, NULL, 0},
    {HEAD "a,b\n", 1, "a", "b", "", false, 2, 0, NULL, 0},
    {HEAD "a,b,c,done,,,,,\n", 1, "a", "b", "c", false, 2, 0, NULL, 0},
    {HEAD ",b,lost,done\na,b,c,done\n", 1, "a", "b", "c", false, 3, 1, "no context", 2},
    {HEAD, 0, NULL, NULL, NULL, false, 0, 0, NULL, 0},
    /* refused as a whole */
    {"", 0, NULL, NULL, NULL, false, 0, 1, "must name the columns", 1},
    {"a,b,c,done\n", 0, NULL, NULL, NULL, false, 0, 1, "must name the columns", 1},
    {"context,source,uebersetzung\na,b,c\n", 0, NULL, NULL, NULL, false, 0, 1, "must name the columns", 1},
    {HEAD "a,b,c,done\nd,e,\"f,done\ng,h,i,done\n", 0, NULL, NULL, NULL, false, 0, 1, "do not close", 3},
    {HEAD "a,b,\"c\"d,done\n", 0, NULL, NULL, NULL, false, 0, 1, "do not close", 2},
    {HEAD "a,b,\xD6\xD0\xB9\xFA,done\n", 0, NULL, NULL, NULL, false, 0, 1, "GBK", 2},
    {HEAD "a,b,c,done\r\nd,e,\xFF,\n", 0, NULL, NULL, NULL, false, 0, 1, "UTF-8", 3},
    {"\xFF\xFE" "c", 0, NULL, NULL, NULL, false, 0, 1, "UTF-16", 1},
    {"PK\x03\x04zip", 0, NULL, NULL, NULL, false, 0, 1, "workbook", 1},
};

static void reading(void **state)
{
    (void)state;
    for each (i, reads) {
        const struct read_row *r = &reads[i];
        struct csv_table t;
        bool refused = r->faults && !r->n;
        expect_number(csv_read(text_of(r->csv), &t), !refused, r->csv);
        expect_number(t.n, r->n, r->csv);
        expect_number(t.n_faults, r->faults, r->csv);
        if (r->faults) {
            expect_number(t.faults[0].line, r->fault_line, r->csv);
            if (!strstr(t.faults[0].form, r->form))
                fail_msg("row “%s”: “%s” does not say “%s”", r->csv, t.faults[0].form, r->form);
        }
        if (t.n) {
            const struct csv_row *last = &t.v[t.n - 1];
            expect_text(last->ctx, r->ctx, r->csv);
            expect_text(last->source, r->source, r->csv);
            expect_text(last->str, r->str, r->csv);
            expect_number(last->fuzzy, r->fuzzy, r->csv);
            expect_number(last->line, r->line, r->csv);
        }
        csv_done(&t);
    }
}

/* A NUL is a byte of no text file; it cannot stand in a row of the table above. */
static void reading_a_nul(void **state)
{
    (void)state;
    static const char bytes[] = HEAD "a,b,c\0d,done\n";
    struct csv_table t;
    assert_false(csv_read(text_from(bytes, sizeof bytes - 1), &t));
    assert_int_equal(t.faults[0].line, 2);
    csv_done(&t);
}

/* ---- there and back ---- */

static uint64_t random_next(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

/* A text as scenarios hold them: no blank at its ends, none beside another. */
static struct text random_text(struct arena *a, uint64_t *x)
{
    static const char *const pieces[] = {"=", "+", "-", "@", "'", "\"", ",", ";", "a", "b", "<em>", "</em>", "一", "，", "“", "sep=", "&", "\xC2\xA0"};
    struct buf b = {0};
    for (uint64_t n = random_next(x) % 9, blank = 1; n > 0; n--) {
        buf_str(&b, pieces[random_next(x) % (sizeof pieces / sizeof *pieces)]);
        blank = random_next(x) % 4 == 0 && n > 1;
        if (blank)
            buf_char(&b, ' ');
    }
    struct text t = text_keep(a, text_trim(buf_view(&b)));
    buf_done(&b);
    return t;
}

/* What was written is read back as it was, with any of the three signs between the fields. */
static void there_and_back(void **state)
{
    (void)state;
    uint64_t x = 20261127;
    for (int round = 0; round < 3000; round++) {
        struct arena a = {0};
        char ctx[8][16];
        struct po_row sources[8], done[8];
        for (int i = 0; i < 8; i++) {
            snprintf(ctx[i], sizeof ctx[i], "c%d/x", i);
            struct text words = random_text(&a, &x);
            sources[i] = (struct po_row){.ctx = text_of(ctx[i]), .id = words.len ? words : TEXT("w")};
            done[i] = sources[i];
            done[i].str = random_text(&a, &x);
            done[i].fuzzy = random_next(&x) % 3 == 0;
        }
        struct po_rows old = {.v = done, .n = 8};
        struct buf out = {0};
        struct csv_table t;
        csv_write(sources, 8, &old, &out);
        assert_true(csv_read(buf_view(&out), &t));
        assert_int_equal(t.n, 8);
        for (int i = 0; i < 8; i++) {
            assert_true(text_eq(t.v[i].ctx, done[i].ctx));
            assert_true(text_eq(t.v[i].source, done[i].id));
            assert_true(text_eq(t.v[i].str, done[i].str));
            assert_int_equal(t.v[i].fuzzy, done[i].fuzzy && done[i].str.len > 0);
        }
        struct csv_counts counts;
        csv_match(&t, sources, 8, &old, &counts);
        assert_int_equal(counts.taken, 0);
        assert_int_equal(t.n_faults, 0);
        csv_done(&t);
        buf_done(&out);
        arena_done(&a);
    }
}

/* ---- pairing ---- */

struct match_row {
    const char *name, *csv;
    uint32_t taken, same, empty;
    const char *str; /* of the source "a", to be taken over; "" for nothing */
    bool fuzzy;
    const char *was;
    size_t faults;
    const char *form;
    uint32_t line;
};

static const struct match_row matches[] = {
    {"another translation", HEAD "a,now,neu,done\n", 1, 0, 0, "neu", false, "", 0, NULL, 0},
    {"the same", HEAD "a,now,alt,done\n", 0, 1, 0, "", false, "", 0, NULL, 0},
    {"left empty: nothing is lost", HEAD "a,now,,missing\n", 0, 0, 1, "", false, "", 0, NULL, 0},
    {"the source has changed since", HEAD "a,before,neu,done\n", 1, 0, 0, "neu", true, "before", 0, NULL, 0},
    {"without a column for the source", "context,translation\na,neu\n", 1, 0, 0, "neu", false, "", 0, NULL, 0},
    {"a fuzzy one looked at and found good", HEAD "f,now,alt,done\n", 1, 0, 0, "", false, "", 0, NULL, 0},
    {"a fuzzy one left alone", HEAD "f,now,alt,fuzzy\n", 0, 1, 0, "", false, "", 0, NULL, 0},
    {"a fuzzy one put right", HEAD "f,now,neu,fuzzy\n", 1, 0, 0, "", false, "", 0, NULL, 0},
    {"marked as doubtful", HEAD "a,now,alt,fuzzy\n", 1, 0, 0, "alt", true, "", 0, NULL, 0},
    {"reasons of scripts by their words", HEAD "script,why,warum,done\nscript,who,wer,done\n", 2, 0, 0, "", false, "", 0, NULL, 0},
    {"nothing is called so", HEAD "gone,now,neu,done\na,now,neu,done\n", 1, 0, 0, "neu", false, "", 1, "is called", 2},
    {"nothing is called so, and nothing was written", HEAD "gone,now,,missing\n", 0, 0, 0, "", false, "", 0, NULL, 0},
    {"twice", HEAD "a,now,neu,done\na,now,anders,done\n", 1, 0, 0, "neu", false, "", 1, "already", 3},
};

static void pairing(void **state)
{
    (void)state;
    for each (i, matches) {
        const struct match_row *r = &matches[i];
        struct po_row sources[] = {{.ctx = TEXT("script"), .id = TEXT("who")}, {.ctx = TEXT("f"), .id = TEXT("now")},
                                   {.ctx = TEXT("a"), .id = TEXT("now")}, {.ctx = TEXT("script"), .id = TEXT("why")}};
        struct po_row done[] = {{.ctx = TEXT("a"), .id = TEXT("now"), .str = TEXT("alt")},
                                {.ctx = TEXT("f"), .id = TEXT("now"), .str = TEXT("alt"), .fuzzy = true}};
        struct po_rows old = {.v = done, .n = 2};
        struct csv_table t;
        struct csv_counts counts;
        assert_true(csv_read(text_of(r->csv), &t));
        csv_match(&t, sources, 4, &old, &counts);
        expect_number(counts.taken, r->taken, r->name);
        expect_number(counts.same, r->same, r->name);
        expect_number(counts.empty, r->empty, r->name);
        expect_text(sources[2].str, r->str, r->name);
        expect_number(sources[2].fuzzy, r->fuzzy, r->name);
        expect_text(sources[2].was, r->was, r->name);
        expect_number(t.n_faults, r->faults, r->name);
        if (r->faults) {
            expect_number(t.faults[0].line, r->line, r->name);
            assert_non_null(strstr(t.faults[0].form, r->form));
        }
        csv_done(&t);
    }
}

/* What is taken over stands in the PO file; a doubtful one with the source that it translates. */
static void taking_over(void **state)
{
    (void)state;
    static const char old[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n# mine\n#, fuzzy\n#| msgid \"x\"\n"
                              "msgctxt \"a\"\nmsgid \"now\"\nmsgstr \"alt\"\n";
    struct po_row sources[] = {{.ctx = TEXT("a"), .id = TEXT("now"), .str = TEXT("neu")},
                               {.ctx = TEXT("b"), .id = TEXT("new"), .str = TEXT("frisch"), .fuzzy = true, .was = TEXT("fresh")}};
    struct arena a = {0};
    struct buf out = {0};
    struct po_counts counts;
    struct po_rows fault;
    assert_true(po_update(text_of(old), sources, 2, TEXT("p"), TEXT("de"), &a, &out, &counts, &fault));
    struct text body = buf_view(&out), line;
    while (text_split(&body, '\n', &line) && line.len) {
    } /* the header ends with an empty line */
    expect_text(body, "# mine\nmsgctxt \"a\"\nmsgid \"now\"\nmsgstr \"neu\"\n\n"
                      "#, fuzzy\n#| msgid \"fresh\"\nmsgctxt \"b\"\nmsgid \"new\"\nmsgstr \"frisch\"\n", "taken over");
    expect_number(counts.fuzzy, 1, "fuzzy");
    expect_number(counts.missing, 0, "missing");
    buf_done(&out);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading), cmocka_unit_test(reading_a_nul), cmocka_unit_test(there_and_back),
        cmocka_unit_test(pairing), cmocka_unit_test(taking_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
