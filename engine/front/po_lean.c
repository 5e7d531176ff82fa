/* po_lean.c -- reads a PO file as the library's own lexer does, as far as texts in quotes and comments go.
 *
 * Must not know what an entry means. */
#include "front/po_lean.h"

#include <string.h>

enum { ENTRIES_MOST = 50000, FORMS_MOST = 100 };

struct counts {
    uint32_t entries, forms;
};

/* The text in quotes at the start of LINE: its end is behind the closing quote, or the end of the line. */
static size_t quoted(struct text line)
{
    size_t i = 1;
    while (i < line.len && line.at[i] != '"')
        i += line.at[i] == '\\' && i + 1 < line.len ? 2 : 1;
    return i < line.len ? i + 1 : line.len;
}

/* What is wrong in a line that was read, or NULL.  The library joins a line that ends in a backslash to the next: #\ and :
 * on two lines would be a reference. */
static const char *too_much(struct text line, const struct counts *n)
{
    if (n->forms > FORMS_MOST)
        return "too many plural forms";
    if (n->entries > ENTRIES_MOST)
        return "too many entries";
    return line.len > 0 && line.at[line.len - 1] == '\\' ? "a line ends in a backslash" : NULL;
}

/* What stays of the comment LINE, which begins with #.  Behind #~ and #| the entry itself goes on. */
static struct text comment(struct text line)
{
    char kind = line.len > 1 ? line.at[1] : ' ';
    if (kind == '~' || kind == '|')
        return text_from(line.at, 2);
    if (kind == ',')
        return memmem(line.at, line.len, "fuzzy", 5) ? TEXT("#, fuzzy") : (struct text){0};
    return strchr(":.=", kind) ? (struct text){0} : line;
}

static void line_take(struct text line, struct buf *out, struct counts *n)
{
    while (line.len > 0) {
        size_t used = 1;
        struct text kept = text_from(line.at, 1);
        if (*line.at == '"') {
            used = quoted(line);
            kept = text_from(line.at, used);
        } else if (*line.at == '#') {
            kept = comment(line);
            used = kept.len == 2 ? 2 : line.len;
        } else {
            n->entries += text_starts(line, "msgid");
            n->forms += *line.at == '[';
        }
        buf_text(out, kept);
        line = text_from(line.at + used, line.len - used);
    }
}

bool po_lean(struct text bytes, struct lean *out)
{
    struct counts n = {0};
    *out = (struct lean){0};
    uint32_t number = 0;
    for (struct text line; text_split(&bytes, '\n', &line);) {
        number++;
        line_take(line, &out->bytes, &n);
        buf_char(&out->bytes, '\n');
        out->bad_words = too_much(line, &n);
        if (out->bad_words) {
            out->bad_line = number;
            return false;
        }
    }
    return true;
}
