/* test_form.c -- what a browser sends, taken apart; which requests are heard; proofs; addresses. */
#include "unit.h"

#include "base/mac.h"
#include "front/form.h"
#include "front/http_rules.h"
#include "front/peers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static void fields(void **state)
{
    (void)state;
    static const struct {
        const char *body, *value; /* NULL: not there */
    } rows[] = {
        {"a=1", "1"}, {"x=2&a=1", "1"}, {"a=1&x=2", "1"}, {"a=", ""}, {"a", ""}, {"", NULL}, {"b=1", NULL}, {"aa=1", NULL}, {"A=1", NULL},
        {"a=1&a=1", NULL}, {"a=1&a=2", NULL}, {"a&a", NULL}, {"&&a=1&&", "1"}, {"=a=1", NULL}, {"a=b=c", "b=c"}, {"a=%E5%A5%BD", "好"}, {"a=%e5%a5%bd", "好"},
        {"a=1+2%2B3", "1 2+3"}, {"a=%", NULL}, {"a=%4", NULL}, {"a=%4g", NULL}, {"a=%%41", NULL}, {"a=%00", NULL}, {"a=x%00y", NULL},
        {"a=%0D%0A", "\r\n"}, {"a=%ff", "\xff"}, {"%61=1", NULL}, {"a=1;b=2", "1;b=2"},
    };
    for each (i, rows) {
        struct buf b = {0};
        bool there = form_field(text_of(rows[i].body), "a", &b);
        expect_number(there, rows[i].value != NULL, rows[i].body);
        if (there)
            expect_text(buf_view(&b), rows[i].value, rows[i].body);
        else
            expect_number(b.len, 0, rows[i].body);
        buf_done(&b);
    }
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int64_t value; /* -1: none */
    } rows[] = {{"n=0", 0}, {"n=7", 7}, {"n=26", 26}, {"n=27", -1}, {"n=-1", -1}, {"n=+1", -1}, {"n=%2B1", -1}, {"n=1.0", -1}, {"n= 1", -1}, {"n=1+", -1},
                {"n=", -1}, {"n", -1}, {"n=007", 7}, {"n=00000000001", -1}, {"n=4294967297", -1}, {"n=99999999999999999999", -1}, {"n=1&n=1", -1}, {"n=0x1", -1}};
    for each (i, rows) {
        uint32_t n = 99;
        bool there = form_number(text_of(rows[i].body), "n", 26, &n);
        expect_number(there ? (int64_t)n : -1, rows[i].value, rows[i].body);
    }
}

static void cookies(void **state)
{
    (void)state;
    static const struct {
        const char *header, *value;
    } rows[] = {{"r1=abc", "abc"}, {"x=1; r1=abc", "abc"}, {"x=1;r1=abc ;y=2", "abc"}, {"r1=a; r1=b", "a"}, {"r11=a", NULL}, {"R1=a", NULL}, {"r1", ""}, {"", NULL},
                {";;; r1=a=b", "a=b"}, {"x=r1=abc", NULL}};
    for each (i, rows) {
        struct text v = {0};
        bool there = form_cookie(text_of(rows[i].header), "r1", &v);
        expect_number(there, rows[i].value != NULL, rows[i].header);
        if (there)
            expect_text(v, rows[i].value, rows[i].header);
    }
}

static void languages(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum form_lang lang;
    } rows[] = {{"zh-CN,zh;q=0.9,en;q=0.8", FORM_CHINESE}, {"en-US,en;q=0.9,zh;q=0.85", FORM_ENGLISH}, {"zh;q=0.85,en;q=0.8", FORM_CHINESE}, {"fr", FORM_NEITHER},
                {"", FORM_NEITHER}, {"*", FORM_NEITHER}, {"zh;q=0", FORM_NEITHER}, {"en;q=0,zh;q=0.001", FORM_CHINESE}, {"ZH-hant", FORM_CHINESE}, {"zhx,enx", FORM_NEITHER},
                {"en,zh", FORM_ENGLISH}, {"zh;q=x,en;q=0.1", FORM_ENGLISH}, {",,;,zh", FORM_CHINESE}, {"zh ; q=0.5 , en ; q=0.4", FORM_CHINESE}, {"zh;q=9.999,en", FORM_CHINESE},
                {"zh,en", FORM_CHINESE}, {"zh-CN,en-US", FORM_CHINESE}, {"en-US,zh-CN", FORM_ENGLISH}, {"en;q=0.5,zh;q=0.5", FORM_ENGLISH}, {"zh;level=1;q=0.4,en;q=0.5", FORM_ENGLISH},
                {"zh;q=0.6;level=1,en;q=0.5", FORM_CHINESE}, {"en;Q=0.5,zh;q=.6", FORM_CHINESE}, {"en;q=,zh;q=0.1", FORM_CHINESE}, {"en;q=0.1.9,zh;q=0.2", FORM_CHINESE},
                {"zh;q=0.0009,en;q=0.001", FORM_ENGLISH}, {"zh;q=-1,en;q=0.1", FORM_ENGLISH}, {"zh-", FORM_CHINESE}, {"z", FORM_NEITHER}, {"en;q=0.99999999999999999999,zh", FORM_CHINESE},
                {"zh_CN,en", FORM_ENGLISH}, {";q=1,zh", FORM_CHINESE}};
    for each (i, rows)
        expect_number(form_language(text_of(rows[i].header)), rows[i].lang, rows[i].header);
}

