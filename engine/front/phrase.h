/* phrase.h -- the engine's texts made fit for a screen, with marks; without, clean_runs and clean_text do. */
#ifndef FRONT_PHRASE_H
#define FRONT_PHRASE_H

#include "front/screen.h"
#include "report/clean.h"
#include "report/doc.h"
#include "wire/client.h"

/* R cleaned, with the marks of screen.h, in A. */
struct text phrase(struct arena *a, struct runs r);
/* LINE as typed, with full-width digits, colon, question mark and blanks made narrow, appended. */
void phrase_narrow(struct text line, struct buf *out);

#endif
