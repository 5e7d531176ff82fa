/* phones_page.c -- the page around what is shown: head, title, language, who sees what, and the notice of what went wrong.
 *
 * Works without scripts and without styles; styles and scripts are files of their own, so that the policy can forbid all
 * others.  Foreign text goes through html_text, between tags or into a quoted attribute, and nowhere else. */
#include "front/phones_inside.h"

#include "base/html.h"

enum { RELOAD_SECONDS = 6 };

/* ---- pieces ---- */

void phone_words(struct reader *r, const char *words) { html_text(r->out, text_of(tr(r->words, words))); }

void phone_filled(struct reader *r, const char *words, struct text a1, struct text a2)
{
    struct buf b = {0};
    words_fill(&b, tr(r->words, words), (struct text[]){a1, a2}, 2);
    html_text(r->out, buf_view(&b));
    buf_done(&b);
}

struct text phone_text(bool zh, struct both b) { return (zh && b.zh.len) || !b.en.len ? b.zh : b.en; }

void phone_both(struct reader *r, struct both b)
{
    bool other = (r->zh ? b.zh : b.en).len == 0 && !both_empty(b);
    if (other)
        buf_str(r->out, r->zh ? "<span lang=\"en\">" : "<span lang=\"zh-CN\">");
    html_text(r->out, phone_text(r->zh, b));
    if (other)
        buf_str(r->out, "</span>");
}

/* "p class=…" opens, "p" closes. */
static void open_tag(struct reader *r, const char *tag) { buf_printf(r->out, "<%s>", tag); }

static void close_tag(struct reader *r, const char *tag)
{
    struct text t = text_of(tag), name = {0};
    text_split(&t, ' ', &name);
    buf_str(r->out, "</");
    buf_text(r->out, name);
    buf_char(r->out, '>');
}

void phone_tagged(struct reader *r, const char *tag, struct both b)
{
    if (both_empty(b))
        return;
    open_tag(r, tag);
    phone_both(r, b);
    close_tag(r, tag);
}

void phone_said(struct reader *r, const char *tag, const char *words)
{
    open_tag(r, tag);
    phone_words(r, words);
    close_tag(r, tag);
}

void phone_paragraphs(struct reader *r, const struct both *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        phone_tagged(r, "p", v[i]);
}

void phone_number(struct buf *out, const char *before, uint32_t n, const char *after)
{
    buf_printf(out, "%s%u%s", before, n, after);
}

void phone_letter(struct buf *out, uint32_t option) { buf_char(out, (char)('A' + (option - 1) % ROOM_OPTIONS_MAX)); }

void phone_form(struct reader *r, const char *action, const char *more)
{
    char token[PROOF_HEX + 1];
    if (r->proved)
        desk_token(r->p, token);
    else
        identity_token(r->p, &r->who, token);
    buf_printf(r->out, "<form method=\"post\" action=\"%s\"%s><input type=\"hidden\" name=\"t\" value=\"%s\">", action, more, token);
    phone_number(r->out, "<input type=\"hidden\" name=\"s\" value=\"", r->p->room ? r->p->room->step : 0, "\">");
}

/* ---- notices ---- */

static const char *const notices[NOTICES] = {
    [NOTICE_LATE] = N_("That has closed meanwhile. What you see now is where the room is."),
    [NOTICE_MOVED_ON] = N_("The room has gone on meanwhile. Nothing was pressed."),
    [NOTICE_NOT_KEPT] = N_("That could not be kept. Please try again."),
    [NOTICE_IN_USE] = N_("Somebody here has this name already. Please choose another."),
    [NOTICE_NO_NAME] = N_("Please write a name of up to 40 letters."),
    [NOTICE_FAST] = N_("That was very fast. Please wait a second and try again."),
    [NOTICE_LOCKED] = N_("The room is closed to new phones. Please ask the facilitator, or vote by hand."),
    [NOTICE_FULL] = N_("No more phones can join. Please vote by hand."),
    [NOTICE_COOKIES] = N_("This phone was not recognised. Please try again. If this comes back, allow cookies for this address, or vote by hand."),
    [NOTICE_ASK] = N_("This page was out of date. Please try again."),
    [NOTICE_CODE] = N_("That is not the code."),
    [NOTICE_WAIT] = N_("Too many wrong codes. Please wait a moment."),
    [NOTICE_MISSING] = N_("There is no such page."),
};

static void put_notice(struct reader *r)
{
    if (r->notice)
        phone_said(r, "p class=\"warn\" role=\"alert\"", notices[r->notice]);
}

/* ---- the page ---- */

static void put_head(struct reader *r)
{
    const struct phones *p = r->p;
    buf_printf(r->out, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                       "<meta name=\"color-scheme\" content=\"light dark\"><title>",
               words_tag(r->words));
    if (p->room && !both_empty(p->room->title))
        html_text(r->out, phone_text(r->zh, p->room->title));
    else
        buf_str(r->out, "Rehearse");
    buf_printf(r->out, "</title><link rel=\"icon\" href=\"/icon.svg\"><link rel=\"stylesheet\" href=\"%s\">", p->css);
    if (!r->notice && phone_may_reload(r))
        buf_printf(r->out, "<noscript><meta http-equiv=\"refresh\" content=\"%d\"></noscript>", RELOAD_SECONDS);
    buf_str(r->out, "</head>");
}

static void put_top(struct reader *r)
{
    buf_str(r->out, "<header><p>");
    if (r->p->room)
        phone_both(r, r->p->room->title);
    buf_printf(r->out, "</p><a href=\"/%s%s\" lang=\"%s\" hreflang=\"%s\">%s</a></header>", r->zh ? "en" : "zh",
               r->desk ? "?f" : "", r->zh ? "en" : "zh-CN", r->zh ? "en" : "zh-CN", r->zh ? "English" : "中文");
}

static const char *who_sees(const struct phones *p)
{
    switch (p->config.identity) {
    case PHONES_ANONYMOUS: return N_("Anonymous: this phone is a number here. No name is asked or kept.");
    case PHONES_NICK: return N_("What you send is kept under the name you choose. It need not be your own.");
    case PHONES_ROSTER: return N_("What you send is kept under your name.");
    }
    return "";
}

static void put_bottom(struct reader *r)
{
    const char *live = r->desk ? (r->proved ? "/f/live" : "") : r->who.voter ? "/live" : "";
    buf_str(r->out, "<noscript><p><a class=\"b\" href=\"");
    buf_str(r->out, r->desk ? "/f" : "/");
    buf_str(r->out, "\">");
    phone_words(r, N_("Look again"));
    buf_str(r->out, "</a></p></noscript><p id=\"net\" role=\"status\" hidden>");
    phone_words(r, N_("No connection. Nothing is lost: trying again …"));
    buf_str(r->out, "</p><footer>");
    if (!r->desk)
        phone_words(r, who_sees(r->p));
    buf_printf(r->out, "</footer><script src=\"%s\" data-live=\"%s\"></script></body></html>\n", r->p->js, live);
}

void phone_page(struct reader *r)
{
    r->whole = true;
    put_head(r);
    buf_str(r->out, "<body>");
    put_top(r);
    phone_number(r->out, "<main data-step=\"", r->p->room ? r->p->room->step : 0, "\">");
    put_notice(r);
    if (r->desk)
        phone_desk(r);
    else
        phone_room(r);
    buf_str(r->out, "</main>");
    put_bottom(r);
}
