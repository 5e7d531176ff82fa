/* phones_desk.c -- the facilitator's own phone: notes, what each option will do, live counts, the clock, and the keys.
 *
 * A key carries the room's step that it was pressed at; pressed late, or twice, it does nothing. */
#include "front/phones_inside.h"

#include "base/html.h"

static void put_back(struct reader *r)
{
    buf_str(r->out, "<p><a class=\"b\" href=\"/\">");
    phone_words(r, N_("To the room's page"));
    buf_str(r->out, "</a></p>");
}

static void put_code_form(struct reader *r)
{
    phone_said(r, "h1 tabindex=\"-1\"", N_("The facilitator's phone"));
    phone_said(r, "p", N_("Type the code that your own screen shows, or scan it there. It is never on the wall."));
    buf_str(r->out, "<form method=\"post\" action=\"/f\"><label class=\"f\">");
    phone_words(r, N_("Code"));
    buf_str(r->out, "<input name=\"code\" type=\"text\" maxlength=\"60\" autocomplete=\"off\" autocapitalize=\"characters\" "
                    "spellcheck=\"false\" required></label>");
    phone_said(r, "button class=\"g\"", N_("Go on"));
    buf_str(r->out, "</form>");
    put_back(r);
}

/* The first is the one that is pressed most. */
static void put_key(struct reader *r, const struct desk_key *k, bool first)
{
    phone_form(r, "/f/key", k->field ? " class=\"kf\"" : "");
    if (k->field) {
        phone_number(r->out, "<input type=\"hidden\" name=\"k\" value=\"", (unsigned char)k->key, "\"><label class=\"f\">");
        phone_both(r, k->label);
        phone_number(r->out, "<input name=\"w\" id=\"w", (unsigned char)k->key,
                   "\" type=\"text\" maxlength=\"200\" autocomplete=\"off\" autocapitalize=\"none\"></label><button>");
        phone_words(r, N_("Enter"));
    } else {
        phone_number(r->out, first ? "<button class=\"g\" name=\"k\" value=\"" : "<button name=\"k\" value=\"", (unsigned char)k->key, "\">");
        phone_both(r, k->label);
    }
    buf_str(r->out, "</button></form>");
}

static void put_keys(struct reader *r, const struct desk *d)
{
    buf_str(r->out, "<div class=\"keys\">");
    for (uint32_t i = 0; i < d->n_keys; i++)
        put_key(r, &d->keys[i], i == 0);
    buf_str(r->out, "</div>");
}

static void put_desk_options(struct reader *r, const struct desk *d)
{
    if (!d->n_options)
        return;
    phone_said(r, "h2", N_("Options"));
    buf_str(r->out, "<ul class=\"o\">");
    for (uint32_t i = 0; i < d->n_options; i++) {
        buf_str(r->out, "<li><b>");
        phone_letter(r->out, i + 1);
        buf_str(r->out, "</b><div>");
        phone_tagged(r, "span", d->options[i].words);
        phone_tagged(r, "p class=\"quiet\"", d->options[i].does);
        buf_str(r->out, "</div>");
        phone_number(r->out, "<strong>", d->options[i].votes, "</strong></li>");
    }
    buf_str(r->out, "</ul>");
}

void phone_desk(struct reader *r)
{
    const struct desk *d = r->p->desk;
    if (!r->proved) {
        put_code_form(r);
        return;
    }
    if (!d) {
        phone_said(r, "h1 tabindex=\"-1\"", N_("It has not begun yet."));
        return;
    }
    phone_tagged(r, "p class=\"k\"", d->clock);
    phone_tagged(r, "h1 tabindex=\"-1\"", d->where);
    put_keys(r, d);
    if (d->n_notes)
        phone_said(r, "h2", N_("Notes"));
    phone_paragraphs(r, d->notes, d->n_notes);
    put_desk_options(r, d);
    if (d->n_plan)
        phone_said(r, "h2", N_("What remains"));
    phone_paragraphs(r, d->plan, d->n_plan);
    put_back(r);
}
