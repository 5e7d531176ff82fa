/* wifi.c -- a line that is read unseen, from a file or from the terminal itself.
 *
 * The terminal is put back as it was whatever ends the reading; a signal that comes meanwhile is left to the loop and ends
 * the question.  Standard input may be a pipe, so the terminal is opened by its own name. */
#include "front/wifi.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The first line; false where there is none to be had. */
static enum wifi_read read_line(int fd, struct buf *out)
{
    char c;
    ssize_t n;
    buf_reset(out);
    while ((n = read(fd, &c, 1)) == 1 && c != '\n' && c != '\r')
        if (out->len <= WIFI_PASSWORD_MAX)
            buf_char(out, c);
    if (n < 0)
        return errno == EINTR ? WIFI_STOPPED : WIFI_NOT_READ;
    return out->len > WIFI_PASSWORD_MAX ? WIFI_TOO_LONG : n == 0 && !out->len ? WIFI_STOPPED : WIFI_READ;
}

static enum wifi_read from_file(const char *file, struct buf *out)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return WIFI_NOT_READ;
    enum wifi_read got = read_line(fd, out);
    close(fd);
    return got == WIFI_STOPPED ? WIFI_READ : got; /* an empty file: an open network */
}

static enum wifi_read ask(int fd, const char *prompt, struct buf *out)
{
    struct termios was, unseen;
    if (tcgetattr(fd, &was) != 0)
        return WIFI_NOT_READ;
    unseen = was;
    unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    unseen.c_lflag |= ICANON | ISIG;
    if (write(fd, prompt, strlen(prompt)) < 0 || tcsetattr(fd, TCSAFLUSH, &unseen) != 0)
        return WIFI_NOT_READ;
    enum wifi_read got = read_line(fd, out);
    int why = errno;
    tcsetattr(fd, TCSAFLUSH, &was);
    if (write(fd, "\n", 1) < 0)
        why = errno;
    errno = why;
    return got;
}

enum wifi_read wifi_password(const char *file, const char *prompt, struct buf *out)
{
    if (file)
        return from_file(file, out);
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return WIFI_NOT_READ;
    enum wifi_read got = ask(fd, prompt, out);
    int why = errno;
    close(fd);
    errno = why;
    return got;
}
