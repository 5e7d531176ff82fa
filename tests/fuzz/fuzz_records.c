/* fuzz_records.c -- any bytes as records to be imported: they are taken apart or refused by a line, and what was taken is
 * written again as it stood. */
#include "base/json.h"
#include "record/import_inside.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct text in = text_from((const char *)bytes, n);
    struct import_fault fault;
    bool ok;
    struct import *m = import_read(in, &ok, &fault);
    if (ok == (fault.form != NULL))
        abort();
    for (uint32_t i = 0; ok && i < m->n_sessions; i++) {
        const struct import_session *s = &m->sessions[i];
        struct buf out = {0};
        if (s->version >= m->n_versions || s->trainee > m->n_trainees || !s->events.n)
            abort();
        portable_events(s->events.v[0].text, s->events.v[0].at, &out);
        if (out.len && !memmem(in.at, in.len, out.at, out.len - 1))
            abort(); /* an event is taken as it stands */
        buf_done(&out);
    }
    import_free(m);
    return 0;
}
