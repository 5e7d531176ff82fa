/* doc_html.c -- a report as one HTML file: no script, nothing fetched, good on paper.
 *
 * Foreign text goes through html_text, and only between tags; figures are drawn by us, and so escaped already.  The policy
 * in the head forbids everything else, should an escape ever be missing. */
#include "report/doc.h"

#include "base/html.h"

struct writer {
    const struct doc_look *look;
    struct arena a;
    struct buf *out;
    enum doc_kind open; /* what is open around blocks of one kind; 0: nothing */
    bool section;
};

static const char STYLE[] =
    "@page{size:A4;margin:9mm 13mm}\n"
    "body{font:15px/1.55 Georgia,\"Liberation Serif\",\"Noto Serif\",serif;color:#222;background:#fff;max-width:46rem;margin:2rem auto;padding:0 "
    "1rem}\n"
    ":lang(zh){font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif}\n"
    "h1{font-size:1.6em;line-height:1.25;margin:0}\n"
    "h2{font-size:1.12em;margin:1.4em 0 .5em;padding-bottom:.15em;border-bottom:1px solid #bbb}\n"
    "h3{font-size:1em;margin:1em 0 .3em}\n"
    "h3 span{display:inline-block;min-width:1em;padding:0 .35em;margin-right:.5em;text-align:center;color:#fff;background:#345;"
    "border-radius:.8em;-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    "p,ul,blockquote{margin:.35em 0}ul{padding-left:1.3em}\n"
    ".quiet{color:#555;font-size:.92em}\n"
    "blockquote{padding-left:.8em;border-left:3px solid #9ab}\n"
    "blockquote p{margin:.15em 0}\n"
    ".who{color:#456}\n"
    ".you{font-weight:bold}\n"
    "table{border-collapse:collapse;width:100%;margin:.6em 0;font-size:.93em;line-height:1.4}\n"
    "th,td{text-align:left;vertical-align:top;padding:.35em .5em;border-bottom:1px solid #ccc}\n"
    "th{color:#456;font-weight:normal;border-bottom:1px solid #888}\n"
    "dl{display:grid;grid-template-columns:1fr 1fr;gap:.3em 1.5em;margin:.3em 0}dl div:last-child{grid-column:1/3}\n"
    "dt{font-weight:bold}dd{margin:0}\n"
    "dd.line{border-bottom:1px dotted #777;height:1.5em}\n"
    "svg{width:100%;height:auto;margin-top:.6em;font-size:12px;fill:#444}\n"
    ".axis{stroke:#999;stroke-width:1}.road{fill:none;stroke:#bcd;stroke-width:1.5}\n"
    ".up{fill:#2a6f57}.down{fill:#a33f2f}.even{fill:#fff;stroke:#777;stroke-width:1.5}\n"
    ".ring{fill:#fff;stroke:#345;stroke-width:1.5}.turned{font-weight:bold;fill:#000}\n"
    "footer{margin-top:1.6em;padding-top:.5em;border-top:1px solid #bbb;color:#555;font-size:.88em}\n"
    ".large{font-size:19px}\n"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:8.8pt;line-height:1.3}h1{font-size:1.4em}"
    "h2{margin:.5em 0 .15em}h3{margin:.4em 0 .15em}"
    "p,ul,li{margin:.1em 0}dd.line{height:1.2em}"
    "svg{max-height:19mm;margin-top:.3em;font-size:15px}table{margin:.25em 0}td,th{padding:.15em .4em}footer{margin-top:.4em;padding-top:.2em}"
    ".large{font-size:12.5pt;line-height:1.45}.sheet{break-before:page}h2,h3{break-after:avoid}tr,blockquote,dl,svg{break-inside:avoid}}\n";

static void put(struct writer *w, const char *open, struct text t, const char *close)
{
    if (!t.len)
        return;
    buf_str(w->out, open);
    html_text(w->out, t);
    buf_str(w->out, close);
}

static void label(struct writer *w, const char *open, struct text label, const char *close)
{
    if (label.len)
        put(w, open, doc_label(w->look, &w->a, label), close);
}

static void cells(struct writer *w, const char *open, const struct doc_block *b, const char *close)
{
    buf_str(w->out, "<tr>");
    for (uint32_t i = 0; i < b->n_cells; i++) {
        buf_str(w->out, open);
        html_text(w->out, b->cells[i]);
        buf_str(w->out, close);
    }
    buf_str(w->out, "</tr>");
}

/* ---- what stands around blocks of one kind ---- */

static enum doc_kind around(enum doc_kind kind)
{
    switch (kind) {
    case DOC_QUOTE:
    case DOC_ITEM:
    case DOC_LINE: return kind;
    case DOC_TABLE:
    case DOC_ROW: return DOC_TABLE;
    default: return 0;
    }
}

