/* html.h -- text for a page: the one way in which foreign text gets into HTML or SVG. */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/text.h"

/* Appends T so that it is text and nothing else, between tags and in quoted attributes: & < > " ' as references, control
 * characters dropped but for line ends and tabs, which become blanks; bad bytes become U+FFFD. */
void html_text(struct buf *out, struct text t);

#endif
