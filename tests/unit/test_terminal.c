/* test_terminal.c -- text for a terminal: what is let through, how wide it is, where its lines end. */
#include "unit.h"

#include "base/arena.h"
#include "base/terminal.h"

#include <time.h>

static void cleaning(void **state)
{
    (void)state;
    static const struct {
        const char *text, *play, *check;
    } rows[] = {
        {"plain words, 中文。", "plain words, 中文。", "plain words, 中文。"},
        {"a\nb", "a b", "a^Jb"},
        {"a\tb", "a    b", "a    b"},
        {"\x1b[31mred\x1b[0m", "\uFFFD[31mred\uFFFD[0m", "^[[31mred^[[0m"},
        {"bell\a del\x7F", "bell\uFFFD del\uFFFD", "bell^G del^?"},
        {"c1 \xC2\x9B" "31m \xC2\x85", "c1 \uFFFD31m \uFFFD", "c1 <U+009B>31m <U+0085>"},
        {"bidi \u202Eabc\u202C \u2066x\u2069\u200F", "bidi abc x",
         "bidi <U+202E>abc<U+202C> <U+2066>x<U+2069><U+200F>"},
        {"z\u200Be\u200Cr\u200Do\u2060\uFEFF\u00AD", "zero", "z<U+200B>e<U+200C>r<U+200D>o<U+2060><U+FEFF><U+00AD>"},
        {"tag\U000E0041\U000E007F", "tag", "tag<U+E0041><U+E007F>"},
        {"a\u2028b\u2029c", "a b c", "a<U+2028>b<U+2029>c"},
        {"non \uFDD0\uFFFE\U0001FFFF", "non \uFFFD\uFFFD\uFFFD", "non <U+FDD0><U+FFFE><U+1FFFF>"},
        {"bad \xC0\xAF \xFF", "bad \uFFFD\uFFFD \uFFFD", "bad \uFFFD\uFFFD \uFFFD"},
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
        {"\xF0\x9F\x91", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
        {"e\u0301\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301x",
         "e\u0301\u0301\u0301\u0301<U+0301><U+0301>x"},
        {"\u0301x", "\u25CC\u0301x", "\u25CC\u0301x"},
        {"x\n\u0301", "x \u0301", "x^J\u0301"},
        {"👩\u200D💻", "👩\u200D💻", "👩\u200D💻"},
        {"👩🏽\u200D❤\uFE0F\u200D👨🏽", "👩🏽\u200D❤\uFE0F\u200D👨🏽", "👩🏽\u200D❤\uFE0F\u200D👨🏽"},
        {"👩\u200Dx", "👩x", "👩<U+200D>x"},
        {"👩\u200D👩\u200D👩\u200D👩\u200D👩", "👩\u200D👩\u200D👩\u200D👩👩", "👩\u200D👩\u200D👩\u200D👩<U+200D>👩"},
        {"👩\u200D\u200D💻", "👩\u200D💻", "👩<U+200D><U+200D>💻"},
        {"", "", ""},
    };
    for each (i, rows) {
        struct buf play = {0}, check = {0};
        terminal_clean(text_of(rows[i].text), CLEAN_PLAY, &play);
        terminal_clean(text_of(rows[i].text), CLEAN_CHECK, &check);
        expect_text(buf_view(&play), rows[i].play, rows[i].text);
        expect_text(buf_view(&check), rows[i].check, rows[i].text);
        buf_done(&play);
        buf_done(&check);
    }
}

static void widths(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cells, wide;
    } rows[] = {
        {"", 0, 0},
        {"abc", 3, 3},
        {"中文", 4, 4},
        {"，。「」", 8, 8},
        {"“”", 2, 4},
        {"……", 2, 4},
        {"——", 2, 4},
        {"é", 1, 2},
        {"e\u0301", 1, 1},
        {"▮▯▰▱░✓", 6, 6},
        {"█", 1, 2},
        {"👩\u200D💻", 2, 2},
        {"👍🏽", 2, 2},
        {"👨\u200D👩\u200D👧\u200D👦", 2, 2},
        {"🇨🇳", 2, 2},
        {"🇨🇳🇫🇷", 4, 4},
        {"❤\uFE0F", 2, 2},
        {"한", 2, 2},
        {"\u1112\u1161\u11AB", 2, 2},
        {"ｱ", 1, 1},
        {"\x01" "a\x04", 1, 1},
    };
    for each (i, rows) {
        expect_number(terminal_width(text_of(rows[i].text), false), rows[i].cells, rows[i].text);
        expect_number(terminal_width(text_of(rows[i].text), true), rows[i].wide, rows[i].text);
    }
}

static void fitting(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells;
        const char *fit, *begin, *end;
    } rows[] = {
        {"abcdef", 6, "abcdef", "abcdef", "abcdef"},
        {"abcdef", 5, "abcd…", "abcde", "bcdef"},
        {"中文字", 5, "中文…", "中文", "文字"},
        {"中文字", 4, "中…", "中文", "文字"},
        {"中文字", 1, "…", "", ""},
        {"中文字", 0, "", "", ""},
        {"a👩\u200D💻b", 3, "a…", "a👩\u200D💻", "👩\u200D💻b"},
        {"e\u0301x", 1, "…", "e\u0301", "x"},
    };
    for each (i, rows) {
        struct buf b = {0};
        struct text t = text_of(rows[i].text);
        terminal_fit(t, rows[i].cells, false, &b);
        expect_text(buf_view(&b), rows[i].fit, rows[i].text);
        expect_text(terminal_begin(t, rows[i].cells, false), rows[i].begin, rows[i].text);
        expect_text(terminal_end(t, rows[i].cells, false), rows[i].end, rows[i].text);
        buf_done(&b);
    }
}

