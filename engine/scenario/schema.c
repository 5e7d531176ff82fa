/* schema.c -- the RELAX NG schema that editors follow, written from the table.
 *
 * XML syntax, because xmllint, jing and the editors our authors use all read it; one definition an element, each with
 * its sentence of documentation.  It says what stands where and which values are written how; what an id must name is
 * the checker's.  RELAX NG cannot bound a repetition, so "at most four" is four nested optional parts. */
#include "scenario/schema.h"

#include <string.h>

#include "scenario/table.h"

/* What the loader's tests of values accept, as regular expressions of XML Schema. */
#define PATTERN_ID "[A-Za-z0-9_\\-]{1,64}"
#define PATTERN_FACT_ID "[A-Za-z_][A-Za-z0-9_]{0,31}"
#define PATTERN_TAG "[A-Za-z0-9_\\-]+:[A-Za-z0-9:_\\-]+"
#define PATTERN_LANG "[A-Za-z0-9]{2,3}(-([A-Za-z0-9\\-]{0,31}[A-Za-z0-9]))?"
#define PATTERN_SURVEY "before|after|weeks:([1-9]|[1-4][0-9]|5[0-2])"
#define PATH_PART "(\\.*[A-Za-z0-9_\\-][A-Za-z0-9._\\-]*|\\.\\.\\.+)"
#define PATTERN_PATH PATH_PART "(/" PATH_PART ")*"

static const char *const codes[EL_COUNT] = {
#define ELEMENT(code) [EL_##code] = #code,
#include "scenario/table.def"
#undef ELEMENT
};

/* A buffer with its indentation. */
struct out {
    struct buf *b;
    int depth;
};

static void line(struct out *o, const char *text)
{
    for (int i = 0; i < o->depth; i++)
        buf_str(o->b, "  ");
    buf_str(o->b, text);
    buf_char(o->b, '\n');
}

static void open_tag(struct out *o, const char *tag)
{
    line(o, tag);
    o->depth++;
}

static void close_tag(struct out *o, const char *tag)
{
    o->depth--;
    line(o, tag);
}

static void escaped(struct buf *b, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (*p == '&' || *p == '<')
            buf_str(b, *p == '&' ? "&amp;" : "&lt;");
        else
            buf_char(b, *p);
    }
}

/* One line: BEFORE, TEXT escaped, AFTER. */
static void around(struct out *o, const char *before, const char *text, const char *after)
{
    for (int i = 0; i < o->depth; i++)
        buf_str(o->b, "  ");
    buf_str(o->b, before);
    escaped(o->b, text);
    buf_str(o->b, after);
    buf_char(o->b, '\n');
}

static void document(struct out *o, const char *doc)
{
    around(o, "<a:documentation>", doc, "</a:documentation>");
}

void schema_name(enum element e, struct buf *out)
{
    for (const char *p = codes[e]; *p; p++)
        buf_char(out, (char)(*p == '_' ? '-' : *p + ('a' - 'A')));
}

static void refer(struct out *o, enum element e)
{
    struct buf name = {0};
    schema_name(e, &name);
    buf_char(&name, '\0');
    around(o, "<ref name=\"", name.at, "\"/>");
    buf_done(&name);
}

/* ---- values ---- */

static void words_choice(struct out *o, const char *words)
{
    struct text rest = text_of(words), word;
    open_tag(o, "<choice>");
    while (text_word(&rest, &word)) {
        struct buf copy = {0};
        buf_text(&copy, word);
        buf_char(&copy, '\0');
        around(o, "<value type=\"string\">", copy.at, "</value>");
        buf_done(&copy);
    }
    close_tag(o, "</choice>");
}

static void pattern(struct out *o, const char *regex)
{
    around(o, "<data type=\"string\"><param name=\"pattern\">", regex, "</param></data>");
}

static void whole_number(struct out *o, const struct attr_row *a)
{
    struct buf text = {0};
    buf_printf(&text,
               "<data type=\"integer\"><param name=\"minInclusive\">%d</param>"
               "<param name=\"maxInclusive\">%d</param></data>",
               a->lo, a->hi);
    buf_char(&text, '\0');
    line(o, text.at);
    buf_done(&text);
}

