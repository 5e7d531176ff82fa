/* xml.c -- reads XML with libxml2's push parser and keeps where everything stood.
 *
 * The DOM loses columns and the pull reader looks ahead; the push parser knows at each callback how many bytes it has
 * consumed, and a start tag begins at the last '<' before that, since a raw '<' cannot stand inside a tag.  Everything
 * libxml2 could do beyond that -- entities, DTDs, other encodings, files -- is refused before or at its callback.
 * Knows the namespace of the format, but none of its elements. */
#include "scenario/xml.h"

#include "scenario/table.h"
#include "scenario/xml_scan.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/catalog.h>
#include <libxml/xmlerror.h>
#include <string.h>
#include <stdlib.h>

enum { CHUNK = 64 << 10 };

struct reading {
    struct sources *ss;
    const struct limits *limits;
    struct arena *arena;
    struct errs *es;
    struct xml *out;
    xmlParserCtxtPtr ctxt;
    struct text bytes;     /* the whole file */
    uint32_t skipped;      /* bytes of a byte order mark, which libxml2 never sees */
    uint32_t open;         /* the element being read; 0: outside the root */
    uint32_t depth;
    uint32_t cap_elements, cap_attrs, cap_pieces;
    struct buf chars;      /* character data since the last tag, decoded */
    uint32_t chars_from;   /* where that data begins */
    bool model_seen, failed;
};

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url, (void)id, (void)ctxt;
    return NULL;
}

static void say_nothing(void *self, const char *format, ...)
{
    (void)self, (void)format;
}

void xml_warm(void)
{
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xmlSetExternalEntityLoader(load_nothing);
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
}

static struct span span_at(const struct reading *r, uint32_t from, uint32_t to)
{
    return (struct span){r->out->file, from, to};
}

static void refuse(struct reading *r, enum msg code, struct span at, struct text arg)
{
    errs_add(r->es, code, at, arg, (struct text){0}, (struct text){0});
    r->failed = true;
    xmlStopParser(r->ctxt);
}

static uint32_t consumed(const struct reading *r)
{
    long n = xmlByteConsumed(r->ctxt);
    uint32_t at = n < 0 ? 0 : (uint32_t)n + r->skipped;
    return at > r->bytes.len ? (uint32_t)r->bytes.len : at;
}

/* The '<' that opens the tag ending at END. */
static uint32_t tag_begin(const struct reading *r, uint32_t end)
{
    while (end > 0 && r->bytes.at[end - 1] != '<')
        end--;
    return end ? end - 1 : 0;
}

/* ---- character data ----------------------------------------------------------------------------------------------- */

static bool blank(struct text t)
{
    return text_trim(t).len == 0;
}

/* Blanks between two inline marks are words' blanks; all other white space between tags is layout. */
static bool keeps_blanks(const struct reading *r)
{
    const struct xml_element *e = &r->out->elements[r->open];
    if (!e->last_child)
        return false;
    struct text name = r->out->elements[e->last_child].name;
    return text_is(name, "em") || text_is(name, "term") || text_is(name, "value");
}

/* Takes the character data between the last tag and the one beginning at TO into the open element. */
static void piece_end(struct reading *r, uint32_t to)
{
    struct text raw = text_from(r->bytes.at + r->chars_from, to > r->chars_from ? to - r->chars_from : 0);
    struct text decoded = buf_view(&r->chars);
    bool plain = !memchr(raw.at, '<', raw.len) && !memchr(raw.at, '&', raw.len) && !memchr(raw.at, '\r', raw.len);
    if (r->open && decoded.len && (!blank(decoded) || keeps_blanks(r))) {
        struct xml *x = r->out;
        array_room(x->pieces, x->n_pieces, r->cap_pieces);
        x->pieces[x->n_pieces++] = (struct xml_piece){
            .text = plain ? raw : text_keep(r->arena, decoded), .at = {r->chars_from, to}, .before = r->open};
    }
    buf_reset(&r->chars);
}

static void on_characters(void *user, const xmlChar *at, int len)
{
    struct reading *r = user;
    buf_add(&r->chars, at, (size_t)len);
}

/* ---- tags --------------------------------------------------------------------------------------------------------- */

static struct text attr_value(struct reading *r, struct text raw, const xmlChar **a)
{
    if (!memchr(raw.at, '&', raw.len) && !memchr(raw.at, '\n', raw.len) && !memchr(raw.at, '\r', raw.len) &&
        !memchr(raw.at, '\t', raw.len))
        return raw;
    struct text given = text_from((const char *)a[3], (size_t)(a[4] - a[3]));
    char *to = arena_copy(r->arena, given.at, given.len);
    size_t n = 0;
    for (size_t i = 0; i < given.len; i++) { /* libxml2 hands over every & of a value as &#38; */
        to[n++] = given.at[i];
        i += given.at[i] == '&' ? 4 : 0;
    }
    return text_from(to, n);
}