static void wrapping(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct wrap how;
        const char *lines;
    } rows[] = {
        {"", {.width = 10}, ""},
        {"one two three", {.width = 7}, "one two\nthree"},
        {"one two three", {.width = 8}, "one two\nthree"},
        {"one  two", {.width = 4}, "one\ntwo"},
        {"a\nb\n", {.width = 9}, "a\nb"},
        {"a\n\nb", {.width = 9, .hang = 2}, "a\n\n  b"},
        {"one two three", {.width = 9, .first = 5, .hang = 2}, "one\n  two\n  three"},
        {"longer", {.width = 9, .first = 5}, "\nlonger"},
        {"unbreakableword", {.width = 6}, "unbrea\nkablew\nord"},
        {"你好，世界。", {.width = 6}, "你好，\n世界。"},
        {"你好，世界。", {.width = 4}, "你\n好，\n世\n界。"},
        {"他说：「好。」然后走了", {.width = 8}, "他说：\n「好。」\n然后走了"},
        {"他说：“好。”然后走了", {.width = 8, .wide = true}, "他说：\n“好。”\n然后走了"},
        {"他走了……真的", {.width = 7}, "他走\n了……真\n的"},
        {"用Lua写的脚本", {.width = 7}, "用Lua写\n的脚本"},
        {"isn’t it a “quoted” thing", {.width = 12}, "isn’t it a\n“quoted”\nthing"},
        {"👩\u200D💻👩\u200D💻", {.width = 3}, "👩\u200D💻\n👩\u200D💻"},
        {"about 40 % of it", {.width = 9}, "about\n40 % of\nit"},
        {"say :back, :hint", {.width = 12}, "say :back,\n:hint"},
        {"中文", {.width = 1}, "中\n文"},
        {"中文", {.width = 0, .hang = 6}, "中文"},
    };
    for each (i, rows) {
        struct buf b = {0};
        terminal_wrap_to(text_of(rows[i].text), &rows[i].how, &b);
        expect_text(buf_view(&b), rows[i].lines, rows[i].text);
        buf_done(&b);
    }
}

/* At any width: nothing is lost, no line is too wide, and none begins with what may not begin one. */
static void wrapping_at_every_width(void **state)
{
    (void)state;
    struct text t = TEXT("何军把交接单推过来：“第三次了。你们说‘没问题’——我信了……”他停了停，又问（声音低了些）：“今晚谁值班？”"
                         "Lin says “let me finish, please”：夜班要的是《回退步骤》、联系人、以及 3 条告警的处理办法；其余明天再说！");
    static const char *const never_first[] = {"，", "。", "、", "；", "：", "？", "！", "”", "’", "）", "》", "」"};
    static const char *const never_last[] = {"“", "‘", "（", "《", "「"};
    for (unsigned width = 20; width < 140; width++) {
        for (unsigned wide = 0; wide < 2; wide++) {
            struct arena a = {0};
            size_t n, end = 0;
            struct wrap how = {.width = width, .hang = 2, .wide = wide};
            struct wrap_line *lines = terminal_wrap(t, &how, &a, &n);
            for (size_t i = 0; i < n; i++) {
                struct text line = text_from(t.at + lines[i].from, lines[i].to - lines[i].from);
                assert_true(terminal_width(line, wide) + (i ? 2 : 0) <= width);
                assert_int_equal(text_trim(text_from(t.at + end, lines[i].from - end)).len, 0);
                end = lines[i].to;
                for each (k, never_first) {
                    assert_false(i > 0 && text_starts(line, never_first[k]));
                }
                for each (k, never_last) {
                    struct text last = terminal_end(line, 2, wide);
                    assert_false(i + 1 < n && last.len >= 3 &&
                                 text_is(text_from(last.at + last.len - 3, 3), never_last[k]));
                }
            }
            assert_int_equal(end, t.len);
            arena_done(&a);
        }
    }
}

/* Hostile texts take time in proportion to their length. */
static void bounded(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\u0301", "👩\u200D", "\u1161", "a\u1161", "\x1b", "\xFF",   "🇨",
                                         "\u202E", "🏽",        " ",      "中",      "“",    "\u3000", "x"};
    clock_t begin = clock();
    for each (i, pieces) {
        struct buf t = {0}, clean = {0}, lines = {0};
        while (t.len < 200000) {
            buf_str(&t, pieces[i]);
        }
        terminal_clean(buf_view(&t), CLEAN_CHECK, &clean);
        buf_reset(&clean);
        terminal_clean(buf_view(&t), CLEAN_PLAY, &clean);
        terminal_wrap_to(buf_view(&clean), &(struct wrap){.width = 80, .hang = 4}, &lines);
        struct text rest = buf_view(&lines), line;
        while (text_split(&rest, '\n', &line)) {
            assert_true(line.len <= 80 * 40);
        }
        buf_done(&t);
        buf_done(&clean);
        buf_done(&lines);
    }
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleaning),
        cmocka_unit_test(widths),
        cmocka_unit_test(fitting),
        cmocka_unit_test(wrapping),
        cmocka_unit_test(wrapping_at_every_width),
        cmocka_unit_test(bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
