/* plural.h -- which of a language's plural forms goes with a number.
 *
 * A translation says so in its header, as a C expression over n:
 *
 *     Plural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2; */
#ifndef BASE_PLURAL_H
#define BASE_PLURAL_H

#include "base/text.h"

/* The number of the form for N by HEADER (the whole header entry of a translation); n != 1 where it says nothing. */
unsigned long plural_form(struct text header, unsigned long n);

#endif
