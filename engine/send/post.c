/* post.c -- libcurl. */
#include "send/post.h"

#include "base/arena.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_BYTES = 1 << 20, CONNECT_S = 10 };

struct post {
    CURL *curl;
    struct curl_slist *headers;
    const struct target *target;
    bool (*stopped)(void);
    struct post_answer *answer;  /* being received */
    char error[CURL_ERROR_SIZE];
};

/* ---- while it runs ---- */

static size_t on_body(char *at, size_t size, size_t n, void *self)
{
    struct post *p = self;
    if (p->answer->body.len + size * n > ANSWER_BYTES)
        return 0; /* no answer of ours is that long */
    buf_add(&p->answer->body, at, size * n);
    return size * n;
}

static int on_progress(void *self, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct post *p = self;
    (void)a, (void)b, (void)c, (void)d;
    return p->stopped();
}

/* ---- what it came to ---- */

/* The first words of a foreign answer, or the library's. */
static void take_why(struct post_answer *out, const char *said)
{
    struct text t = text_trim(said ? text_of(said) : buf_view(&out->body));
    size_t len = t.len < sizeof out->why - 1 ? t.len : sizeof out->why - 1;
    memcpy(out->why, t.at ? t.at : "", len);
    out->why[len] = '\0';
}

static enum post_end end_of_status(long status)
{
    switch (status) {
    case 200: return POST_TAKEN;
    case 400: return POST_REFUSED;
    case 401:
    case 403: return POST_DENIED;
    case 404: return POST_MISSING;
    case 409: return POST_CONFLICT;
    case 413: return POST_TOO_LARGE;
    case 408:
    case 425:
    case 429: return POST_LATER;
    default: return status >= 500 ? POST_LATER : POST_NO_STORE;
    }
}

/* Failures that no waiting mends: whoever answers is not whom we were to speak to. */
static bool is_distrust(CURLcode code)
{
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR ||
           code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_WRITE_ERROR;
}

static void settle(struct post *p, CURLcode code, struct post_answer *out)
{
    char *place = NULL;
    curl_off_t wait = 0;
    curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &out->status);
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        out->end = POST_STOPPED;
    } else if (code != CURLE_OK) {
        out->end = is_distrust(code) ? POST_NO_STORE : POST_LATER;
        out->status = 0;
        take_why(out, *p->error ? p->error : curl_easy_strerror(code));
    } else {
        out->end = end_of_status(out->status);
        if (curl_easy_getinfo(p->curl, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK)
            out->wait = (long)wait;
        if (curl_easy_getinfo(p->curl, CURLINFO_REDIRECT_URL, &place) == CURLE_OK && place)
            take_why(out, place);
        else
            take_why(out, NULL);
    }
}

static void run(struct post *p, struct post_answer *out)
{
    struct buf body = out->body;
    buf_reset(&body);
    *out = (struct post_answer){.body = body};
    p->answer = out;
    *p->error = '\0';
    settle(p, curl_easy_perform(p->curl), out);
}

/* ---- the two requests ---- */

/* The address of the statements, with QUERY behind it. */
static void set_url(struct post *p, const char *query, struct text value)
{
    struct buf url = {0};
    buf_printf(&url, "%s/statements%s", p->target->url.at, query);
    buf_text(&url, value);
    buf_char(&url, '\0');
    curl_easy_setopt(p->curl, CURLOPT_URL, url.at);
    buf_done(&url);
}

void post_statements(struct post *p, struct text body, struct post_answer *out)
{
    set_url(p, "", (struct text){0});
    curl_easy_setopt(p->curl, CURLOPT_POST, 1L);
    curl_easy_setopt(p->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
    curl_easy_setopt(p->curl, CURLOPT_POSTFIELDS, body.at);
    run(p, out);
    if (out->end == POST_MISSING)
        out->end = POST_NO_STORE;
}

void post_ask(struct post *p, struct text id, struct post_answer *out)
{
    set_url(p, "?statementId=", id);
    curl_easy_setopt(p->curl, CURLOPT_HTTPGET, 1L);
    run(p, out);
}

void post_answer_done(struct post_answer *out) { buf_done(&out->body); }

/* ---- the connection ---- */

static void set_safety(struct post *p, long timeout)
{
    const struct target *t = p->target;
    CURL *c = p->curl;
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (t->ca) {
        curl_easy_setopt(c, CURLOPT_CAINFO, t->ca);
        curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    }
    if (t->here)
        curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, timeout < CONNECT_S ? timeout : (long)CONNECT_S);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, timeout);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, p->error);
}

static void set_right(struct post *p)
{
    const struct target *t = p->target;
    if (!t->secret.len)
        return;
    curl_easy_setopt(p->curl, CURLOPT_HTTPAUTH, t->bearer ? CURLAUTH_BEARER : CURLAUTH_BASIC);
    curl_easy_setopt(p->curl, t->bearer ? CURLOPT_XOAUTH2_BEARER : CURLOPT_USERPWD, t->secret.at);
}

struct post *post_open(const struct target *t, long timeout, bool (*stopped)(void))
{
    static const char *const headers[] = {"X-Experience-API-Version: 1.0.3", "Content-Type: application/json",
                                          "Accept: application/json", "Expect:"};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return NULL;
    struct post *p = mem_new(sizeof *p);
    *p = (struct post){.curl = curl_easy_init(), .target = t, .stopped = stopped};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        p->headers = curl_slist_append(p->headers, headers[i]);
    if (!p->curl || !p->headers) {
        post_close(p);
        return NULL;
    }
    set_safety(p, timeout);
    set_right(p);
    curl_easy_setopt(p->curl, CURLOPT_HTTPHEADER, p->headers);
    curl_easy_setopt(p->curl, CURLOPT_USERAGENT, "rehearse-send");
    curl_easy_setopt(p->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(p->curl, CURLOPT_WRITEDATA, p);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(p->curl, CURLOPT_XFERINFODATA, p);
    curl_easy_setopt(p->curl, CURLOPT_NOPROGRESS, 0L);
    return p;
}

void post_close(struct post *p)
{
    if (p->curl)
        curl_easy_cleanup(p->curl);
    curl_slist_free_all(p->headers);
    free(p);
    curl_global_cleanup();
}
