/* http_rules.c -- which requests are heard at all.
 *
 * Browsers on phones send nothing that is refused here; who does is a program, or a page of somebody else's that makes a
 * phone ask.  Pure, so that every rule is a row of a test. */
#include "front/http_rules.h"

#include "base/words.h"
#include "front/form.h"

#include <string.h>

/* The length that is promised; false where that is not one plain number. */
static bool length_of(const struct http_head *head, long *out)
{
    struct text t = head->length;
    *out = 0;
    bool digits = t.len > 0 && t.len <= 15;
    for (size_t i = 0; digits && i < t.len; i++)
        digits = t.at[i] >= '0' && t.at[i] <= '9';
    return head->lengths == 0 || (head->lengths == 1 && digits && text_int(t, 0, 1L << 50, out));
}

/* What makes a POST one of our own pages' forms. */
static int wrong_with_post(const struct http_head *head, const struct http_own *own, long length)
{
    if (head->lengths == 0)
        return 411;
    if (length > (long)own->limits->body_bytes)
        return 413;
    if (!form_is_form(head->type))
        return 415;
    if (head->origin.len && !form_origin(head->origin, head->host))
        return 403;
    return head->site.len && !text_is(head->site, "same-origin") && !text_is(head->site, "none") ? 403 : 0;
}

int http_wrong_with(const struct http_head *head, const struct http_own *own)
{
    bool post = strcmp(head->method, "POST") == 0;
    long length;
    if (head->target_long)
        return 414;
    if (head->lines > own->limits->head_lines || head->bytes > own->limits->head_bytes)
        return 431;
    if (head->coded)
        return 411;
    if (head->hosts > 1 || !length_of(head, &length))
        return 400;
    if (!form_host(head->host, own->port, own->host))
        return 421;
    if (!post && strcmp(head->method, "GET") != 0 && strcmp(head->method, "HEAD") != 0)
        return 405;
    return post ? wrong_with_post(head, own, length) : length > 0 ? 400 : 0;
}

const char *http_refusal(int status)
{
    switch (status) {
    case 413:
    case 414:
    case 431: return N_("That was too long.");
    case 421: return N_("Please use the address that the wall shows.");
    default: return N_("The page does not ask like this. Please open it again from the address that the wall shows.");
    }
}
