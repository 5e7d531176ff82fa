/* xml_scan.h -- looking at XML as bytes: before the parser sees it, and after it has given up.
 *
 * Private to the XML reader. */
#ifndef SCENARIO_XML_SCAN_H
#define SCENARIO_XML_SCAN_H

#include "base/err.h"
#include "base/limits.h"

struct scan_attr {
    struct text name;
    uint32_t name_from;
    uint32_t from, to; /* of the value, without quotes */
};

static inline bool scan_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/* The next attribute of a start tag, from *POS on; *POS moves behind it.  False where there is none before END. */
bool scan_attr(struct text bytes, uint32_t *pos, uint32_t end, struct scan_attr *out);

/* Everything that must hold before a parser touches the bytes: UTF-8 said and kept, no NUL, no giant tag.  SKIPPED:
 * length of a byte order mark.  False, with a located message, where something does not. */
bool scan_before(struct sources *ss, uint32_t file, const struct limits *limits, uint32_t *skipped, struct errs *es);

enum fault {
    FAULT_OTHER,     /* message: what the parser says */
    FAULT_TAG,       /* something inside a start tag */
    FAULT_TWICE,     /* text1: an attribute that stands twice */
    FAULT_MISMATCH,  /* text1 is open, text2 is closed */
    FAULT_AMPERSAND, /* a bare & or an unknown entity */
    FAULT_ENDS,      /* the file ends too early */
    FAULT_EMPTY,
    FAULT_AFTER,     /* something stands behind the root element */
    FAULT_HYPHENS,   /* -- inside a comment */
    FAULT_COMMENT,   /* a comment that is not closed */
    FAULT_CDATA,
    FAULT_CHARACTER, /* a control character */
    FAULT_PREFIX     /* text1: a prefix without a namespace */
};

struct scan_fault {
    enum fault kind;
    uint32_t after;    /* the end of the last tag that was read */
    uint32_t pos;      /* where the parser stood */
    struct text text1, text2, message;
    struct text open;  /* the innermost open element, empty where there is none */
    uint32_t open_at;
    bool seen;         /* an element has begun */
};

/* Says in an author's words what is not well-formed, at the place where it went wrong. */
void scan_explain(struct sources *ss, uint32_t file, const struct scan_fault *f, struct errs *es);

#endif