static void hosts(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        uint16_t port;
        bool fits;
    } rows[] = {
        {"192.168.1.5:8080", 8080, true}, {"192.168.1.5", 8080, false}, {"192.168.1.5", 80, true}, {"192.168.1.5:80", 80, true}, {"[fd00::5]:8080", 8080, true},
        {"[fd00::5]", 80, true}, {"[fd00::5]", 8080, false}, {"[fd00::80]", 80, true}, {"fd00::5:8080", 8080, false}, {"laptop.local:8080", 8080, true},
        {"LAPTOP.LOCAL:8080", 8080, true}, {"laptop.local", 80, true}, {"laptop.local.", 80, false}, {"other.local:8080", 8080, false}, {"", 80, false}, {":80", 80, false},
        {":", 80, false}, {"1.2.3:80", 80, false}, {"1.2.3.4.5:80", 80, false}, {"1.2.3.4:", 80, false}, {"1.2.3.4:8080:8080", 8080, false}, {"[]:80", 80, false}, {"[1.2.3.4]:80", 80, false},
        {"1.2.3.4:18080", 8080, false}, {"1.2.3.4:99999999999999999999", 80, false}, {"a@1.2.3.4:80", 80, false},
    };
    for each (i, rows)
        expect_number(form_host(text_of(rows[i].host), rows[i].port, "laptop.local"), rows[i].fits, rows[i].host);
    assert_false(form_host(TEXT("laptop.local:80"), 80, NULL));
    assert_false(form_host(text_from("1.2.3.4\0:80", 11), 80, NULL));
    assert_true(form_origin(TEXT("http://1.2.3.4:80"), TEXT("1.2.3.4:80")));
    assert_true(form_origin(TEXT("http://LAPTOP.local"), TEXT("laptop.LOCAL")));
    assert_false(form_origin(TEXT("https://1.2.3.4"), TEXT("1.2.3.4")));
    assert_false(form_origin(TEXT("null"), TEXT("1.2.3.4")));
    assert_false(form_origin(TEXT("http://1.2.3.4:801"), TEXT("1.2.3.4:80")));
}

static void types(void **state)
{
    (void)state;
    assert_true(form_is_form(TEXT("application/x-www-form-urlencoded")));
    assert_true(form_is_form(TEXT(" Application/X-WWW-Form-URLencoded ; charset=utf-8")));
    assert_false(form_is_form(TEXT("application/x-www-form-urlencodedx")));
    assert_false(form_is_form(TEXT("text/plain; application/x-www-form-urlencoded")));
    assert_false(form_is_form(TEXT("")));
}

/* A request that is heard; each row changes one thing. */
static struct http_head good(void)
{
    return (struct http_head){.method = "POST", .bytes = 300, .lines = 8, .lengths = 1, .hosts = 1, .host = TEXT("10.0.0.1:8080"), .length = TEXT("10"),
                              .type = TEXT("application/x-www-form-urlencoded"), .origin = TEXT("http://10.0.0.1:8080"), .site = TEXT("same-origin")};
}

static int status_of(struct http_head h)
{
    static const struct http_limits limits = {.head_bytes = 8192, .head_lines = 50, .body_bytes = 8192};
    return http_wrong_with(&h, &(struct http_own){8080, NULL, &limits});
}