/* The attributes as written stand in the same order as libxml2's list, which leaves out xmlns. */
static void add_attrs(struct reading *r, struct xml_element *e, uint32_t end, int n, const xmlChar **list)
{
    struct xml *x = r->out;
    uint32_t pos = e->at.from + 1;
    while (pos < end && !scan_space(r->bytes.at[pos]))
        pos++;
    e->first_attr = x->n_attrs;
    struct scan_attr found;
    for (int i = 0; i < n && scan_attr(r->bytes, &pos, end, &found);) {
        if (text_is(found.name, "xmlns") || text_starts(found.name, "xmlns:"))
            continue;
        array_room(x->attrs, x->n_attrs, r->cap_attrs);
        struct text raw = text_from(r->bytes.at + found.from, found.to - found.from);
        x->attrs[x->n_attrs++] = (struct xml_attr){.name = found.name,
                                                   .value = attr_value(r, raw, list + 5 * i),
                                                   .name_at = {found.name_from, found.name_from + (uint32_t)found.name.len},
                                                   .at = {found.from, found.to}};
        i++;
    }
    e->n_attrs = x->n_attrs - e->first_attr;
}

static void link_child(struct xml *x, uint32_t parent, uint32_t child)
{
    struct xml_element *p = &x->elements[parent];
    if (p->last_child)
        x->elements[p->last_child].next = child;
    else
        p->first_child = child;
    p->last_child = child;
}

static bool within_limits(struct reading *r, struct span at, int n_attrs, int n_ns)
{
    const struct limits *l = r->limits;
    if (r->out->n_elements >= l->elements)
        refuse(r, MSG_XML_ELEMENTS, at, (struct text){0});
    else if (r->depth >= l->depth)
        refuse(r, MSG_XML_DEPTH, at, (struct text){0});
    else if ((uint32_t)n_attrs > l->attributes || n_ns > 16)
        refuse(r, MSG_XML_ATTRIBUTES, at, (struct text){0});
    return !r->failed;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attrs, int n_standard, const xmlChar **attrs)
{
    struct reading *r = user;
    struct xml *x = r->out;
    (void)ns, (void)n_standard;
    uint32_t end = consumed(r), from = tag_begin(r, end);
    if (r->failed || !within_limits(r, span_at(r, from, end), n_attrs, n_ns))
        return;
    piece_end(r, from);
    array_room(x->elements, x->n_elements + 1, r->cap_elements);
    uint32_t i = ++x->n_elements;
    struct xml_element *e = &x->elements[i];
    size_t skip = prefix ? strlen((const char *)prefix) + 1 : 0;
    *e = (struct xml_element){.name = text_from(r->bytes.at + from + 1 + skip, strlen((const char *)name)),
                              .foreign = !uri || strcmp((const char *)uri, SCENARIO_NAMESPACE) != 0,
                              .parent = r->open,
                              .at = {from, end}};
    while (e->at.to < r->bytes.len && r->bytes.at[e->at.to - 1] != '>')
        e->at.to++;
    e->inside_to = e->at.to;
    add_attrs(r, e, end, n_attrs, attrs);
    if (r->open)
        link_child(x, r->open, i);
    r->open = i;
    r->depth++;
    r->chars_from = e->at.to;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reading *r = user;
    (void)name, (void)prefix, (void)uri;
    if (r->failed || !r->open)
        return;
    struct xml_element *e = &r->out->elements[r->open];
    uint32_t end = consumed(r), from = tag_begin(r, end);
    if (from <= e->at.from) /* <empty/> */
        from = end = e->at.to;
    else
        piece_end(r, from);
    e->inside_to = from;
    r->open = e->parent;
    r->depth--;
    r->chars_from = end;
}

/* ---- what is refused ---------------------------------------------------------------------------------------------- */

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    struct reading *r = user;
    (void)name, (void)external, (void)system;
    uint32_t end = consumed(r), from = tag_begin(r, end);
    refuse(r, MSG_XML_DOCTYPE, span_at(r, from, end), (struct text){0});
}

static void on_instruction(void *user, const xmlChar *target, const xmlChar *data)
{
    struct reading *r = user;
    (void)data;
    if (!r->open && r->out->n_elements == 0 && strcmp((const char *)target, "xml-model") == 0)
        return;
    uint32_t end = consumed(r), from = tag_begin(r, end);
    refuse(r, MSG_XML_INSTRUCTION, span_at(r, from, end), text_of((const char *)target));
}

