/* test_text.c -- text, arenas, places in files, digests and the list of mistakes. */
#include "unit.h"

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void utf8(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int len;   /* of the first sequence */
        int valid; /* bytes before the first bad one */
        int chars;
    } rows[] = {
        {"", 0, 0, 0},
        {"a", 1, 1, 1},
        {"é", 2, 2, 1},
        {"中文", 3, 6, 2},
        {"\U0001F469", 4, 4, 1},
        {"\xF4\x8F\xBF\xBF", 4, 4, 1},        /* U+10FFFF */
        {"\xF4\x90\x80\x80", 0, 0, 4},        /* above it */
        {"\xC0\xAF", 0, 0, 2},                /* overlong */
        {"\xC1\xBF", 0, 0, 2},
        {"\xE0\x80\xAF", 0, 0, 3},
        {"\xE0\x9F\xBF", 0, 0, 3},
        {"\xF0\x80\x80\xAF", 0, 0, 4},
        {"\xF0\x8F\xBF\xBF", 0, 0, 4},
        {"\xED\xA0\x80", 0, 0, 3},            /* a surrogate */
        {"\xED\x9F\xBF", 3, 3, 1},
        {"\xE4\xB8", 0, 0, 2},                /* cut off */
        {"\x80", 0, 0, 1},
        {"\xFF", 0, 0, 1},
        {"abcdefghijk\xE4", 1, 11, 12},
        {"\xC4\xE3\xBA\xC3", 0, 0, 4},        /* 你好 in GBK */
        {"\xEF\xBF\xBD", 3, 3, 1},
    };
    for each (i, rows) {
        struct text t = text_of(rows[i].bytes);
        expect_number(text_utf8_len(t), rows[i].len, rows[i].bytes);
        expect_number(text_utf8_valid(t), rows[i].valid, rows[i].bytes);
        expect_number(text_chars(t), rows[i].chars, rows[i].bytes);
    }
}

static void utf8_round_trip(void **state)
{
    (void)state;
    struct buf b = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 251) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        buf_reset(&b);
        buf_code(&b, c);
        struct text t = buf_view(&b);
        uint32_t back = 0;
        assert_true(text_next(&t, &back));
        assert_int_equal(back, c);
        assert_int_equal(t.len, 0);
    }
    buf_reset(&b);
    buf_code(&b, 0xD800);
    buf_code(&b, 0x110000);
    expect_text(buf_view(&b), "\uFFFD\uFFFD", "not code points");
    buf_done(&b);
}

static void integers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        long lo, hi;
        bool ok;
        long n;
    } rows[] = {
        {"0", -2, 2, true, 0},
        {"-2", -2, 2, true, -2},
        {"+2", -2, 2, true, 2},
        {"007", 0, 9, true, 7},
        {"3", -2, 2, false, 0},
        {"", -2, 2, false, 0},
        {"-", -2, 2, false, 0},
        {"1 ", -2, 2, false, 0},
        {"1.0", -2, 2, false, 0},
        {"0x1", -2, 2, false, 0},
        {"一", -2, 2, false, 0},
        {"9223372036854775807", LONG_MIN, LONG_MAX, true, LONG_MAX},
        {"9223372036854775808", LONG_MIN, LONG_MAX, false, 0},
        {"-9223372036854775808", LONG_MIN, LONG_MAX, true, LONG_MIN},
        {"-9223372036854775809", LONG_MIN, LONG_MAX, false, 0},
        {"99999999999999999999999999", LONG_MIN, LONG_MAX, false, 0},
    };
    for each (i, rows) {
        long n = 0;
        expect_number(text_int(text_of(rows[i].text), rows[i].lo, rows[i].hi, &n), rows[i].ok, rows[i].text);
        expect_number(n, rows[i].n, rows[i].text);
    }
}

static void integers_written(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *text;
    } rows[] = {
        {0, "0"}, {7, "7"}, {-10, "-10"}, {INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"},
    };
    for each (i, rows) {
        struct buf b = {0};
        buf_int(&b, rows[i].n);
        expect_text(buf_view(&b), rows[i].text, rows[i].text);
        buf_done(&b);
    }
}

