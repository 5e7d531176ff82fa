/* reference.c -- the reference of elements in docs/format.md, written from the table.
 *
 * One heading an element, in the order of the table, so that it reads like a scenario: where it stands, what it holds,
 * its attributes.  Markdown; the prose around it is written by hand. */
#include "scenario/schema.h"

static void code_word(struct buf *b, const char *word)
{
    buf_char(b, '`');
    buf_str(b, word);
    buf_char(b, '`');
}

static void link_to(struct buf *b, enum element e)
{
    buf_str(b, "[`");
    buf_str(b, element_row(e)->name);
    buf_str(b, "`](#");
    schema_name(e, b);
    buf_char(b, ')');
}

static void words(struct buf *b, const char *list)
{
    struct text rest = text_of(list), word;
    for (bool first = true; text_word(&rest, &word); first = false) {
        if (!first)
            buf_str(b, ", ");
        buf_char(b, '`');
        buf_text(b, word);
        buf_char(b, '`');
    }
}

/* What may be written as the value. */
static void value(struct buf *b, const struct attr_row *a)
{
    switch (a->type) {
    case TYPE_ID: buf_str(b, "an id of letters, digits, `_`, `-`; up to 64"); break;
    case TYPE_FACT_ID: buf_str(b, "a name of letters, digits, `_`, up to 32, not beginning with a digit; no Lua word"); break;
    case TYPE_TAG: buf_str(b, "a move's tag such as `listen:clarify`"); break;
    case TYPE_REF: buf_printf(b, "the id of a %s", a->values); break;
    case TYPE_REFS: buf_printf(b, "ids of %ss with blanks between", a->values); break;
    case TYPE_TEXT: buf_str(b, "words, translated"); break;
    case TYPE_PLAIN: buf_str(b, "words, not translated"); break;
    case TYPE_INT: buf_printf(b, "a whole number, %d to %d", a->lo, a->hi); break;
    case TYPE_RANGE: buf_printf(b, "a number or a range such as `0..2`, %d to %d", a->lo, a->hi); break;
    case TYPE_BOOL: words(b, "yes no"); break;
    case TYPE_ENUM: words(b, a->values); break;
    case TYPE_LIST: buf_str(b, "some of "), words(b, a->values); break;
    case TYPE_NAMES: buf_str(b, "names with blanks between"); break;
    case TYPE_WHEN: buf_str(b, "a condition"); break;
    case TYPE_PATH: buf_str(b, "a file in the scenario's folder"); break;
    case TYPE_LANG: buf_str(b, "a language tag"); break;
    case TYPE_VALUE: buf_str(b, "a number, `yes`, `no`, or a name"); break;
    case TYPE_SURVEY: buf_str(b, "`before`, `after` or `weeks:6`"); break;
    }
}

static void attributes(struct buf *b, const struct element_row *row)
{
    if (!row->attrs->name)
        return;
    buf_str(b, "\n| attribute | value | |\n|---|---|---|\n");
    for (const struct attr_row *a = row->attrs; a->name; a++) {
        buf_str(b, "| ");
        code_word(b, a->name);
        buf_str(b, a->required ? ", required" : "");
        buf_str(b, " | ");
        value(b, a);
        if (a->standard) {
            buf_str(b, "; ");
            code_word(b, a->standard);
            buf_str(b, " if not written");
        }
        buf_str(b, " | ");
        for (const char *p = a->doc; *p; p++) {
            buf_str(b, *p == '|' ? "\\" : "");
            buf_char(b, *p);
        }
        buf_str(b, " |\n");
    }
}

static bool holds(const struct element_row *row, enum element child)
{
    for (const struct child_row *c = row->children; c->child; c++)
        if (c->child == child)
            return true;
    return false;
}

static void stands_in(struct buf *b, enum element e)
{
    bool any = false;
    for (enum element p = EL_NONE + 1; p < EL_COUNT; p++) {
        if (!holds(element_row(p), e))
            continue;
        buf_str(b, any ? ", " : "In ");
        link_to(b, p);
        any = true;
    }
    buf_str(b, any ? ". " : "The outermost element of a file. ");
}

static void count(struct buf *b, const struct child_row *c)
{
    switch ((enum times)c->times) {
    case TIMES_ANY: c->max ? buf_printf(b, " (up to %u)", c->max) : (void)0; break;
    case TIMES_ONE: buf_str(b, " (one)"); break;
    case TIMES_MAYBE: buf_str(b, " (at most one)"); break;
    case TIMES_SOME: c->max ? buf_printf(b, " (1 to %u)", c->max) : buf_str(b, " (at least one)"); break;
    }
}

static void contains(struct buf *b, const struct element_row *row)
{
    switch (row->content) {
    case CONTENT_NONE: buf_str(b, "Empty."); return;
    case CONTENT_TEXT: buf_str(b, "Holds text, with inline marks."); return;
    case CONTENT_PLAIN: buf_str(b, "Holds text that is not translated."); return;
    case CONTENT_SCRIPT: buf_str(b, "Holds Lua."); return;
    case CONTENT_MARK: buf_str(b, row->attrs->name ? "Empty." : "Holds text."); return;
    case CONTENT_MIXED: buf_str(b, "Holds text with inline marks, or: "); break;
    case CONTENT_CHILDREN: buf_str(b, "Holds, in any order: "); break;
    }
    bool any = false;
    for (const struct child_row *c = row->children; c->child; c++) {
        if (row->content == CONTENT_MIXED && element_row(c->child)->content == CONTENT_MARK)
            continue;
        buf_str(b, any ? ", " : "");
        link_to(b, c->child);
        count(b, c);
        any = true;
    }
    buf_char(b, '.');
}

static void element(struct buf *b, enum element e)
{
    const struct element_row *row = element_row(e);
    buf_str(b, "\n<a id=\"");
    schema_name(e, b);
    buf_str(b, "\"></a>\n### `");
    buf_str(b, row->name);
    buf_str(b, "`\n\n");
    buf_str(b, row->doc);
    buf_str(b, " ");
    stands_in(b, e);
    contains(b, row);
    buf_str(b, "\n");
    attributes(b, row);
    if (row->example) {
        buf_str(b, "\n```xml\n");
        buf_str(b, row->example);
        buf_str(b, "\n```\n");
    }
}

void rehearse_format_doc(struct buf *out)
{
    for (enum element e = EL_NONE + 1; e < EL_COUNT; e++)
        element(out, e);
}