static enum fault fault_of(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        return FAULT_MISMATCH;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        return FAULT_TWICE;
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
    case XML_ERR_ENTITYREF_NO_NAME:
    case XML_ERR_INVALID_CHARREF:
    case XML_ERR_INVALID_HEX_CHARREF:
    case XML_ERR_INVALID_DEC_CHARREF:
        return FAULT_AMPERSAND;
    case XML_ERR_DOCUMENT_END:
    case XML_ERR_TAG_NOT_FINISHED:
        return FAULT_ENDS;
    case XML_ERR_DOCUMENT_EMPTY:
        return FAULT_EMPTY;
    case XML_ERR_HYPHEN_IN_COMMENT:
        return FAULT_HYPHENS;
    case XML_ERR_COMMENT_NOT_FINISHED:
        return FAULT_COMMENT;
    case XML_ERR_CDATA_NOT_FINISHED:
        return FAULT_CDATA;
    case XML_ERR_INVALID_CHAR:
        return FAULT_CHARACTER;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        return FAULT_PREFIX;
    case XML_ERR_LT_IN_ATTRIBUTE:
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
    case XML_ERR_GT_REQUIRED:
    case XML_ERR_SPACE_REQUIRED:
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_LTSLASH_REQUIRED:
    case XML_ERR_INTERNAL_ERROR:
        return FAULT_TAG;
    default:
        return FAULT_OTHER;
    }
}

static void on_error(void *user, xmlErrorPtr e)
{
    struct reading *r = user;
    if (e->code == XML_ERR_NO_MEMORY)
        oom_handler(0);
    if (r->failed)
        return;
    r->failed = true;
    struct scan_fault fault = {.kind = fault_of(e->code),
                               .after = r->chars_from,
                               .pos = consumed(r),
                               .seen = r->out->n_elements > 0,
                               .text1 = text_of(e->str1),
                               .text2 = text_of(e->str2),
                               .message = text_trim(text_of(e->message))};
    if (fault.kind == FAULT_ENDS && !r->open && r->out->n_elements)
        fault.kind = FAULT_AFTER;
    if (r->open)
        fault.open = r->out->elements[r->open].name, fault.open_at = r->out->elements[r->open].at.from;
    scan_explain(r->ss, r->out->file, &fault, r->es);
}

static void parse_chunks(struct reading *r)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = sax.ignorableWhitespace = on_characters;
    sax.internalSubset = on_doctype;
    sax.processingInstruction = on_instruction;
    sax.serror = on_error;
    r->ctxt = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (!r->ctxt)
        oom_handler(sizeof sax);
    xmlCtxtUseOptions(r->ctxt, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    for (size_t at = r->skipped; at < r->bytes.len && !r->failed; at += CHUNK) {
        size_t n = r->bytes.len - at < CHUNK ? r->bytes.len - at : CHUNK;
        xmlParseChunk(r->ctxt, r->bytes.at + at, (int)n, 0);
    }
    if (!r->failed)
        xmlParseChunk(r->ctxt, NULL, 0, 1);
    if (!r->ctxt->wellFormed && !r->failed)
        on_error(r, &(xmlError){.code = XML_ERR_DOCUMENT_END, .line = 1});
    xmlFreeParserCtxt(r->ctxt);
}

/* Pieces were added as they ended, so a parent's stand among its children's; the lists of each element are made
 * contiguous by a counting sort, and `before` becomes the child that follows. */
static void order_pieces(struct xml *x)
{
    if (!x->n_pieces)
        return;
    struct xml_piece *sorted = mem_new(x->n_pieces * sizeof *sorted);
    for (uint32_t i = 0; i < x->n_pieces; i++)
        x->elements[x->pieces[i].before].n_pieces++;
    uint32_t at = 0;
    for (uint32_t i = 1; i <= x->n_elements; i++) {
        x->elements[i].first_piece = at;
        at += x->elements[i].n_pieces;
        x->elements[i].n_pieces = 0;
    }
    for (uint32_t i = 0; i < x->n_pieces; i++) {
        struct xml_element *e = &x->elements[x->pieces[i].before];
        sorted[e->first_piece + e->n_pieces++] = x->pieces[i];
    }
    for (uint32_t i = 1; i <= x->n_elements; i++) {
        const struct xml_element *e = &x->elements[i];
        uint32_t child = e->first_child;
        for (uint32_t k = 0; k < e->n_pieces; k++) {
            struct xml_piece *p = &sorted[e->first_piece + k];
            while (child && x->elements[child].at.from < p->at.to)
                child = x->elements[child].next;
            p->before = child;
        }
    }
    free(x->pieces);
    x->pieces = sorted;
}

bool xml_parse(struct sources *ss, uint32_t file, const struct limits *limits, struct arena *a, struct xml *out,
               struct errs *es)
{
    struct reading r = {.ss = ss, .limits = limits, .arena = a, .es = es, .out = out, .bytes = ss->v[file].bytes};
    *out = (struct xml){.file = file};
    array_room(out->elements, out->n_elements, r.cap_elements);
    out->elements[0] = (struct xml_element){0};
    if (!scan_before(ss, file, limits, &r.skipped, es))
        return false;
    r.chars_from = r.skipped;
    parse_chunks(&r);
    buf_done(&r.chars);
    order_pieces(out);
    return !r.failed;
}

void xml_done(struct xml *x)
{
    free(x->elements);
    free(x->attrs);
    free(x->pieces);
    *x = (struct xml){0};
}
