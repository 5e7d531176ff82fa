/* test_json.c -- JSON, written and read. */
#include "unit.h"

#include "base/arena.h"
#include "base/json.h"

static void strings_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *json;
    } rows[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"say \"no\" \\", "\"say \\\"no\\\" \\\\\""},
        {"a\nb\tc\r", "\"a\\nb\\tc\\r\""},
        {"\x01\x1b\x7F", "\"\\u0001\\u001b\\u007f\""},
        {"<b> & </script>", "\"\\u003cb\\u003e \\u0026 \\u003c/script\\u003e\""},
        {"中文，👩‍💻", "\"中文，👩‍💻\""},
        {"c1 \xC2\x9B[ \xC2\xA0", "\"c1 \\u009b[ \xC2\xA0\""},
        {"\u202E\u2066\u200B\uFEFF\u00AD\u061C中“\u2014", "\"\\u202e\\u2066\\u200b\\ufeff\\u00ad\\u061c中“\u2014\""},
        {"a\u2028b\u2029\u2027", "\"a\\u2028b\\u2029\u2027\""},
        {"bad \xFF\xC0\xAF", "\"bad \uFFFD\uFFFD\uFFFD\""},
        {"\uFFFD", "\"\uFFFD\""},
        {"\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
    };
    for each (i, rows) {
        struct buf b = {0};
        struct json_out o = json_to(&b);
        json_str(&o, text_of(rows[i].text));
        expect_text(buf_view(&b), rows[i].json, rows[i].text);
        buf_done(&b);
    }
}

static void structure_written(void **state)
{
    (void)state;
    struct buf b = {0};
    struct json_out o = json_to(&b);
    json_open_object(&o);
    json_put_text(&o, "a", TEXT("x"));
    json_key(&o, "list");
    json_open_array(&o);
    json_int(&o, INT64_MIN);
    json_bool(&o, true);
    json_nothing(&o);
    json_open_object(&o);
    json_close_object(&o);
    json_open_array(&o);
    json_close_array(&o);
    json_raw(&o, TEXT("{\"k\":1}"));
    json_close_array(&o);
    json_put_int(&o, "n", -7);
    json_put_bool(&o, "b", false);
    json_close_object(&o);
    expect_text(buf_view(&b),
                "{\"a\":\"x\",\"list\":[-9223372036854775808,true,null,{},[],{\"k\":1}],\"n\":-7,\"b\":false}",
                "structure");
    buf_done(&b);
}

/* What was read, written again. */
static void write_again(struct json_out *o, const struct json_value *v)
{
    switch (v->kind) {
    case JSON_IS_NULL:
    case JSON_IS_REAL:
        json_nothing(o);
        break;
    case JSON_IS_BOOL:
        json_bool(o, v->truth);
        break;
    case JSON_IS_INT:
        json_int(o, v->number);
        break;
    case JSON_IS_TEXT:
        json_str(o, json_text(v));
        break;
    case JSON_IS_ARRAY:
    case JSON_IS_OBJECT:
        (v->kind == JSON_IS_ARRAY ? json_open_array : json_open_object)(o);
        for (uint32_t i = 0; i < v->n; i++) {
            if (v->kind == JSON_IS_OBJECT) {
                json_key(o, v->items[i].key.at);
            }
            write_again(o, &v->items[i]);
        }
        (v->kind == JSON_IS_ARRAY ? json_close_array : json_close_object)(o);
        break;
    }
}

static void reading(void **state)
{
    (void)state;
    static const struct {
        const char *json, *again; /* NULL: refused */
    } rows[] = {
        {"{}", "{}"},
        {" [ 1 , true , null , 1.5 ] ", "[1,true,null,null]"},
        {"{\"b\":1,\"a\":{\"z\":[],\"y\":\"\\u4e2d\\u003c\"}}", "{\"b\":1,\"a\":{\"z\":[],\"y\":\"中\\u003c\"}}"},
        {"[\"\\ud83d\\udc69\"]", "[\"👩\"]"},
        {"[-9223372036854775808,9223372036854775807]", "[-9223372036854775808,9223372036854775807]"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
         "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", NULL}, /* 33 deep */
        {"", NULL},
        {"7", NULL},
        {"\"text\"", NULL},
        {"{\"a\":1,\"a\":2}", NULL},
        {"{\"a\":1} x", NULL},
        {"{} {}", NULL},
        {"{\"a\":1,}", NULL},
        {"{a:1}", NULL},
        {"[1", NULL},
        {"[\"\\u0000\"]", NULL},
        {"[\"\\ud800\"]", NULL},
        {"[\"\xFF\"]", NULL},
        {"[\"a\nb\"]", NULL},
        {"[9223372036854775808]", NULL},
        {"[01]", NULL},
        {"[NaN]", NULL},
        {"\xEF\xBB\xBF{}", NULL},
    };
    json_warm();
    for each (i, rows) {
        struct arena a = {0};
        struct buf b = {0};
        const struct json_value *v = json_parse(&a, text_of(rows[i].json));
        expect_number(v != NULL, rows[i].again != NULL, rows[i].json);
        if (v) {
            struct json_out o = json_to(&b);
            write_again(&o, v);
            expect_text(buf_view(&b), rows[i].again, rows[i].json);
        }
        buf_done(&b);
        arena_done(&a);
    }
}

static void fields(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct json_value *v =
        json_parse(&a, TEXT("{\"text\":\"hi\",\"n\":5,\"yes\":true,\"list\":[1,2],\"sub\":{\"x\":1},\"none\":null}"));
    struct text t = TEXT("before");
    int64_t n = -1;
    bool b = false;
    assert_true(json_get_text(v, "text", &t));
    expect_text(t, "hi", "text");
    assert_false(json_get_text(v, "n", &t));
    assert_false(json_get_text(v, "missing", &t));
    assert_false(json_get_text(NULL, "text", &t));
    expect_text(t, "hi", "untouched");
    assert_true(json_get_int(v, "n", 0, 5, &n));
    assert_int_equal(n, 5);
    assert_false(json_get_int(v, "n", 0, 4, &n));
    assert_false(json_get_int(v, "text", 0, 9, &n));
    assert_true(json_get_bool(v, "yes", &b) && b);
    assert_false(json_get_bool(v, "n", &b));
    assert_int_equal(json_get_array(v, "list")->n, 2);
    assert_null(json_get_array(v, "sub"));
    assert_int_equal(json_get_object(v, "sub")->items[0].number, 1);
    assert_null(json_get_object(v, "none"));
    assert_null(json_find(json_get_array(v, "list"), "x"));
    assert_int_equal(json_text(json_find(v, "n")).len, 0);
    arena_done(&a);
}

static void any_text_survives(void **state)
{
    (void)state;
    struct buf text = {0}, json = {0};
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 499) {
        if (c < 0xD800 || c > 0xDFFF) {
            buf_code(&text, c);
        }
    }
    struct json_out o = json_to(&json);
    json_open_array(&o);
    json_str(&o, buf_view(&text));
    json_close_array(&o);
    struct arena a = {0};
    const struct json_value *v = json_parse(&a, buf_view(&json));
    assert_non_null(v);
    assert_true(text_eq(json_text(&v->items[0]), buf_view(&text)));
    arena_done(&a);
    buf_done(&text);
    buf_done(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_written), cmocka_unit_test(structure_written), cmocka_unit_test(reading),
        cmocka_unit_test(fields),          cmocka_unit_test(any_text_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