static void close_open(struct writer *w, const struct doc_block *next)
{
    enum doc_kind wanted = next ? around(next->kind) : 0;
    if (w->open && (wanted != w->open || (next && next->kind == DOC_TABLE)))
        buf_str(w->out, w->open == DOC_QUOTE  ? "</blockquote>\n"
                        : w->open == DOC_ITEM ? "</ul>\n"
                        : w->open == DOC_LINE ? "</dl>\n"
                                              : "</tbody></table>\n");
    else if (w->open)
        return;
    w->open = wanted;
    if (wanted == DOC_QUOTE)
        buf_str(w->out, "<blockquote>\n");
    else if (wanted == DOC_ITEM)
        buf_str(w->out, "<ul>\n");
    else if (wanted == DOC_LINE)
        buf_str(w->out, "<dl>\n");
    else if (wanted == DOC_TABLE)
        buf_str(w->out, "<table>");
}

/* A moment and what belongs to it are kept together. */
static void section(struct writer *w, bool begin)
{
    if (w->section)
        buf_str(w->out, "</section>\n");
    w->section = begin;
    if (begin)
        buf_str(w->out, "<section class=\"turn\">\n");
}

/* ---- blocks ---- */

static void put_moment(struct writer *w, const struct doc_block *b)
{
    section(w, true);
    buf_str(w->out, "<h3>");
    if (b->number)
        buf_printf(w->out, "<span>%u</span>", b->number);
    put(w, "", b->words, "");
    buf_str(w->out, "</h3>\n");
}

static void put_table(struct writer *w, const struct doc_block *b)
{
    buf_str(w->out, "<thead>");
    cells(w, "<th scope=\"col\">", b, "</th>");
    buf_str(w->out, "</thead>\n<tbody>\n");
}

static void put_line(struct writer *w, const struct doc_block *b)
{
    put(w, "<div><dt>", b->label, "</dt>");
    if (b->words.len)
        put(w, "<dd>", b->words, "</dd></div>\n");
    else
        buf_str(w->out, "<dd class=\"line\"></dd></div>\n");
}

static void put_block(struct writer *w, const struct doc_block *b)
{
    switch (b->kind) {
    case DOC_TITLE: put(w, "<h1>", b->words, "</h1>\n"); break;
    case DOC_QUIET: put(w, "<p class=\"quiet\">", b->words, "</p>\n"); break;
    case DOC_HEADING:
        section(w, false);
        put(w, "<h2>", b->words, "</h2>\n");
        break;
    case DOC_MOMENT: put_moment(w, b); break;
    case DOC_PARAGRAPH:
        buf_str(w->out, "<p>");
        label(w, "<b>", b->label, "</b> ");
        put(w, "", b->words, "</p>\n");
        break;
    case DOC_QUOTE:
        buf_str(w->out, b->strong ? "<p class=\"you\">" : "<p>");
        label(w, "<span class=\"who\">", b->label, "</span> ");
        put(w, "", b->words, "</p>\n");
        break;
    case DOC_ITEM:
        buf_str(w->out, "<li>");
        label(w, "<b>", b->label, "</b> ");
        put(w, "", b->words, "</li>\n");
        break;
    case DOC_TABLE: put_table(w, b); break;
    case DOC_ROW:
        cells(w, "<td>", b, "</td>");
        buf_char(w->out, '\n');
        break;
    case DOC_LINE: put_line(w, b); break;
    case DOC_FIGURE: buf_text(w->out, b->figure); break;
    case DOC_BLANK: break;
    case DOC_SHEET:
        section(w, false);
        buf_str(w->out, "<div class=\"sheet\"></div>\n");
        break;
    case DOC_FOOTER:
        section(w, false);
        put(w, "<footer>", b->words, "</footer>\n");
        break;
    }
}

static struct text title_of(const struct doc *d)
{
    for (uint32_t i = 0; i < d->n; i++)
        if (d->v[i].kind == DOC_TITLE && d->v[i].words.len)
            return d->v[i].words;
    return TEXT("Rehearse");
}

static void put_head(struct writer *w, const struct doc *d)
{
    struct text lang = w->look->lang.len ? w->look->lang : text_of(words_tag(w->look->words));
    put(w, "<!DOCTYPE html>\n<html lang=\"", lang, "\">\n");
    buf_str(w->out, "<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n");
    put(w, "<title>", title_of(d), "</title>\n");
    buf_str(w->out, "<style>\n");
    buf_str(w->out, STYLE);
    buf_str(w->out, w->look->large ? "</style>\n</head>\n<body class=\"large\">\n" : "</style>\n</head>\n<body>\n");
}

void doc_html(const struct doc *d, const struct doc_look *look, struct buf *out)
{
    struct writer w = {.look = look, .out = out};
    put_head(&w, d);
    for (uint32_t i = 0; i < d->n; i++) {
        close_open(&w, &d->v[i]);
        put_block(&w, &d->v[i]);
    }
    close_open(&w, NULL);
    section(&w, false);
    buf_str(out, "</body>\n</html>\n");
    arena_done(&w.a);
}
