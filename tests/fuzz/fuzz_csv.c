/* fuzz_csv.c -- a translator's table: any bytes are read or refused, and what was read is read again as it was written. */
#include "front/csv.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The rows of T as a PO file would hold them, written as a table and read again. */
static void again(const struct csv_table *t)
{
    struct arena a = {0};
    struct buf out = {0};
    struct csv_table second;
    struct csv_counts counts;
    struct po_row *v = arena_array(&a, struct po_row, t->n + 1);
    for (size_t i = 0; i < t->n; i++)
        v[i] = (struct po_row){.ctx = t->v[i].ctx, .id = t->v[i].source, .str = t->v[i].str, .fuzzy = t->v[i].fuzzy};
    csv_write(v, t->n, &(struct po_rows){.v = v, .n = t->n}, &out);
    if (!csv_read(buf_view(&out), &second))
        abort();
    csv_match(&second, v, t->n, &(struct po_rows){.v = v, .n = t->n}, &counts);
    csv_done(&second);
    buf_done(&out);
    arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv_table t;
    if (csv_read(text_from((const char *)data, size), &t))
        again(&t);
    else if (t.n_faults != 1)
        abort();
    csv_done(&t);
    return 0;
}
