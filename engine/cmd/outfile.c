/* outfile.c -- written under another name beside it, and put in its place at the end. */
#include "cmd/outfile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int outfile_open(struct outfile *o, const struct call *call)
{
    *o = (struct outfile){.path = call_value(call, "output"), .to = stdout};
    if (!o->path)
        return 0;
    buf_printf(&o->name, "%s.XXXXXX", o->path);
    buf_char(&o->name, '\0');
    int fd = mkostemp(o->name.at, 0); /* 0600 */
    o->to = fd >= 0 ? fdopen(fd, "w") : NULL;
    return o->to ? 0 : errno;
}

bool outfile_write(void *self, struct text t)
{
    struct outfile *o = self;
    if (!o->error && t.len && fwrite(t.at, 1, t.len, o->to) != t.len)
        o->error = errno;
    return !o->error;
}

int outfile_close(struct outfile *o, const struct call *call, bool whole)
{
    if (!o->error && fflush(o->to) != 0)
        o->error = errno;
    if (o->path) {
        if (!o->error && whole && fsync(fileno(o->to)) != 0)
            o->error = errno;
        if (fclose(o->to) != 0 && !o->error)
            o->error = errno;
        if (whole && !o->error && rename(o->name.at, o->path) != 0)
            o->error = errno;
        if (!whole || o->error)
            unlink(o->name.at);
    }
    buf_done(&o->name);
    return o->error ? call_fails(call, STATUS_IO, N_("cannot write %1: %2"), o->path ? o->path : "-", strerror(o->error)) : STATUS_FINE;
}