static void sentences(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *both;
    } rows[] = {
        {"", "Always?", "Always?"},
        {"Always?", "", "Always?"},
        {"Past nine.", "It is Friday.", "Past nine. It is Friday."},
        {"Past nine.", "“It is fine.”", "Past nine. “It is fine.”"},
        {"“It is fine.”", "Is it?", "“It is fine.” Is it?"},
        {"Past \1nine.\4", "\1It\4 is.", "Past \1nine.\4 \1It\4 is."},
        {"九点以后。", "大家会以为。", "九点以后。大家会以为。"},
        {"\1九点\4", "\1大家\4会以为。", "\1九点\4\1大家\4会以为。"},
        {"九点以后。", "Atlas 还没好。", "九点以后。Atlas 还没好。"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = {0};
        buf_sentence(&b, text_of(rows[i].first));
        buf_sentence(&b, text_of(rows[i].second));
        expect_text(buf_view(&b), rows[i].both, rows[i].both);
        buf_done(&b);
    }
}

static void pieces(void **state)
{
    (void)state;
    struct text rest = TEXT("a,,b,"), piece;
    struct buf b = {0};
    while (text_split(&rest, ',', &piece)) {
        buf_printf(&b, "<%.*s>", (int)piece.len, piece.at);
    }
    for (rest = TEXT(" urgent\t mine\r\n"); text_word(&rest, &piece);) {
        buf_printf(&b, "[%.*s]", (int)piece.len, piece.at);
    }
    piece = text_trim(TEXT("\r\n\t 好 的 \n"));
    buf_text(&b, piece);
    expect_text(buf_view(&b), "<a><><b>[urgent][mine]好 的", "pieces");
    buf_done(&b);
}

static void distances(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned limit, distance;
    } rows[] = {
        {"", "", 3, 0},
        {"", "abc", 3, 3},
        {"abc", "", 2, 3},
        {"apology", "apologise", 3, 3},
        {"scene", "scnee", 3, 1},
        {"ca", "abc", 3, 3}, /* 2 where a transposed pair may be edited again */
        {"kitten", "sitting", 3, 3},
        {"kitten", "sitting", 2, 3},
        {"道歉", "道谢", 3, 1},
        {"道歉", "歉道", 3, 1},
        {"first-reply", "first-replay", 3, 1},
        {"abcdef", "badcfe", 3, 3},
        {"aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb", 5, 6},
    };
    for each (i, rows) {
        unsigned d = text_distance(text_of(rows[i].a), text_of(rows[i].b), rows[i].limit);
        expect_number(d, rows[i].distance, rows[i].a);
        expect_number(text_distance(text_of(rows[i].b), text_of(rows[i].a), rows[i].limit), d, rows[i].b);
    }
}

static void distance_of_long_texts(void **state)
{
    (void)state;
    struct buf a = {0}, b = {0};
    for (int i = 0; i < 20000; i++) {
        buf_char(&a, (char)('a' + i % 26));
    }
    buf_text(&b, buf_view(&a));
    a.at[7000] = b.at[19999] = '#';
    assert_int_equal(text_distance(buf_view(&a), buf_view(&b), 5), 2);
    buf_done(&a);
    buf_done(&b);
}

static void nearest(void **state)
{
    (void)state;
    const struct text names[] = {TEXT("apologise"), TEXT("explain"), TEXT("first-reply"), TEXT("listen"), TEXT("no")};
    static const struct {
        const char *wanted, *nearest;
    } rows[] = {
        {"apology", ""}, {"apologize", "apologise"}, {"explian", "explain"}, {"frist-replay", "first-reply"},
        {"n", "no"},     {"nothing", ""},            {"listen", "listen"},   {"", ""},
    };
    for each (i, rows) {
        expect_text(text_nearest(text_of(rows[i].wanted), names, 5), rows[i].nearest, rows[i].wanted);
    }
}

static void arenas(void **state)
{
    (void)state;
    struct arena a = {0};
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < 20000; size += 97) {
            unsigned char *p = arena_push(&a, size);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(p[i], 0);
            }
            memset(p, 0xAA, size);
        }
        arena_reset(&a);
    }
    assert_true(a.held > 0);
    assert_string_equal(arena_copy(&a, "abc", 2), "ab");
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    arena_done(&a);
    assert_int_equal(a.held, 0);
}

