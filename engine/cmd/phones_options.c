/* phones_options.c -- phones on a command line: where, who, and which Wi-Fi. */
#include "cmd/phones_options.h"

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

static bool read_roster(const struct call *call, struct arena *a, struct workshop_phones_config *out, int *status)
{
    const char *path = call_value(call, "roster");
    struct text *names = arena_array(a, struct text, ROSTER_MOST);
    char line[4 * NAME_MOST];
    if (!path && out->identity == PHONES_ROSTER)
        return fails(call, status, STATUS_USAGE, N_("--identity roster needs --roster FILE, names one a line"), NULL, NULL);
    FILE *f = path ? fopen(path, "re") : NULL;
    if (path && !f)
        return fails(call, status, STATUS_NO_INPUT, N_("%1 cannot be read: %2"), path, strerror(errno));
    while (f && out->n_roster < ROSTER_MOST && fgets(line, sizeof line, f)) {
        struct text name = text_trim(text_of(line));
        if (name.len && name.len <= NAME_MOST)
            names[out->n_roster++] = text_keep(a, name);
    }
    if (f)
        fclose(f);
    if (path && !out->n_roster)
        return fails(call, status, STATUS_DATA, N_("%1 holds no names; write one a line"), path, NULL);
    out->roster = names;
    return true;
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
