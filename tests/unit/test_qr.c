/* test_qr.c -- QR codes: how large they are, how they are drawn, what joins a Wi-Fi.  That phones can read them is shown by
 * tests/web, which decodes what the program draws. */
#include "unit.h"

#include "front/qr.h"
#include "front/qr_draw.h"

#include <string.h>

static void sizes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned side;
    } rows[] = {
        {"HTTP://10.0.0.5:8080/", 25}, {"HTTP://192.168.1.5:8080/", 25}, {"HTTP://192.168.100.200:65535/", 25}, {"HTTP://10.0.0.5/", 21},
        {"HTTP://192.168.100.200:65535/F/0123456789ABCDEFGHJKMNPQRS", 29}, {"http://192.168.1.5:8080/", 25}, {"HTTP://[FD00:1:2:3:4:5:6:7]:8080/", 29},
        {"WIFI:T:WPA;S:Training room 3;P:correct horse;;", 33}, {"你好", 21},
    };
    struct qr q;
    for each (i, rows) {
        assert_true(qr_make(text_of(rows[i].text), &q));
        expect_number(q.side, rows[i].side, rows[i].text);
    }
    assert_false(qr_make(TEXT(""), &q));
    assert_false(qr_make(TEXT("a\0b"), &q));
    char many[1000];
    memset(many, 'x', sizeof many);
    assert_false(qr_make(text_from(many, sizeof many), &q));
    assert_true(qr_make(text_from(many, 200), &q));
}

static void finders_in_three_corners(void **state)
{
    (void)state;
    struct qr q;
    assert_true(qr_make(TEXT("HTTP://192.168.1.5:8080/"), &q));
    for (int i = 0; i < 7; i++)
        assert_true(qr_dark(&q, i, 0) && qr_dark(&q, 0, i) && qr_dark(&q, 24 - i, 0) && qr_dark(&q, 0, 24 - i));
    assert_false(qr_dark(&q, -1, 0) || qr_dark(&q, 0, -1) || qr_dark(&q, 25, 0) || qr_dark(&q, 0, 25) || qr_dark(&q, 7, 0));
}

/* The canvas shows the same cells, whichever way the terminal draws half blocks. */
static void drawn_on_a_canvas(void **state)
{
    (void)state;
    struct qr q;
    unsigned w, h;
    assert_true(qr_make(TEXT("HTTP://192.168.1.5:8080/"), &q));
    for (int wide = 0; wide < 2; wide++) {
        struct canvas c = {0};
        canvas_begin(&c, 80, 40, wide);
        qr_draw_size(&c, q.side, &w, &h);
        expect_number(w, wide ? 58 : 29, "width");
        expect_number(h, wide ? 29 : 15, "height");
        qr_draw(&c, 3, 1, q.dark, q.side);
        for (int y = -2; y < 27; y++)
            for (int x = -2; x < 27; x++) {
                const struct cell *cell = wide ? &c.v[(1 + y + 2) * 80 + 3 + 2 * (x + 2)] : &c.v[(1 + (y + 2) / 2) * 80 + 3 + x + 2];
                bool upper = cell->ink == INK_HALF && c.bytes.at[cell->at + 2] == '\x80', even = (y + 2) % 2 == 0;
                bool dark = cell->ink == INK_DARK || (cell->ink == INK_HALF && upper == even);
                assert_int_equal(dark, qr_dark(&q, x, y));
            }
        canvas_done(&c);
    }
}

static void networks(void **state)
{
    (void)state;
    static const struct {
        const char *name, *password, *text;
    } rows[] = {
        {"Room 3", "secret", "WIFI:T:WPA;S:Room 3;P:secret;;"},
        {"Guests", "", "WIFI:T:nopass;S:Guests;;"},
        {"a;b,c:d\"e\\f", "x;y", "WIFI:T:WPA;S:a\\;b\\,c\\:d\\\"e\\\\f;P:x\\;y;;"},
        {"会议室", "口令;", "WIFI:T:WPA;S:会议室;P:口令\\;;;"},
    };
    for each (i, rows) {
        struct buf b = {0};
        qr_wifi(text_of(rows[i].name), text_of(rows[i].password), &b);
        expect_text(buf_view(&b), rows[i].text, rows[i].name);
        buf_done(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sizes), cmocka_unit_test(finders_in_three_corners), cmocka_unit_test(drawn_on_a_canvas), cmocka_unit_test(networks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
