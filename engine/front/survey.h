/* survey.h -- an item of a scenario's survey on a screen, and what was typed to it. */
#ifndef FRONT_SURVEY_H
#define FRONT_SURVEY_H

#include "front/view.h"
#include "report/records.h"
#include "wire/client.h"

/* Its words, its scale or its answers, and how to answer. */
void survey_show(struct screen *s, const struct info_survey *item);
/* TYPED as an answer to ITEM, in A: a number, or a line of text.  Empty where it fits none; then it has been said. */
struct text survey_fitting(struct screen *s, struct arena *a, const struct info_survey *item, struct text typed);
/* VALUE, that fits, as it is kept.  Borrows both. */
struct kept_answer survey_kept(const struct info_survey *item, struct text value);

#endif
