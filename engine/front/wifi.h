/* wifi.h -- the password of the Wi-Fi that a code joins: never on a command line, where others on the machine would see it. */
#ifndef FRONT_WIFI_H
#define FRONT_WIFI_H

#include "base/text.h"

enum { WIFI_PASSWORD_MAX = 63, WIFI_NAME_MAX = 32 };

enum wifi_read { WIFI_READ = 1, WIFI_NOT_READ, WIFI_TOO_LONG, WIFI_STOPPED };

/* The first line of FILE, without its line end, or, where FILE is NULL, of what is typed unseen on the terminal after PROMPT.
 * Empty: an open network.  WIFI_NOT_READ: errno says why; WIFI_STOPPED: nobody answered (end of input, Ctrl-C). */
enum wifi_read wifi_password(const char *file, const char *prompt, struct buf *out);

#endif