static void places(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t from;
        unsigned line, col;
        const char *text;
    } rows[] = {
        {"", 0, 1, 1, ""},
        {"abc", 2, 1, 3, "abc"},
        {"abc\ndef", 3, 1, 4, "abc"},
        {"abc\ndef", 4, 2, 1, "def"},
        {"abc\r\ndef\r\n", 6, 2, 2, "def"},
        {"abc\n", 4, 2, 1, ""},
        {"中文x", 6, 1, 3, "中文x"},
        {"a\n👩‍💻x", 13, 2, 4, "👩‍💻x"},
        {"\xEF\xBB\xBF<a>", 3, 1, 1, "<a>"},
        {"\xEF\xBB\xBF<a>", 0, 1, 1, "<a>"},
        {"abc", 99, 1, 4, "abc"},
    };
    for each (i, rows) {
        struct sources ss = {0};
        uint32_t file = sources_add(&ss, TEXT("f.xml"), text_of(rows[i].bytes));
        struct span at = {file, rows[i].from, rows[i].from};
        struct where w = source_where(&ss, at);
        expect_text(w.name, "f.xml", rows[i].bytes);
        expect_number(w.line, rows[i].line, rows[i].bytes);
        expect_number(w.col, rows[i].col, rows[i].bytes);
        expect_text(source_line(&ss, at), rows[i].text, rows[i].bytes);
        sources_done(&ss);
    }
    struct sources none = {0};
    assert_int_equal(source_where(&none, (struct span){0}).line, 0);
}

static void places_in_a_long_line(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i < 5000; i++) {
        buf_str(&b, i % 3 ? "中" : "a");
    }
    struct sources ss = {0};
    uint32_t file = sources_add(&ss, TEXT("f"), buf_view(&b));
    struct text rest = buf_view(&b);
    uint32_t code, col = 1;
    do {
        uint32_t from = (uint32_t)(b.len - rest.len);
        assert_int_equal(source_where(&ss, (struct span){file, from, from}).col, col++);
    } while (text_next(&rest, &code));
    sources_done(&ss);
    buf_done(&b);
}

