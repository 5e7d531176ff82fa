/* doc_view.h -- a report on a screen. */
#ifndef FRONT_DOC_VIEW_H
#define FRONT_DOC_VIEW_H

#include "front/view.h"
#include "report/doc.h"

/* Shows D by the screen's view. */
void doc_show(struct screen *s, const struct doc *d);

#endif
