/* form.h -- what a browser sends, taken apart: forms, cookies, and the few headers that decide whether it is heard.
 *
 * All of it comes from whoever is in the room.  Strict: what is not plainly well formed is not there. */
#ifndef FRONT_FORM_H
#define FRONT_FORM_H

#include "base/text.h"

/* The value of FIELD in a BODY of application/x-www-form-urlencoded (or a query), decoded into OUT, which is emptied
 * first.  False, and OUT empty, where it is missing, stands twice, is badly encoded or holds a NUL. */
bool form_field(struct text body, const char *field, struct buf *out);
/* The same as a whole number. */
bool form_number(struct text body, const char *field, uint32_t most, uint32_t *out);
/* Whether CONTENT_TYPE is that of such a body. */
bool form_is_form(struct text content_type);

/* The value of the cookie NAME in a Cookie header, borrowed.  The first one counts. */
bool form_cookie(struct text header, const char *name, struct text *value);

enum form_lang { FORM_NEITHER, FORM_ENGLISH, FORM_CHINESE };
/* Which of our languages Accept-Language would rather have; of two that weigh alike the first. */
enum form_lang form_language(struct text header);

/* Whether HOST is the literal address of a machine with PORT (which may be left out where it is 80), or NAME (may be
 * NULL), with PORT likewise: a page elsewhere that gave its own name our address is then told off. */
bool form_host(struct text host, uint16_t port, const char *name);
/* Whether ORIGIN is http://HOST. */
bool form_origin(struct text origin, struct text host);

#endif