/* "1" or "0..2", each of LO to HI, which are single digits here. */
static void number_range(struct out *o, const struct attr_row *a)
{
    struct buf one = {0}, regex = {0};
    for (int n = a->lo; n <= a->hi; n++)
        buf_printf(&one, "%s%d", n > a->lo ? "|" : "", n);
    buf_printf(&regex, "(%.*s)(\\.\\.(%.*s))?", (int)one.len, one.at, (int)one.len, one.at);
    buf_char(&regex, '\0');
    pattern(o, regex.at);
    buf_done(&one);
    buf_done(&regex);
}

static void fact_id(struct out *o)
{
    open_tag(o, "<data type=\"string\">");
    line(o, "<param name=\"pattern\">" PATTERN_FACT_ID "</param>");
    open_tag(o, "<except>");
    words_choice(o, SCHEMA_LUA_WORDS);
    close_tag(o, "</except>");
    close_tag(o, "</data>");
}

/* At least two names with blanks between. */
static void names(struct out *o)
{
    open_tag(o, "<list>");
    pattern(o, PATTERN_ID);
    open_tag(o, "<oneOrMore>");
    pattern(o, PATTERN_ID);
    close_tag(o, "</oneOrMore>");
    close_tag(o, "</list>");
}

static void word_list(struct out *o, const char *words)
{
    open_tag(o, "<list>");
    open_tag(o, "<zeroOrMore>");
    words_choice(o, words);
    close_tag(o, "</zeroOrMore>");
    close_tag(o, "</list>");
}

static void value_of(struct out *o, const struct attr_row *a)
{
    switch (a->type) {
    case TYPE_ID: pattern(o, PATTERN_ID); break;
    case TYPE_FACT_ID: fact_id(o); break;
    case TYPE_TAG: pattern(o, PATTERN_TAG); break;
    case TYPE_INT: whole_number(o, a); break;
    case TYPE_RANGE: number_range(o, a); break;
    case TYPE_BOOL: words_choice(o, "yes no"); break;
    case TYPE_ENUM: words_choice(o, a->values); break;
    case TYPE_LIST: word_list(o, a->values); break;
    case TYPE_NAMES: names(o); break;
    case TYPE_PATH: pattern(o, PATTERN_PATH); break;
    case TYPE_LANG: pattern(o, PATTERN_LANG); break;
    case TYPE_SURVEY: pattern(o, PATTERN_SURVEY); break;
    case TYPE_REF:
    case TYPE_REFS:
    case TYPE_TEXT:
    case TYPE_PLAIN:
    case TYPE_WHEN:
    case TYPE_VALUE: line(o, "<data type=\"token\"><param name=\"minLength\">1</param></data>"); break;
    }
}

static void attribute(struct out *o, const struct attr_row *a)
{
    if (!a->required)
        open_tag(o, "<optional>");
    around(o, "<attribute name=\"", a->name, "\">");
    o->depth++;
    document(o, a->doc);
    value_of(o, a);
    close_tag(o, "</attribute>");
    if (!a->required)
        close_tag(o, "</optional>");
}

/* ---- children ---- */

/* From FIRST to MAX times; MAX 0: without bound. */
static void repeated(struct out *o, enum element e, int first, int max)
{
    if (max == 0) {
        open_tag(o, first ? "<oneOrMore>" : "<zeroOrMore>");
        refer(o, e);
        close_tag(o, first ? "</oneOrMore>" : "</zeroOrMore>");
        return;
    }
    if (first)
        open_tag(o, "<group>");
    for (int i = 0; i < max; i++) {
        if (i >= first)
            open_tag(o, "<optional>");
        refer(o, e);
    }
    for (int i = first; i < max; i++)
        close_tag(o, "</optional>");
    if (first)
        close_tag(o, "</group>");
}

/* Those that may stand any number of times, in one choice. */
static void any_of(struct out *o, const struct child_row *children)
{
    bool some = false;
    for (const struct child_row *c = children; c->child; c++)
        some |= c->times == TIMES_ANY && !c->max;
    if (!some)
        return;
    open_tag(o, "<zeroOrMore>");
    open_tag(o, "<choice>");
    for (const struct child_row *c = children; c->child; c++)
        if (c->times == TIMES_ANY && !c->max)
            refer(o, c->child);
    close_tag(o, "</choice>");
    close_tag(o, "</zeroOrMore>");
}

