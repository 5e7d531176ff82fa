/* bare_http.c -- libmicrohttpd and nothing else: one thread on epoll, every request answered with the same N bytes.
 *
 * What a server on this library must at least do for one answer.  Prints "address 127.0.0.1:PORT", and ends with its input. */
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result on_request(void *self, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                                  const char *more, size_t *n, void **context)
{
    static int seen;
    (void)url;
    (void)method;
    (void)version;
    (void)more;
    if (!*context || *n) {
        *context = &seen;
        *n = 0;
        return MHD_YES;
    }
    return MHD_queue_response(c, 200, self);
}

int main(int argc, char **argv)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    size_t bytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    char *body = malloc(bytes + 1), c;
    if (!body)
        return 1;
    memset(body, 'x', bytes);
    struct MHD_Response *r = MHD_create_response_from_buffer(bytes, body, MHD_RESPMEM_PERSISTENT);
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, r, MHD_OPTION_SOCK_ADDR, &at,
                                            MHD_OPTION_CONNECTION_LIMIT, 4000u, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
    const union MHD_DaemonInfo *port = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!port)
        return 1;
    printf("address 127.0.0.1:%u\nready\n", port->port);
    fflush(stdout);
    while (read(STDIN_FILENO, &c, 1) > 0)
        continue;
    MHD_stop_daemon(d);
    MHD_destroy_response(r);
    free(body);
    return 0;
}
