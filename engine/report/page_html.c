/* page_html.c -- the page as one HTML file: no script, nothing fetched, good on paper.
 *
 * Foreign text goes through html_text, and only between tags or into a quoted title; the style is ours alone.  The
 * policy in the head forbids everything else, should an escape ever be missing. */
#include "report/page.h"

#include "base/html.h"

struct writer {
    const struct page *p;
    struct arena a;
    struct buf *out;
};

static const char STYLE[] =
    "@page{size:A4;margin:10mm 14mm}\n"
    "body{font:15px/1.55 Georgia,\"Liberation Serif\",\"Noto Serif\",serif;color:#222;background:#fff;max-width:46rem;margin:2rem auto;padding:0 "
    "1rem}\n"
    ":lang(zh){font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif}\n"
    "h1{font-size:1.6em;line-height:1.25;margin:0}\n"
    "h2{font-size:1.12em;margin:1.4em 0 .5em;padding-bottom:.15em;border-bottom:1px solid #bbb}\n"
    "h3{font-size:1em;margin:1em 0 .3em}\n"
    "h3 span{display:inline-block;min-width:1.6em;margin-right:.5em;text-align:center;color:#fff;background:#345;"
    "border-radius:.8em;-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    "p,ul,blockquote{margin:.35em 0}\n"
    ".quiet{color:#555;font-size:.92em}\n"
    ".end{margin-top:.5em}\n"
    "blockquote{padding-left:.8em;border-left:3px solid #9ab}\n"
    "blockquote p{margin:.15em 0}\n"
    ".who{color:#456}\n"
    ".you{font-weight:bold}\n"
    "table{border-collapse:collapse;width:100%;margin:.6em 0;font-size:.93em;line-height:1.4}\n"
    "th,td{text-align:left;vertical-align:top;padding:.35em .5em;border-bottom:1px solid #ccc}\n"
    "th{color:#456;font-weight:normal;border-bottom:1px solid #888}\n"
    "td:first-child{width:44%}td:nth-child(2){width:34%}\n"
    "dl{display:grid;grid-template-columns:1fr 1fr;gap:.3em 1.5em;margin:.3em 0}dl div:last-child{grid-column:1/3}\n"
    "dt{font-weight:bold}dd{margin:0}\n"
    "dd.line{border-bottom:1px dotted #777;height:1.5em}\n"
    "svg{width:100%;height:auto;margin-top:.6em;font-size:12px;fill:#444}\n"
    ".axis{stroke:#999;stroke-width:1}.road{fill:none;stroke:#bcd;stroke-width:1.5}\n"
    ".up{fill:#2a6f57}.down{fill:#a33f2f}.even{fill:#fff;stroke:#777;stroke-width:1.5}\n"
    ".ring{fill:#fff;stroke:#345;stroke-width:1.5}.turned{font-weight:bold;fill:#000}\n"
    "footer{margin-top:1.6em;padding-top:.5em;border-top:1px solid #bbb;color:#555;font-size:.88em}\n"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:9pt;line-height:1.32}h1{font-size:1.4em}"
    "h2{margin:.5em 0 .15em}h3{margin:.4em 0 .15em}"
    "p,ul,li{margin:.1em 0}dd.line{height:1.2em}"
    "svg{max-height:21mm;margin-top:.3em;font-size:15px}table{margin:.25em 0}td,th{padding:.15em .4em}footer{margin-top:.4em;padding-top:.2em}"
    "h2,h3{break-after:avoid}tr,blockquote,dl,svg{break-inside:avoid}}\n";

static void put(struct writer *w, const char *open, struct text t, const char *close)
{
    if (!t.len)
        return;
    buf_str(w->out, open);
    html_text(w->out, t);
    buf_str(w->out, close);
}

static void heading(struct writer *w, const char *words)
{
    put(w, "<h2>", text_of(words), "</h2>\n");
}

static void quoted(struct writer *w, struct text name, struct text words, bool you)
{
    if (!words.len)
        return;
    buf_str(w->out, you ? "<p class=\"you\">" : "<p>");
    if (name.len) {
        struct text label = page_fill(&w->a, trc(w->p->words, "who: what", "%1: %2"), name, (struct text){0});
        put(w, "<span class=\"who\">", text_trim(label), "</span> ");
    }
    html_text(w->out, words);
    buf_str(w->out, "</p>\n");
}

static void cell(struct writer *w, struct text t)
{
    buf_str(w->out, "<td>");
    html_text(w->out, t);
    buf_str(w->out, "</td>");
}

static void put_table(struct writer *w, const struct page_turning *t)
{
    const struct page *p = w->p;
    buf_str(w->out, "<table><thead><tr>");
    put(w, "<th scope=\"col\">", text_of(tr(p->words, "What else could have been said")), "</th>");
    put(w, "<th scope=\"col\">", text_of(tr(p->words, "How it would have been taken")), "</th>");
    put(w, "<th scope=\"col\">", text_of(tr(p->words, "How it would have ended")), "</th></tr></thead>\n<tbody>\n");
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct page_else *o = &t->others[i];
        buf_str(w->out, "<tr>");
        cell(w, page_spoken(p, &w->a, o->said_manner, o->said));
        cell(w, page_spoken(p, &w->a, o->reaction_manner, o->reaction));
        cell(w, o->ending);
        buf_str(w->out, "</tr>\n");
    }
    buf_str(w->out, "</tbody></table>\n");
}

