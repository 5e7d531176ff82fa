/* test_wire_server.c -- the server in memory, without a process: its table, and what a long answer does. */
#include "unit.h"

#include "rehearse.h"
#include "wire/server.h"

#include <stdio.h>
#include <string.h>

static struct buf page;

static int page_read(void **state)
{
    (void)state;
    rehearse_warm();
    FILE *f = fopen("docs/protocol.md", "r");
    if (!f)
        return -1;
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
        buf_add(&page, piece, n);
    buf_char(&page, '\0');
    return fclose(f);
}

static int page_forget(void **state)
{
    (void)state;
    buf_done(&page);
    return 0;
}

/* Every request has an example, which tests/wire runs. */
static void documented(void **state)
{
    (void)state;
    const struct server_request_doc *doc;
    size_t n = 0;
    for (; (doc = server_request(n)) != NULL; n++) {
        char example[64];
        snprintf(example, sizeof example, "→ {\"do\":\"%s\"", doc->name);
        if (!strstr(page.at, example))
            fail_msg("docs/protocol.md has no example of %s", doc->name);
        assert_true(strlen(doc->doc) > 0);
    }
    assert_true(n >= 16);
}

struct memory {
    struct text in;
    struct buf out;
    bool deaf;
};

static ptrdiff_t memory_read(void *self, void *at, size_t size)
{
    struct memory *m = self;
    size_t n = m->in.len < size ? m->in.len : size;
    memcpy(at, m->in.at, n);
    m->in = text_from(m->in.at + n, m->in.len - n);
    return (ptrdiff_t)n;
}

static bool memory_write(void *self, const void *bytes, size_t size)
{
    struct memory *m = self;
    buf_add(&m->out, bytes, size);
    return !m->deaf;
}

static void ends(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        bool deaf;
        enum server_end end;
    } rows[] = {
        {"", false, SERVER_QUIT},
        {"{\"do\":\"quit\"}\n", false, SERVER_QUIT},
        {"{\"do\":\"hello\",\"protocol\":1}\n", false, SERVER_GOES_ON},
        {"{\"do\":\"hello\",\"protocol\":1}\n", true, SERVER_BROKEN},
        {"{\"do\":\"hello\"", false, SERVER_BROKEN},
        {"{\"do\":\"hello\",\"bytes\":2}\na", false, SERVER_BROKEN},
        {"{\"do\":\"load\"}\n{\"file\":\"a\",\"bytes\":2}\na", false, SERVER_BROKEN},
    };
    for each (i, rows) {
        struct memory m = {.in = text_of(rows[i].in), .deaf = rows[i].deaf};
        struct server *sv = server_new((struct lines_io){.self = &m, .read = memory_read, .write = memory_write}, "none");
        expect_number(server_handle(sv), rows[i].end, rows[i].in);
        server_free(sv);
        buf_done(&m.out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documented),
        cmocka_unit_test(ends),
    };
    return cmocka_run_group_tests(tests, page_read, page_forget);
}
