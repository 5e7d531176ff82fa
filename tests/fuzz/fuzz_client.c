/* fuzz_client.c -- any bytes as what an engine says, while the host asks for one thing after the other: whatever it says,
 * the host ends each call, and believes only what fits. */
#include "base/json.h"
#include "wire/client.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    json_warm();
    return 0;
}

/* A line at a time, as answers come. */
static ptrdiff_t engine_read(void *self, void *at, size_t size)
{
    struct text *in = self;
    const char *lf = in->len > 0 ? memchr(in->at, '\n', in->len) : NULL;
    size_t n = lf ? (size_t)(lf - in->at) + 1 : in->len;
    n = n < size ? n : size;
    if (n > 0)
        memcpy(at, in->at, n);
    *in = text_from(in->at + n, in->len - n);
    return (ptrdiff_t)n;
}

static bool engine_write(void *self, const void *bytes, size_t size)
{
    (void)self;
    (void)bytes;
    (void)size;
    return true;
}

/* Looks at every text there is, so that a sanitizer does. */
static size_t runs_seen(struct runs r)
{
    struct buf b = {0};
    runs_plain(r, &b);
    size_t n = b.len;
    buf_done(&b);
    return n;
}

static void answer_see(struct client_session *s, const struct client_answer *a)
{
    for (uint32_t i = 0; i < a->n; i++) {
        runs_seen(a->v[i].text);
        runs_seen(a->v[i].name);
        if (a->v[i].kind == WIRE_OUT_OPTION && client_session_avoids(s, a->v[i].id))
            abort(); /* nothing was sent twice here */
    }
}

static void session_play(struct client_session *s)
{
    struct client_fault fault;
    struct client_answer a;
    struct client_debrief d;
    uint32_t events = client_session_n_events(s);
    if (client_step(s, &(struct client_input){.kind = WIRE_BEGIN}, &a, &fault) == CLIENT_OK) {
        answer_see(s, &a);
        if (client_session_n_events(s) < events)
            abort();
    }
    client_step(s, &(struct client_input){.kind = WIRE_CHOOSE, .option = TEXT("reply/hear")}, &a, &fault);
    client_show(s, 0, TEXT("en"), &a, &fault);
    if (client_debrief(s, TEXT("en"), &d, &fault) == CLIENT_OK)
        for (uint32_t i = 0; i < d.n_turns; i++)
            runs_seen(d.turns[i].said);
    client_session_end(s);
}

static void host_play(struct client *c)
{
    struct client_fault fault;
    struct client_problems problems;
    struct client_info info;
    const struct client_text *texts;
    enum client_end end;
    uint32_t n;
    if (client_load(c, &problems, &fault) == CLIENT_OK && problems.playable && problems.errors)
        abort();
    if (client_info(c, TEXT("en"), &info, &fault) == CLIENT_OK) {
        runs_seen(info.title);
        client_info_done(&info);
    }
    client_texts(c, &texts, &n, &fault);
    struct client_session *s = client_start(c, &(struct client_params){.seed = 1}, NULL, NULL, &end, &fault);
    if (s)
        session_play(s);
    client_check(c, &problems, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct text in = text_from((const char *)bytes, n);
    struct lines_io io = {.self = &in, .read = engine_read, .write = engine_write};
    struct client *c = client_open(&(struct client_config){.io = &io, .watch = -1, .texts = true});
    host_play(c);
    client_close(c);
    return 0;
}