static void put_turning(struct writer *w, const struct page_turning *t)
{
    const struct page *p = w->p;
    const struct page_turn *turn = t->turn;
    buf_printf(w->out, "<section class=\"turn\">\n<h3><span>%u</span>", turn->number);
    put(w, "", text_of(page_turning_title(p, t)), "</h3>\n<blockquote>\n");
    quoted(w, turn->heard_by, turn->heard, false);
    quoted(w, text_of(tr(p->words, "You")), page_spoken(p, &w->a, turn->said_manner, turn->said), true);
    quoted(w, turn->reaction_by, page_spoken(p, &w->a, turn->reaction_manner, turn->reaction), false);
    buf_str(w->out, "</blockquote>\n");
    put(w, "<p>", turn->because, "</p>\n");
    put_table(w, t);
    put(w, "<p>", page_turning_close(p, &w->a, t), "</p>\n");
    buf_str(w->out, "</section>\n");
}

static void put_named(struct writer *w, struct text name, struct text words)
{
    struct text label = page_fill(&w->a, trc(w->p->words, "who: what", "%1: %2"), name, (struct text){0});
    if (!words.len)
        return;
    put(w, "<p><b>", text_trim(label), "</b> ");
    put(w, "", words, "</p>\n");
}

static void put_list(struct writer *w, const char *title, const struct text *v, uint32_t n)
{
    if (!n)
        return;
    heading(w, title);
    buf_str(w->out, "<ul>\n");
    for (uint32_t i = 0; i < n; i++)
        put(w, "<li>", v[i], "</li>\n");
    buf_str(w->out, "</ul>\n");
}

static void put_own(struct writer *w, const char *label, struct text words)
{
    put(w, "<div><dt>", text_of(label), "</dt>");
    if (words.len)
        put(w, "<dd>", words, "</dd></div>\n");
    else
        buf_str(w->out, "<dd class=\"line\"></dd></div>\n");
}

static void put_head(struct writer *w)
{
    const struct page *p = w->p;
    put(w, "<!DOCTYPE html>\n<html lang=\"", p->lang, "\">\n");
    buf_str(w->out, "<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"referrer\" content=\"no-referrer\">\n");
    put(w, "<title>", p->title.len ? p->title : TEXT("Rehearse"), "</title>\n");
    buf_str(w->out, "<style>\n");
    buf_str(w->out, STYLE);
    buf_str(w->out, "</style>\n</head>\n<body>\n");
}

static void put_story(struct writer *w)
{
    const struct page *p = w->p;
    put(w, "<header>\n<h1>", p->title, "</h1>\n");
    put(w, "<p class=\"quiet\">", page_circumstances(p, &w->a), "</p>\n");
    if (p->ending.len) {
        put(w, "<p class=\"end\"><b>", page_fill(&w->a, tr(p->words, "How it ended: %1"), p->ending, (struct text){0}), "</b> · ");
        put(w, "", p->outcome, "</p>\n");
    }
    buf_str(w->out, "</header>\n");
    put_named(w, text_of(tr(p->words, "What carried it")), p->carried);
    put_named(w, text_of(tr(p->words, "What it lacked")), p->missing);
    page_course(p, w->out);
    if (p->n_turning)
        heading(w, trn(p->words, "A turning point", "Turning points", p->n_turning));
    for (uint32_t i = 0; i < p->n_turning; i++)
        put_turning(w, &p->turning[i]);
}

void page_html(const struct page *p, struct buf *out)
{
    struct writer w = {.p = p, .out = out};
    put_head(&w);
    put_story(&w);
    if (p->n_briefs)
        heading(&w, tr(p->words, "What you could not know"));
    for (uint32_t i = 0; i < p->n_briefs; i++)
        put_named(&w, p->briefs[i].name, p->briefs[i].words);
    if (p->chair.len) {
        struct text offer = page_fill(&w.a, tr(p->words, "The other chair: %1"), p->chair, (struct text){0});
        put(&w, "<p class=\"quiet\">", offer, "</p>\n");
    }
    put_list(&w, tr(p->words, "Your notes"), p->notes, p->n_notes);
    heading(&w, tr(p->words, "In your own words"));
    buf_str(out, "<dl>\n");
    put_own(&w, tr(p->words, "What went well"), p->plus);
    put_own(&w, tr(p->words, "What you would change"), p->delta);
    put_own(&w, tr(p->words, "One sentence to try this week"), p->sentence);
    buf_str(out, "</dl>\n");
    put_list(&w, tr(p->words, "To think about, or to talk over"), p->questions, p->n_questions);
    put(&w, "<footer>", text_of(page_footer(p)), "</footer>\n</body>\n</html>\n");
    arena_done(&w.a);
}
