/* tables.h -- records as rows for spreadsheet programs and statistics: one thing a table.
 *
 * The titles of columns are English and the same in every language, so that a table can be worked on by a program.  Times are
 * UTC.  What somebody wrote stands in a row only where ROW.words says that it may. */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "report/records.h"
#include "wire/client.h"

/* Whom and what a row is about. */
struct table_row {
    const struct kept_session *session;
    const struct kept_trainee *trainee;  /* NULL: a room */
    bool words;                          /* what was written may be told */
};

/* Each appends a row, or as many as there are; `…_head` the titles. */
void table_sessions_head(struct buf *out);
void table_session(const struct table_row *r, struct buf *out);

/* Answers of people: words in the language of D.  TIMES: when event n was kept. */
void table_choices_head(struct buf *out);
void table_choices(const struct table_row *r, const struct client_debrief *d, const int64_t *times, uint32_t n_times, struct buf *out);

void table_evidence_head(struct buf *out);
void table_piece(const struct table_row *r, const struct kept_piece *piece, struct buf *out);

void table_surveys_head(struct buf *out);
void table_answer(const struct table_row *r, const struct kept_answer *answer, struct buf *out);

#endif
