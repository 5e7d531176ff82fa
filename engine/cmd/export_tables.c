/* export_tables.c -- `rehearse export --format csv`: rows that need no engine. */
#include "cmd/exporting.h"

#include "report/tables.h"

/* The trainee called ID; NULL for a room. */
static const struct kept_trainee *trainee_at(const struct exporting *x, int64_t id)
{
    for (uint32_t i = 0; id && i < x->n_trainees; i++)
        if (x->trainees[i].id == id)
            return &x->trainees[i];
    return NULL;
}

static struct table_row row_of(const struct exporting *x, const struct kept_session *s)
{
    return (struct table_row){.session = s, .trainee = trainee_at(x, s->trainee), .words = exporting_words(x, s)};
}

static bool give(struct exporting *x, struct buf *row)
{
    bool ok = outfile_write(&x->out, buf_view(row));
    buf_done(row);
    return ok;
}

static bool put_piece(void *self, const struct kept_piece *p)
{
    struct exporting *x = self;
    struct table_row r = row_of(x, p->session);
    struct buf row = {0};
    if (!p->self)
        table_piece(&r, p, &row);
    return give(x, &row);
}

static bool put_answer(void *self, const struct kept_answer *a)
{
    struct exporting *x = self;
    struct table_row r = row_of(x, a->session);
    struct buf row = {0};
    table_answer(&r, a, &row);
    return give(x, &row);
}

static bool fine(struct exporting *x, bool ok, const struct store_fault *fault, int *status)
{
    if (!ok)
        *status = keep_fails(x->call, fault);
    return ok && !x->out.error;
}

bool export_sessions(struct exporting *x, int *status)
{
    struct buf rows = {0};
    (void)status;
    table_sessions_head(&rows);
    for (uint32_t i = 0; i < x->n_sessions; i++) {
        struct table_row r = row_of(x, &x->sessions[i]);
        table_session(&r, &rows);
    }
    return give(x, &rows);
}

bool export_evidence(struct exporting *x, int *status)
{
    struct store_fault fault = {0};
    struct buf head = {0};
    table_evidence_head(&head);
    return give(x, &head) && fine(x, store_pieces(x->keep.store, &x->filter, put_piece, x, &fault), &fault, status);
}

bool export_surveys(struct exporting *x, int *status)
{
    struct store_fault fault = {0};
    struct buf head = {0};
    table_surveys_head(&head);
    return give(x, &head) && fine(x, store_answers(x->keep.store, &x->filter, put_answer, x, &fault), &fault, status);
}