static void rules(void **state)
{
    (void)state;
    struct http_head h = good();
    expect_number(status_of(h), 0, "good");
#define CHANGED(set, status)                                                                                           \
    h = good();                                                                                                        \
    set;                                                                                                               \
    expect_number(status_of(h), status, #set)
    CHANGED(h.target_long = true, 414);
    CHANGED(h.lines = 51, 431);
    CHANGED(h.bytes = 8193, 431);
    CHANGED(h.coded = true, 411);
    CHANGED(h.hosts = 2, 400);
    CHANGED(h.lengths = 2, 400);
    CHANGED(h.length = TEXT("1 0"), 400);
    CHANGED(h.length = TEXT("1234567890123456"), 400);
    CHANGED(h.length = TEXT(""), 400);
    CHANGED((h.lengths = 0, h.length = (struct text){0}), 411);
    CHANGED(h.length = TEXT("8192"), 0);
    CHANGED(h.length = TEXT("8193"), 413);
    CHANGED(h.host = TEXT("evil.example:8080"), 421);
    CHANGED(h.method = "PUT", 405);
    CHANGED(h.type = TEXT("text/plain"), 415);
    CHANGED(h.origin = (struct text){0}, 0);
    CHANGED(h.origin = TEXT("null"), 403);
    CHANGED(h.site = TEXT("cross-site"), 403);
    CHANGED(h.site = (struct text){0}, 0);
    CHANGED(h.method = "GET", 400);
    CHANGED((h.method = "GET", h.lengths = 0, h.origin = TEXT("http://evil.example")), 0);
    CHANGED((h.method = "HEAD", h.length = TEXT("0")), 0);
#undef CHANGED
}

/* RFC 4231's cases use keys of other lengths; ours was computed by another program: python3 -c "hmac.new(bytes(range(32)),
 * parts, sha256)", where each part stands behind its length in eight bytes, lowest first. */
static void proofs(void **state)
{
    (void)state;
    uint8_t key[MAC_KEY], a[MAC_BYTES], b[MAC_BYTES];
    char hex[DIGEST_HEX + 1];
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)i;
    mac(key, (struct text[]){TEXT("phone"), TEXT("12")}, 2, a);
    digest_hex(a, hex);
    expect_text(text_of(hex), "9a9449145603c6ec24c9b4254e8ffd095ecf10ffeaf63bcf03ccc3f631604523", "phone 12");
    mac(key, (struct text[]){TEXT("phone1"), TEXT("2")}, 2, b);
    assert_false(mac_same(a, b, MAC_BYTES));
    assert_true(mac_same(a, a, MAC_BYTES));
    b[31] = (uint8_t)(a[31] ^ 1);
    memcpy(b, a, 31);
    assert_false(mac_same(a, b, MAC_BYTES));
    assert_true(mac_same(a, b, 31));
    key[31] ^= 1;
    mac(key, (struct text[]){TEXT("phone"), TEXT("12")}, 2, b);
    assert_false(mac_same(a, b, MAC_BYTES));
}

static struct peer *peer4(struct peers *ps, uint32_t address)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
    return peers_of(ps, (struct sockaddr *)&in);
}

static struct peer *peer6(struct peers *ps, const char *address)
{
    struct sockaddr_in6 in = {.sin6_family = AF_INET6};
    assert_int_equal(inet_pton(AF_INET6, address, &in.sin6_addr), 1);
    return peers_of(ps, (struct sockaddr *)&in);
}

static void addresses(void **state)
{
    (void)state;
    struct peers ps;
    peers_init(&ps);
    struct peer *one = peer4(&ps, 1), *last = NULL;
    assert_ptr_equal(one, peer4(&ps, 1));
    assert_ptr_not_equal(one, peer4(&ps, 2));
    assert_ptr_equal(peer6(&ps, "fd00:1:2:3::1"), peer6(&ps, "fd00:1:2:3:ffff::2"));
    assert_ptr_not_equal(peer6(&ps, "fd00:1:2:3::1"), peer6(&ps, "fd00:1:2:4::1"));
    for (uint32_t i = 0; i < 100000; i++)
        last = peer4(&ps, 1000 + i);
    assert_ptr_equal(last, peer4(&ps, 5000000)); /* all that come when it is full share a row */
    assert_ptr_equal(one, peer4(&ps, 1));
    peers_done(&ps);
}

static void guesses(void **state)
{
    (void)state;
    struct peer p = {0};
    static const long long waits[] = {0, 0, 0, 0, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
    for each (i, waits) {
        assert_true(peer_may_guess(&p, 1000000 * (long long)(i + 1)));
        peer_guessed_wrong(&p, 1000000 * (long long)(i + 1));
        expect_number(p.until ? p.until - 1000000 * (long long)(i + 1) : 0, waits[i], "wait");
    }
    assert_false(peer_may_guess(&p, p.until - 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields),    cmocka_unit_test(numbers), cmocka_unit_test(cookies), cmocka_unit_test(languages),
        cmocka_unit_test(hosts),     cmocka_unit_test(types),   cmocka_unit_test(rules),   cmocka_unit_test(proofs),
        cmocka_unit_test(addresses), cmocka_unit_test(guesses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
