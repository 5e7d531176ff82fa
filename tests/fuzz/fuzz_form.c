/* fuzz_form.c -- any bytes as what a browser sends: a line of headers each, then a body.  Whatever comes, what is taken out
 * of it is whole: decoded text fits in what was sent, a number is in range, a host that fits is an address or our name. */
#include "base/terminal.h"
#include "front/form.h"
#include "front/http_rules.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void take_fields(struct text body)
{
    static const char *const names[] = {"t", "r", "o", "n", "w", "i-plus", "code"};
    struct buf b = {0}, clean = {0};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        uint32_t number = 0;
        if (form_field(body, names[i], &b) && (b.len > body.len || (b.len && memchr(b.at, 0, b.len))))
            abort();
        terminal_clean(buf_view(&b), CLEAN_PLAY, &clean);
        if (text_utf8_valid(buf_view(&clean)) != clean.len)
            abort();
        buf_reset(&clean);
        if (form_number(body, names[i], 26, &number) && number > 26)
            abort();
    }
    buf_done(&b);
    buf_done(&clean);
}

static void take_head(const struct text lines[6], size_t body)
{
    static const struct http_limits limits = {.head_bytes = 8192, .head_lines = 50, .body_bytes = 8192};
    struct http_head h = {.method = body % 2 ? "POST" : "GET", .lengths = lines[2].len > 0, .hosts = 1, .host = lines[0], .origin = lines[1], .length = lines[2],
                          .type = lines[3], .site = lines[4]};
    int status = http_wrong_with(&h, &(struct http_own){8080, "laptop.local", &limits});
    if (status == 0 && !form_host(h.host, 8080, "laptop.local"))
        abort();
    if (status && (status < 400 || status > 499 || !*http_refusal(status)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct text rest = text_from((const char *)bytes, n), lines[6] = {{0}}, value;
    for (size_t i = 0; i < 6; i++)
        text_split(&rest, '\n', &lines[i]);
    if (form_cookie(lines[5], "r8080", &value) && value.len > lines[5].len)
        abort();
    form_language(lines[5]);
    form_language(rest);
    take_head(lines, rest.len);
    take_fields(rest);
    return 0;
}
