/* phones_keep.c -- what is worth taking home: the room's path, what the other side knew, one's own sentence.
 *
 * The sentence stays on the phone: it comes and goes in a cookie, and is passed on only where its writer asks for that.
 * The page can be kept as one file, which needs neither this server nor a network. */
#include "front/phones_inside.h"

#include "base/html.h"

static const struct take_home *home_of(const struct reader *r)
{
    return r->p->room && r->p->room->state == ROOM_TAKE_HOME ? r->p->room->take_home : NULL;
}

static void put_step(struct reader *r, const struct take_step *s)
{
    buf_str(r->out, "<li>");
    phone_tagged(r, "p class=\"said\"", s->said);
    if (!both_empty(s->reaction)) {
        buf_str(r->out, "<p>");
        if (!both_empty(s->by)) {
            phone_tagged(r, "span class=\"who\"", s->by);
            buf_char(r->out, ' ');
        }
        phone_both(r, s->reaction);
        buf_str(r->out, "</p>");
    }
    phone_tagged(r, "p class=\"quiet\"", s->because);
    buf_str(r->out, "</li>");
}

static void put_path(struct reader *r, const struct take_home *h)
{
    if (h->n_path) {
        phone_said(r, "h2", N_("What we said"));
        buf_str(r->out, "<ol class=\"path\">");
        for (uint32_t i = 0; i < h->n_path; i++)
            put_step(r, &h->path[i]);
        buf_str(r->out, "</ol>");
    }
    if (!both_empty(h->ending)) {
        phone_said(r, "h2", N_("How it ended"));
        phone_tagged(r, "p", h->ending);
    }
}

static void put_rest(struct reader *r, const struct take_home *h)
{
    for (uint32_t i = 0; i < h->n_briefs; i++) {
        if (i == 0)
            phone_said(r, "h2", N_("What the other side knew"));
        phone_tagged(r, "h3", h->briefs[i].name);
        phone_tagged(r, "p", h->briefs[i].words);
    }
    for (uint32_t i = 0; i < h->n_questions; i++) {
        buf_str(r->out, i ? "<li>" : "");
        if (i == 0) {
            phone_said(r, "h2", N_("Questions to go on with"));
            buf_str(r->out, "<ul><li>");
        }
        phone_both(r, h->questions[i]);
        buf_str(r->out, i + 1 < h->n_questions ? "</li>" : "</li></ul>");
    }
}

/* ---- on the page ---- */

static void put_sentence_form(struct reader *r)
{
    phone_said(r, "h2", N_("One sentence to try this week"));
    phone_form(r, "/sentence", "");
    buf_printf(r->out, "<label class=\"f\">");
    phone_words(r, N_("Next time I will say …"));
    buf_printf(r->out, "<textarea name=\"w\" rows=\"2\" maxlength=\"%d\">", SENTENCE_MAX);
    html_text(r->out, r->sentence);
    buf_str(r->out, "</textarea></label><label class=\"c\"><input type=\"checkbox\" name=\"pass\" value=\"1\"><span>");
    phone_words(r, N_("Show it to the facilitator, without my name"));
    buf_str(r->out, "</span></label>");
    if (r->sentence.len)
        phone_said(r, "p class=\"ok\" role=\"status\"", N_("Kept on this phone."));
    phone_said(r, "button class=\"g\"", N_("Keep my sentence"));
    buf_str(r->out, "</form>");
}

void phone_keep(struct reader *r)
{
    const struct take_home *h = home_of(r);
    if (!h)
        return;
    put_sentence_form(r);
    buf_str(r->out, "<p><a class=\"b\" href=\"/keep\" download>");
    phone_words(r, N_("Save this page as a file"));
    buf_str(r->out, "</a></p>");
    put_path(r, h);
    put_rest(r, h);
}

/* ---- as a file ---- */

static const char STYLE[] =
    "body{font:17px/1.6 system-ui,sans-serif;max-width:38rem;margin:1.5rem auto;padding:0 1rem;color:#1b2430;background:#fff}"
    "h1{font-size:1.4em;line-height:1.3}h2{font-size:1.1em;margin:1.6em 0 .3em}h3{font-size:1em;margin:1em 0 .2em}p{margin:.3em 0}"
    ".said{font-weight:600}.who,.quiet{color:#4a5666}.mine{border-left:4px solid #0b5c7a;padding:.4em .8em;font-size:1.15em}"
    "li{margin:.8em 0}";

void phone_keep_file(struct reader *r)
{
    const struct take_home *h = home_of(r);
    if (!h)
        return;
    buf_printf(r->out, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                       "content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'\"><title>",
               words_tag(r->words));
    html_text(r->out, phone_text(r->zh, r->p->room->title));
    buf_printf(r->out, "</title><style>%s</style></head><body>", STYLE);
    phone_tagged(r, "h1", r->p->room->title);
    if (r->sentence.len) {
        phone_said(r, "h2", N_("One sentence to try this week"));
        buf_str(r->out, "<p class=\"mine\">");
        html_text(r->out, r->sentence);
        buf_str(r->out, "</p>");
    }
    put_path(r, h);
    put_rest(r, h);
    buf_str(r->out, "</body></html>\n");
}
