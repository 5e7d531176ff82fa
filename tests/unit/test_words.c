/* test_words.c -- the program's own words: choosing a language, finding words, plural forms. */
#include "unit.h"

#include "base/plural.h"
#include "base/words.h"

#include <string.h>

static void choosing(void **state)
{
    (void)state;
    static const struct {
        const char *option, *lc_all, *lc_messages, *lang, *tag;
    } rows[] = {
        {NULL, NULL, NULL, NULL, "en"},
        {"", "", "", "", "en"},
        {"zh-CN", NULL, NULL, NULL, "zh-CN"},
        {"zh_CN", "en_US.UTF-8", NULL, NULL, "zh-CN"},
        {"ZH", NULL, NULL, NULL, "zh-CN"},
        {"zh-Hant-TW", NULL, NULL, NULL, "zh-CN"},
        {"en", NULL, NULL, "zh_CN.UTF-8", "en"},
        {"en-GB", NULL, NULL, "zh_CN.UTF-8", "en"},
        {NULL, NULL, NULL, "zh_CN.UTF-8", "zh-CN"},
        {NULL, NULL, NULL, "zh_TW", "zh-CN"},
        {NULL, "C", "zh_CN.UTF-8", "zh_CN.UTF-8", "en"},
        {NULL, "C.UTF-8", NULL, "zh_CN.UTF-8", "en"},
        {NULL, "", "zh_CN@pinyin", "en_US.UTF-8", "zh-CN"},
        {NULL, "", "", "POSIX", "en"},
        {NULL, NULL, NULL, "xx_YY.UTF-8", "en"},
        {"xx", NULL, NULL, "zh_CN.UTF-8", "zh-CN"}, /* an unknown option leaves it to the environment */
        {NULL, NULL, NULL, "zhong", "en"},
        {NULL, NULL, NULL, "english", "en"},
    };
    for each (i, rows) {
        const struct words *w = words_choose(rows[i].option, rows[i].lc_all, rows[i].lc_messages, rows[i].lang);
        expect_text(text_of(words_tag(w)), rows[i].tag, rows[i].option ? rows[i].option : rows[i].lang);
    }
}

static void unknown_language(void **state)
{
    (void)state;
    const struct words *w;
    assert_false(words_find(TEXT("xx"), &w));
    assert_false(words_find(TEXT(""), &w));
    assert_true(words_find(TEXT("en"), &w));
    assert_null(w);
}

/* A language as msgfmt would write it. */
static struct words mo_of(const char *const (*rows)[2], const size_t (*sizes)[2], size_t n, struct buf *mo)
{
    uint32_t at = (uint32_t)(28 + 16 * n);
    const uint32_t head[] = {0x950412de, 0, (uint32_t)n, 28, (uint32_t)(28 + 8 * n), 0, at};
    buf_add(mo, head, sizeof head);
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            uint32_t row[2] = {(uint32_t)sizes[i][side], at};
            buf_add(mo, row, sizeof row);
            at += row[0] + 1;
        }
    }
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            buf_add(mo, rows[i][side], sizes[i][side] + 1);
        }
    }
    return (struct words){"pl", (const unsigned char *)mo->at, mo->len};
}

#define ROW_HEAD \
    "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 ? 1 : 2;\n"

static void finding(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ROW_HEAD},
        {"Quit", "Koniec"},
        {"Saved.", "Zapisane."},
        {"menu\004Open", "Otwórz"},
        {"one line\0many lines", "linia\0linie\0linii"},
    };
    static const size_t sizes[][2] = {{0, sizeof ROW_HEAD - 1}, {4, 6}, {6, 9}, {9, 7}, {19, 17}};
    struct buf mo = {0};
    const struct words w = mo_of(rows, sizes, 5, &mo);
    assert_string_equal(tr(&w, "Quit"), "Koniec");
    assert_string_equal(tr(&w, "Saved."), "Zapisane.");
    assert_string_equal(tr(&w, "Missing"), "Missing");
    assert_string_equal(tr(&w, ""), "");
    assert_string_equal(tr(NULL, "Quit"), "Quit");
    assert_string_equal(trc(&w, "menu", "Open"), "Otwórz");
    assert_string_equal(trc(&w, "door", "Open"), "Open");
    assert_string_equal(trn(&w, "one line", "many lines", 1), "linia");
    assert_string_equal(trn(&w, "one line", "many lines", 3), "linie");
    assert_string_equal(trn(&w, "one line", "many lines", 10), "linii");
    assert_string_equal(trn(NULL, "one line", "many lines", 1), "one line");
    assert_string_equal(trn(NULL, "one line", "many lines", 0), "many lines");
    /* Cut anywhere, it finds nothing, or what is whole. */
    for (size_t len = 0; len < w.len; len++) {
        struct words cut = {"pl", w.mo, len};
        const char *found = tr(&cut, "Saved.");
        assert_true(strcmp(found, "Saved.") == 0 || strcmp(found, "Zapisane.") == 0);
    }
    buf_done(&mo);
}

static void plurals(void **state)
{
    (void)state;
    static const char polish[] =
        "Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;";
    static const char arabic[] = "Language: ar\nPlural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
                                 "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;\n";
    static const struct {
        const char *header;
        unsigned long n, form;
    } rows[] = {
        {"Plural-Forms: nplurals=1; plural=0;", 7, 0},
        {"Plural-Forms: nplurals=2; plural=n != 1;", 1, 0},
        {"Plural-Forms: nplurals=2; plural=n != 1;", 0, 1},
        {"Plural-Forms: nplurals=2; plural=(n > 1);", 1, 0},
        {"Plural-Forms: nplurals=2; plural=!(n-1*1);", 1, 1},
        {"Language: de\n", 1, 0},
        {"Language: de\n", 5, 1},
        {"", 2, 1},
        {polish, 1, 0}, {polish, 2, 1}, {polish, 5, 2}, {polish, 12, 2}, {polish, 22, 1}, {polish, 112, 2},
        {arabic, 0, 0}, {arabic, 1, 1}, {arabic, 2, 2}, {arabic, 103, 3}, {arabic, 11, 4}, {arabic, 100, 5},
        {"Plural-Forms: nplurals=2; plural=n % 0;", 1, 0},
        {"Plural-Forms: nplurals=2; plural=", 1, 0},
        {"Plural-Forms: nplurals=2; plural=((((((((((((((((((((((((((((((((((((((((((1", 1, 0},
    };
    for each (i, rows) {
        expect_number(plural_form(text_of(rows[i].header), rows[i].n), rows[i].form, rows[i].header);
    }
}

static void filling(void **state)
{
    (void)state;
    static const struct text args[] = {TEXT("<%2>"), TEXT("two"), TEXT("")};
    static const struct {
        const char *form, *filled;
    } rows[] = {
        {"no %1 and %2", "no <%2> and two"}, {"%2%1%3|", "two<%2>|"}, {"100%% of %2", "100% of two"},
        {"%4%9", ""},                        {"50% %x %", "50% %x %"}, {"“%2”", "“two”"},
    };
    for each (i, rows) {
        struct buf b = {0};
        words_fill(&b, rows[i].form, args, 3);
        expect_text(buf_view(&b), rows[i].filled, rows[i].form);
        buf_done(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choosing), cmocka_unit_test(unknown_language), cmocka_unit_test(finding),
        cmocka_unit_test(plurals),  cmocka_unit_test(filling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
