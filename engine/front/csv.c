/* csv.c -- translations as a table for spreadsheet programs. */
#include "front/csv.h"

#include "base/csv.h"

#include <stdlib.h>

int po_row_order(const void *a, const void *b)
{
    const struct po_row *x = *(const struct po_row *const *)a, *y = *(const struct po_row *const *)b;
    int c = text_cmp(x->ctx, y->ctx);
    return c ? c : text_cmp(x->id, y->id);
}

const struct po_row *csv_find(const struct po_row *const *v, size_t n, const struct po_row *source)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (po_row_order(&v[mid], &source) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < n && text_eq(v[lo]->ctx, source->ctx))
        return v[lo];
    return lo > 0 && text_eq(v[lo - 1]->ctx, source->ctx) && !text_is(source->ctx, "script") ? v[lo - 1] : NULL;
}

void csv_write(const struct po_row *sources, size_t n, const struct po_rows *old, struct buf *out)
{
    const struct po_row **v = mem_new((old->n + 1) * sizeof *v);
    for (size_t i = 0; i < old->n; i++)
        v[i] = &old->v[i];
    if (old->n)
        qsort(v, old->n, sizeof *v, po_row_order);
    const struct text head[] = {TEXT("context"), TEXT("source"), TEXT("translation"), TEXT("state")};
    csv_mark(out);
    csv_row(out, head, 4);
    for (size_t i = 0; i < n; i++) {
        const struct po_row *t = csv_find(v, old->n, &sources[i]);
        bool changed = t && !text_eq(t->id, sources[i].id);
        struct text state = !t || !t->str.len ? TEXT("missing") : t->fuzzy || changed ? TEXT("fuzzy") : TEXT("done");
        const struct text fields[] = {sources[i].ctx, sources[i].id, t ? t->str : (struct text){0}, state};
        csv_row(out, fields, 4);
    }
    free(v);
}
