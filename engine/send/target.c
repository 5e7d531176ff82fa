/* target.c -- the URL taken apart, and the secret read. */
#include "send/target.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECRET_BYTES = 8192 };

/* ---- the URL ---- */

static bool is_here(const char *host)
{
    return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host));
}

/* Empty where URL has no such part. */
static struct text part(CURLU *u, CURLUPart which, char **kept)
{
    return curl_url_get(u, which, kept, 0) == CURLUE_OK ? text_of(*kept) : (struct text){0};
}

static int check_parts(struct target *t, const struct call *call, CURLU *u)
{
    char *parts[6] = {0};
    const char *url = call->operands[0];
    int status = STATUS_FINE;
    struct text scheme = part(u, CURLUPART_SCHEME, &parts[0]), host = part(u, CURLUPART_HOST, &parts[1]);
    bool login = part(u, CURLUPART_USER, &parts[2]).len || part(u, CURLUPART_PASSWORD, &parts[3]).len;
    bool more = part(u, CURLUPART_QUERY, &parts[4]).len || part(u, CURLUPART_FRAGMENT, &parts[5]).len;
    t->here = host.len && is_here(host.at);
    if (login)
        status = call_fails(call, STATUS_USAGE, N_("a password on the command line can be read by everybody on this machine: use --login FILE"), "", "");
    else if (more || !(text_is(scheme, "https") || text_is(scheme, "http")))
        status = call_fails(call, STATUS_USAGE, N_("“%1” is no address of a record store; write https://…, without ? and #"), url, "");
    else if (text_is(scheme, "http") && !t->here && !call_value(call, "plain-http"))
        status = call_fails(call, STATUS_USAGE, N_("http:// to another machine can be listened to; write https://…, or add --plain-http"), "", "");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        curl_free(parts[i]);
    return status;
}

static int take_url(struct target *t, const struct call *call)
{
    const char *url = call->operands[0];
    CURLU *u = curl_url();
    size_t len = strlen(url);
    if (!u || curl_url_set(u, CURLUPART_URL, url, 0) != CURLUE_OK) {
        curl_url_cleanup(u);
        return call_fails(call, STATUS_USAGE, N_("“%1” is no address of a record store; write https://…, without ? and #"), url, "");
    }
    int status = check_parts(t, call, u);
    curl_url_cleanup(u);
    while (len && url[len - 1] == '/')
        len--;
    buf_add(&t->url, url, len);
    buf_char(&t->url, '\0');
    t->url.len--;
    return status;
}

/* ---- the secret ---- */

/* The first line of the file PATH, which nobody else may be able to read. */
static int read_secret(struct target *t, const struct call *call, const char *path)
{
    struct stat st;
    char bytes[SECRET_BYTES];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return call_fails(call, STATUS_NO_INPUT, N_("cannot read %1: %2"), path, strerror(errno));
    bool fit = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) == 0;
    ssize_t n = fit ? read(fd, bytes, sizeof bytes) : 0;
    close(fd);
    if (!fit)
        return call_fails(call, STATUS_DENIED, N_("%1 can be read by others on this machine: chmod 600 %1"), path, "");
    struct text rest = text_from(bytes, n > 0 ? (size_t)n : 0), line = {0};
    text_split(&rest, '\n', &line);
    buf_text(&t->secret, text_trim(line));
    explicit_bzero(bytes, sizeof bytes);
    return STATUS_FINE;
}

static int take_secret(struct target *t, const struct call *call)
{
    const char *login = call_value(call, "login"), *token = call_value(call, "token");
    const char *said = !login && !token ? getenv("REHEARSE_LRS_LOGIN") : NULL;
    const char *said_token = !login && !token && !said ? getenv("REHEARSE_LRS_TOKEN") : NULL;
    int status = STATUS_FINE;
    if (login && token)
        return call_fails(call, STATUS_USAGE, N_("--login and --token exclude each other"), "", "");
    t->bearer = token || said_token;
    if (login || token)
        status = read_secret(t, call, login ? login : token);
    else if (said || said_token)
        buf_text(&t->secret, text_trim(text_of(said ? said : said_token)));
    if (status != STATUS_FINE)
        return status;
    for (size_t i = 0; i < t->secret.len; i++)
        if ((unsigned char)t->secret.at[i] < ' ')
            t->secret.len = 0; /* no header is made of that */
    bool whole = t->bearer ? !memchr(t->secret.at ? t->secret.at : "", ' ', t->secret.len)
                           : t->secret.len == 0 || memchr(t->secret.at, ':', t->secret.len) != NULL;
    if (!whole || ((login || token || said || said_token) && !t->secret.len))
        return call_fails(call, STATUS_DATA, t->bearer ? N_("%1: a token is one word on the first line") : N_("%1: a login is name:password on the first line"),
                          login ? login : token ? token : said ? "REHEARSE_LRS_LOGIN" : "REHEARSE_LRS_TOKEN", "");
    buf_char(&t->secret, '\0');
    t->secret.len--;
    return STATUS_FINE;
}

int target_open(struct target *t, const struct call *call)
{
    *t = (struct target){.ca = call_value(call, "ca")};
    if (t->ca && access(t->ca, R_OK) != 0)
        return call_fails(call, STATUS_NO_INPUT, N_("cannot read %1: %2"), t->ca, strerror(errno));
    int status = take_url(t, call);
    return status == STATUS_FINE ? take_secret(t, call) : status;
}

void target_done(struct target *t)
{
    if (t->secret.at)
        explicit_bzero(t->secret.at, t->secret.cap);
    buf_done(&t->secret);
    buf_done(&t->url);
}
