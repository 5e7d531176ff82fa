/* xml.h -- bytes to a flat list of elements with exact spans.  The only file that knows libxml2.
 *
 * What an XML parser must never do for a stranger's file (entities, DTDs, the network, unbounded depth) is refused
 * here with a located message. */
#ifndef SCENARIO_XML_H
#define SCENARIO_XML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"

struct xml_attr {
    struct text name, value; /* value decoded */
    struct span name_at;
    struct span at;          /* of the value as written, without quotes */
};

struct xml_piece {           /* a run of character data inside an element, in document order with its children */
    struct text text;        /* decoded; not trimmed */
    struct span at;
    uint32_t before;         /* index of the child element that follows it; 0: none follows */
};

struct xml_element {
    struct text name;
    bool foreign;            /* of another namespace */
    uint32_t parent, next, first_child, last_child; /* indices; 0: none */
    uint32_t first_attr, n_attrs;
    uint32_t first_piece, n_pieces;
    struct span at;          /* the whole start tag, from '<' to '>' */
    struct span name_at;
    struct span inside;      /* from behind the start tag to before the end tag */
};

struct xml {
    struct xml_element *elements; /* [1] is the root; in document order */
    struct xml_attr *attrs;
    struct xml_piece *pieces;
    uint32_t n_elements, n_attrs, n_pieces;
};

/* Parses file number FILE of SS.  Memory of the result is in A.  False where the document is not well-formed or breaks
 * a limit; what was read up to there is still in OUT, so that more can be said about it. */
bool xml_parse(struct sources *ss, uint32_t file, const struct limits *limits, struct arena *a, struct xml *out,
               struct errs *es);

/* In RAW, the written form of a text or attribute value, the offset at which the byte DECODED of its decoded form
 * begins (entities, character references, CDATA brackets and comments counted). */
uint32_t xml_raw_offset(struct text raw, uint32_t decoded);

#endif