static void counted(struct out *o, const struct child_row *children)
{
    for (const struct child_row *c = children; c->child; c++) {
        if (c->times == TIMES_ANY && !c->max)
            continue;
        if (c->times == TIMES_ONE)
            refer(o, c->child);
        else
            repeated(o, c->child, c->times == TIMES_SOME, c->times == TIMES_MAYBE ? 1 : c->max);
    }
}

static void paragraphs(struct out *o, const struct element_row *row)
{
    open_tag(o, "<choice>");
    repeated(o, EL_P, 1, 0);
    open_tag(o, "<mixed>");
    any_of(o, row->children + 1);
    close_tag(o, "</mixed>");
    close_tag(o, "</choice>");
}

static void content(struct out *o, const struct element_row *row)
{
    switch (row->content) {
    case CONTENT_NONE: line(o, "<empty/>"); break;
    case CONTENT_CHILDREN:
        open_tag(o, "<interleave>");
        counted(o, row->children);
        any_of(o, row->children);
        close_tag(o, "</interleave>");
        break;
    case CONTENT_MIXED:
        if (row->children->child == EL_P) { /* a lesson is paragraphs, or is one */
            paragraphs(o, row);
            break;
        }
        open_tag(o, "<mixed>");
        any_of(o, row->children);
        close_tag(o, "</mixed>");
        break;
    case CONTENT_TEXT:
        open_tag(o, "<mixed>");
        any_of(o, row->children);
        close_tag(o, "</mixed>");
        break;
    case CONTENT_PLAIN:
    case CONTENT_SCRIPT: line(o, "<text/>"); break;
    case CONTENT_MARK: line(o, row->attrs->name ? "<empty/>" : "<text/>"); break;
    }
}

/* What editors put into the first element for themselves: xml:base, xsi:schemaLocation. */
static void editors_attributes(struct out *o)
{
    open_tag(o, "<zeroOrMore>");
    open_tag(o, "<attribute>");
    open_tag(o, "<choice>");
    open_tag(o, "<nsName ns=\"http://www.w3.org/XML/1998/namespace\">");
    line(o, "<except><name ns=\"http://www.w3.org/XML/1998/namespace\">lang</name></except>");
    close_tag(o, "</nsName>");
    line(o, "<nsName ns=\"http://www.w3.org/2001/XMLSchema-instance\"/>");
    close_tag(o, "</choice>");
    close_tag(o, "</attribute>");
    close_tag(o, "</zeroOrMore>");
}

static void element(struct out *o, enum element e)
{
    const struct element_row *row = element_row(e);
    struct buf name = {0};
    schema_name(e, &name);
    buf_char(&name, '\0');
    around(o, "<define name=\"", name.at, "\">");
    buf_done(&name);
    o->depth++;
    around(o, "<element name=\"", row->name, "\">");
    o->depth++;
    document(o, row->doc);
    for (const struct attr_row *a = row->attrs; a->name; a++)
        attribute(o, a);
    if (e == EL_SCENARIO || e == EL_LOCAL || e == EL_RUBRIC)
        editors_attributes(o);
    content(o, row);
    close_tag(o, "</element>");
    close_tag(o, "</define>");
}

void rehearse_schema(struct buf *out)
{
    struct out o = {out, 0};
    line(&o, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    line(&o, "<!-- Made from engine/scenario/table.c by `make schema`. -->");
    line(&o, "<grammar xmlns=\"http://relaxng.org/ns/structure/1.0\"");
    line(&o, "         xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\"");
    line(&o, "         datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\"");
    line(&o, "         ns=\"" SCENARIO_NAMESPACE "\">");
    o.depth++;
    open_tag(&o, "<start>");
    open_tag(&o, "<choice>");
    refer(&o, EL_SCENARIO);
    refer(&o, EL_LOCAL);
    refer(&o, EL_RUBRIC);
    close_tag(&o, "</choice>");
    close_tag(&o, "</start>");
    for (enum element e = EL_NONE + 1; e < EL_COUNT; e++)
        element(&o, e);
    close_tag(&o, "</grammar>");
}
