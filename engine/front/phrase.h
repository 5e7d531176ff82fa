/* phrase.h -- the engine's texts made fit for a screen. */
#ifndef FRONT_PHRASE_H
#define FRONT_PHRASE_H

#include "front/screen.h"
#include "wire/client.h"

/* R cleaned, with the marks of screen.h, in A. */
struct text phrase(struct arena *a, struct runs r);
/* The same in one line and without marks: names, labels. */
struct text phrase_name(struct arena *a, struct runs r);
/* FORM (already translated) with %1 and %2 filled in, in A. */
struct text phrase_fill(struct arena *a, const char *form, struct text a1, struct text a2);
/* T cleaned in one line, in A. */
struct text phrase_clean(struct arena *a, struct text t);
/* LINE as typed, with full-width digits, colon, question mark and blanks made narrow, appended. */
void phrase_narrow(struct text line, struct buf *out);

#endif
