/* xml.h -- bytes to a flat list of elements with exact spans.  The only file that knows libxml2 is xml.c.
 *
 * What an XML parser must never do for a stranger's file (entities, DTDs, the network, unbounded depth) is refused
 * here with a located message. */
#ifndef SCENARIO_XML_H
#define SCENARIO_XML_H

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"

struct xml_range {
    uint32_t from, to; /* bytes of the file, half open */
};

struct xml_attr {
    struct text name, value;      /* name as written, prefix included; value decoded */
    struct xml_range name_at, at; /* at: of the value as written, without quotes */
};

/* A run of character data inside an element. */
struct xml_piece {
    struct text text;    /* decoded; not trimmed */
    struct xml_range at; /* as written; may hold comments and CDATA brackets */
    uint32_t before;     /* the child element that follows it; 0: none follows */
};

struct xml_element {
    struct text name;                        /* local name */
    bool foreign;                            /* of another namespace than the format's, or of none */
    uint32_t parent, next, first_child, last_child; /* indices; 0: none */
    uint32_t first_attr, n_attrs;
    uint32_t first_piece, n_pieces;          /* pieces of one element follow one another */
    struct xml_range at;                     /* the whole start tag, from '<' to behind '>' */
    uint32_t inside_to;                      /* where the end tag begins; the inside begins at at.to */
};

struct xml {
    uint32_t file;
    struct xml_element *elements; /* [1] is the root; in document order */
    struct xml_attr *attrs;
    struct xml_piece *pieces;
    uint32_t n_elements, n_attrs, n_pieces;
};

/* Once a process: libxml2 opens nothing and reads no catalogue from here on. */
void xml_warm(void);

/* Parses file number FILE of SS.  Names and texts point into the file's bytes where they stand there as they are, else
 * into A.  False where the document is not well-formed or breaks a limit; what was read up to there is still in OUT,
 * so that more can be said about it.  xml_done frees the lists. */
bool xml_parse(struct sources *ss, uint32_t file, const struct limits *limits, struct arena *a, struct xml *out,
               struct errs *es);
void xml_done(struct xml *x);

/* In RAW, the written form of a text or attribute value, the offset at which the byte DECODED of its decoded form
 * begins (entities, character references, CDATA brackets and comments counted). */
uint32_t xml_raw_offset(struct text raw, uint32_t decoded);

#endif
