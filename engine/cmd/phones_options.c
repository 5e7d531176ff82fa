/* phones_options.c -- phones on a command line: where, who, and which Wi-Fi. */
#include "cmd/phones_options.h"

#include "base/terminal.h"
#include "front/wifi.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROSTER_MOST = 500, NAME_MOST = 120 };

static bool fails(const struct call *call, int *status, int with, const char *form, const char *a1, const char *a2)
{
    *status = call_fails(call, with, form, a1, a2);
    return false;
}

static bool read_port(const struct call *call, struct workshop_phones_config *out, int *status)
{
    const char *port = call_value(call, "port");
    long n = port ? strtol(port, NULL, 10) : 0;
    if (port && (n < 1 || n > 65535))
        return fails(call, status, STATUS_USAGE, N_("there is no port %1; a port is a number from 1 to 65535"), port, NULL);
    out->port = (uint16_t)n;
    out->joins_per_address = call_value(call, "joins") ? (uint32_t)strtoul(call_value(call, "joins"), NULL, 10) : 0;
    return true;
}

/* A roster as it is read. */
struct reading {
    const struct call *call;
    int *status;
    const char *path;
    unsigned line;
    struct arena *a;
    struct text *names;
    uint32_t n;
};

static bool refuses(struct reading *r, const char *form, struct text name)
{
    struct buf place = {0}, clean = {0};
    buf_printf(&place, "%s:%u", r->path, r->line);
    buf_char(&place, 0);
    terminal_clean(name, CLEAN_CHECK, &clean);
    buf_char(&clean, 0);
    fails(r->call, r->status, STATUS_DATA, form, place.at, clean.at);
    buf_done(&place);
    buf_done(&clean);
    return false;
}

/* People choose themselves by their line: two that look alike would be one. */
static bool stands_twice(const struct reading *r, struct text name)
{
    struct buf ours = {0}, other = {0};
    bool twice = false;
    text_fold(name, &ours);
    for (uint32_t i = 0; i < r->n && !twice; i++) {
        buf_reset(&other);
        text_fold(r->names[i], &other);
        twice = text_eq(name, r->names[i]) || (ours.len && text_eq(buf_view(&ours), buf_view(&other)));
    }
    buf_done(&ours);
    buf_done(&other);
    return twice;
}

static bool read_name(struct reading *r, struct text line)
{
    static const struct text bom = TEXT("\xEF\xBB\xBF");
    r->line++;
    if (r->line == 1 && line.len >= bom.len && memcmp(line.at, bom.at, bom.len) == 0)
        line = text_from(line.at + bom.len, line.len - bom.len);
    struct text name = text_trim(line);
    if (!name.len)
        return true;
    if (text_utf8_valid(name) < name.len)
        return refuses(r, N_("%1: this is not UTF-8; save the file as UTF-8"), name);
    if (name.len > NAME_MOST)
        return refuses(r, N_("%1: this is too long for a name"), name);
    if (stands_twice(r, name))
        return refuses(r, N_("%1: “%2” stands above already; give each a name of their own"), name);
    if (r->n == ROSTER_MOST)
        return refuses(r, N_("%1: there are more than 500 names"), name);
    r->names[r->n++] = text_keep(r->a, name);
    return true;
}

static bool read_roster(const struct call *call, struct arena *a, struct workshop_phones_config *out, int *status)
{
    struct reading r = {.call = call, .status = status, .path = call_value(call, "roster"), .a = a};
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    bool ok = true;
    if (!r.path && out->identity == PHONES_ROSTER)
        return fails(call, status, STATUS_USAGE, N_("--identity roster needs --roster FILE, names one a line"), NULL, NULL);
    FILE *f = r.path ? fopen(r.path, "re") : NULL;
    if (r.path && !f)
        return fails(call, status, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), r.path, strerror(errno));
    r.names = arena_array(a, struct text, ROSTER_MOST);
    while (f && ok && (len = getline(&line, &room, f)) >= 0)
        ok = read_name(&r, text_from(line, (size_t)len));
    free(line);
    if (f)
        fclose(f);
    if (ok && r.path && !r.n)
        return fails(call, status, STATUS_DATA, N_("%1 holds no names; write one a line"), r.path, NULL);
    out->roster = r.names;
    out->n_roster = r.n;
    return ok;
}

static bool read_wifi(const struct call *call, struct arena *a, struct workshop_phones_config *out, int *status)
{
    const char *file = call_value(call, "wifi-password");
    struct buf password = {0}, prompt = {0};
    out->wifi = call_value(call, "wifi");
    if (!out->wifi)
        return true;
    if (!*out->wifi || strlen(out->wifi) > WIFI_NAME_MAX)
        return fails(call, status, STATUS_USAGE, N_("“%1” is no name of a Wi-Fi: such names have up to 32 bytes"), out->wifi, NULL);
    struct text args[] = {text_of(out->wifi)};
    words_fill(&prompt, tr(call->words, "Password of the Wi-Fi %1 (Enter alone: an open one): "), args, 1);
    buf_char(&prompt, 0);
    enum wifi_read read = wifi_password(file, prompt.at, &password);
    int error = errno;
    out->wifi_password = text_keep(a, buf_view(&password));
    if (password.len)
        explicit_bzero(password.at, password.len);
    buf_done(&password);
    buf_done(&prompt);
    switch (read) {
    case WIFI_READ: return true;
    case WIFI_TOO_LONG: return fails(call, status, STATUS_USAGE, N_("a Wi-Fi's password has at most 63 bytes"), NULL, NULL);
    case WIFI_NOT_READ: return fails(call, status, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), file ? file : "/dev/tty", strerror(error));
    case WIFI_STOPPED: break;
    }
    *status = STATUS_SIGNAL + 2;
    return false;
}

bool phones_options_read(const struct call *call, struct arena *a, struct workshop_phones_config *out, int *status)
{
    const char *who = call_value(call, "identity");
    bool roster = call_value(call, "roster") || (who && strcmp(who, "roster") == 0);
    *out = (struct workshop_phones_config){.on = call_value(call, "phones") || call_value(call, "wifi") || call_value(call, "address") ||
                                                 call_value(call, "port"),
                                           .address = call_value(call, "address"), .lang = call->lang,
                                           .identity = roster ? PHONES_ROSTER : who && strcmp(who, "nick") == 0 ? PHONES_NICK : PHONES_ANONYMOUS};
    return read_port(call, out, status) && read_roster(call, a, out, status) && read_wifi(call, a, out, status);
}
