/* http_rules.h -- which requests are heard at all. */
#ifndef FRONT_HTTP_RULES_H
#define FRONT_HTTP_RULES_H

#include "front/http.h"

/* What the head of a request says, as far as it decides. */
struct http_head {
    const char *method;
    bool target_long;
    uint32_t bytes, lines;           /* of all headers */
    uint32_t lengths, hosts;         /* how often Content-Length and Host stand there */
    bool coded;                      /* there is a Transfer-Encoding */
    struct text host, length, type, origin, site;
};

/* Whom it must have been meant for. */
struct http_own {
    uint16_t port;
    const char *host;
    const struct http_limits *limits;
};

/* The status to refuse it with before its body is read; 0: it is heard. */
int http_wrong_with(const struct http_head *head, const struct http_own *own);
/* What to say with that, in English. */
const char *http_refusal(int status);

#endif
