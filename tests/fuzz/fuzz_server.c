/* fuzz_server.c -- any bytes as requests, with the files that are asked for among them: every request is answered by
 * exactly one line that says done, or the engine gives up in a known way.  The jail is not here; what it is for is. */
#include "rehearse.h"
#include "wire/server.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    rehearse_warm();
    return 0;
}

struct pipes {
    struct text in;
    struct buf out;
};

static ptrdiff_t pipes_read(void *self, void *at, size_t size)
{
    struct pipes *p = self;
    size_t n = p->in.len < size ? p->in.len : size;
    if (n > 0)
        memcpy(at, p->in.at, n);
    p->in = text_from(p->in.at + n, p->in.len - n);
    return (ptrdiff_t)n;
}

static bool pipes_write(void *self, const void *bytes, size_t size)
{
    struct pipes *p = self;
    buf_add(&p->out, bytes, size);
    return true;
}

/* Lines of OUT that end an answer.  Raw bytes hold no such line: events and documents do not begin like this. */
static int answers_of(struct text out)
{
    int n = 0;
    for (struct text line; text_split(&out, '\n', &line);)
        n += text_starts(line, "{\"done\":true");
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct pipes p = {.in = text_from((const char *)bytes, n)};
    struct server *sv = server_new((struct lines_io){.self = &p, .read = pipes_read, .write = pipes_write}, "none");
    enum server_end end;
    do {
        buf_reset(&p.out);
        end = server_handle(sv);
        if (end == SERVER_GOES_ON && (answers_of(buf_view(&p.out)) != 1 || p.out.at[p.out.len - 1] != '\n'))
            abort();
    } while (end == SERVER_GOES_ON);
    server_free(sv);
    buf_done(&p.out);
    return 0;
}