static void digests(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for each (i, rows) {
        struct digest d;
        uint8_t out[DIGEST_BYTES];
        char hex[DIGEST_HEX + 1];
        digest_init(&d);
        for (const char *p = rows[i].text; *p; p++) {
            digest_add(&d, text_from(p, 1));
        }
        digest_end(&d, out);
        digest_hex(out, hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

/* However long bytes are cut, and whichever way they are taken: FIPS 180-2, appendix B.3. */
static void long_digests(void **state)
{
    (void)state;
    enum { MILLION = 1000000 };
    static const size_t cuts[] = {MILLION, 1, 64, 100, 65536, 500032};
    char *bytes = mem_new(MILLION), hex[DIGEST_HEX + 1];
    memset(bytes, 'a', MILLION);
    for each (i, cuts) {
        struct digest d;
        uint8_t out[DIGEST_BYTES];
        digest_init(&d);
        digest_add(&d, text_from(bytes, cuts[i]));
        digest_add(&d, text_from(bytes + cuts[i], MILLION - cuts[i]));
        digest_end(&d, out);
        digest_hex(out, hex);
        assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    free(bytes);
}

static void parts_are_told_apart(void **state)
{
    (void)state;
    uint8_t one[DIGEST_BYTES], two[DIGEST_BYTES];
    struct digest d;
    digest_init(&d);
    digest_part(&d, TEXT("ab"));
    digest_part(&d, TEXT("c"));
    digest_end(&d, one);
    digest_init(&d);
    digest_part(&d, TEXT("a"));
    digest_part(&d, TEXT("bc"));
    digest_end(&d, two);
    assert_memory_not_equal(one, two, DIGEST_BYTES);
}

static void mistakes(void **state)
{
    (void)state;
    struct arena a = {0};
    struct errs es;
    errs_init(&es, &a);
    enum msg code = msg_find(TEXT("xml-utf16"));
    assert_int_equal(msg_severity(code), SEV_ERROR);
    for (uint32_t i = 0; i < 3000; i++) {
        errs_add(&es, code, (struct span){1, 2999 - i, 3000}, TEXT("x"), (struct text){0}, (struct text){0});
    }
    assert_int_equal(es.errors, 3000);
    assert_int_equal(es.n + es.dropped, 3000);
    errs_add(&es, code, es.v[7].at, TEXT("x"), (struct text){0}, (struct text){0});
    errs_sort(&es);
    for (uint32_t i = 1; i < es.n; i++) {
        assert_true(es.v[i - 1].at.from < es.v[i].at.from);
    }
    errs_done(&es);
    arena_done(&a);
}

static void repetitions_are_dropped(void **state)
{
    (void)state;
    struct arena a = {0};
    struct errs es;
    errs_init(&es, &a);
    enum msg code = msg_find(TEXT("xml-utf16"));
    const struct text args[] = {TEXT("b"), TEXT("a"), TEXT("b")};
    for each (i, args) {
        errs_add(&es, code, (struct span){1, 5, 6}, args[i], (struct text){0}, (struct text){0});
    }
    errs_sort(&es);
    assert_int_equal(es.n, 2);
    assert_int_equal(es.errors, 2);
    expect_text(es.v[0].args[0], "a", "order");
    struct err e;
    assert_false(err_set(&e, code, (struct span){0}, TEXT("x"), TEXT("y")));
    assert_false(err_set(NULL, code, (struct span){0}, TEXT("x"), TEXT("y")));
    expect_text(e.args[1], "y", "err_set");
    errs_done(&es);
    arena_done(&a);
}

static void rows_are_whole(void **state)
{
    (void)state;
    for (enum msg m = MSG_NONE + 1; m < MSG_COUNT; m++) {
        assert_true(msg_what(m)[0] != 0);
        assert_int_equal(msg_find(text_of(msg_name(m))), m); /* a name stands once */
    }
    assert_int_equal(msg_find(TEXT("no-such-message")), MSG_NONE);
}

/* Phrases in own words: capitals, width, punctuation, slips, and Chinese beside Latin script. */
static void phrases(void **state)
{
    (void)state;
    static const struct {
        const char *phrase, *words;
        bool occurs;
    } rows[] = {
        {"afraid to claim", "They are AFRAID, to  claim!", true},
        {"afraid to claim", "they are afriad to claim", true},
        {"afraid to claim", "afraid of the claim", false},
        {"urgent", "\xef\xbc\xb5\xef\xbc\xb2\xef\xbc\xa7\xef\xbc\xa5\xef\xbc\xae\xef\xbc\xb4", true}, /* full width */
        {"urgent", "the detergent", false},
        {"na\xc3\xafve", "nai\xcc\x88ve", true}, /* a mark of its own */
        {"late", "lade", false},             /* short words are what they are */
        {"don't dare", "they dont dare", true},
        {"dont dare", "they don\xe2\x80\x99t dare", true},
        {"team", "the team's work", true},
        {"不敢报", "他们都 不敢，报 了", true},
        {"不敢报", "他们不报", false},
        {"VPN", "我的VPN不通", true},
        {"VPN 不通", "我的vpn不通了", true},
        {"VPN不通", "我的 VPN 不通了", true},
        {"mail", "发email给他", false},
        {"三号", "三號", false},
    };
    for each (i, rows) {
        struct buf phrase = {0}, words = {0};
        text_fold_apart(text_of(rows[i].phrase), &phrase);
        text_fold_apart(text_of(rows[i].words), &words);
        if (text_occurs(buf_view(&phrase), buf_view(&words)) != rows[i].occurs)
            fail_msg("%s in %s", rows[i].phrase, rows[i].words);
        buf_done(&phrase);
        buf_done(&words);
    }
}

/* What names are told apart by stands in stores: it stays as it is. */
static void names_folded(void **state)
{
    (void)state;
    struct buf b = {0};
    text_fold(TEXT("  Li-Lei  王A o'Neil-don't "), &b);
    expect_text(buf_view(&b), "li lei 王a o neil don t", "names");
    buf_done(&b);
}


static void composed(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"", ""}, {"plain", "plain"}, {"Re\xCC\x81mi", "R\xC3\xA9mi"}, {"R\xC3\xA9mi", "R\xC3\xA9mi"}, {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"},
        {"\xE2\x84\xAB", "\xC3\x85"}, {"\xEF\xBC\xA1", "\xEF\xBC\xA1"}, {"bad\xFF", "bad\xFF"},
    };
    for each (i, rows) {
        struct buf b = {0};
        text_compose(text_of(rows[i][0]), &b);
        expect_text(buf_view(&b), rows[i][1], rows[i][0]);
        buf_done(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8),
        cmocka_unit_test(phrases),
        cmocka_unit_test(names_folded),
        cmocka_unit_test(utf8_round_trip),
        cmocka_unit_test(integers),
        cmocka_unit_test(integers_written),
        cmocka_unit_test(sentences),
        cmocka_unit_test(pieces),
        cmocka_unit_test(distances),
        cmocka_unit_test(distance_of_long_texts),
        cmocka_unit_test(nearest),
        cmocka_unit_test(arenas),
        cmocka_unit_test(places),
        cmocka_unit_test(places_in_a_long_line),
        cmocka_unit_test(digests), cmocka_unit_test(long_digests),
        cmocka_unit_test(parts_are_told_apart),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(repetitions_are_dropped),
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(composed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
