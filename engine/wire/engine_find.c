/* engine_find.c -- where the engine is.
 *
 * Never by PATH and, in a build for people, never by the environment: the engine is what promises that nothing in a
 * scenario can do harm, so it must be the one that was built with this program. */
#include "wire/engine_find.h"

#include "wire/built.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

bool engine_own_folder(struct buf *out)
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    const char *slash = len > 0 ? memrchr(path, '/', (size_t)len) : NULL;
    buf_reset(out);
    if (!slash)
        return false;
    buf_add(out, path, (size_t)(slash - path));
    buf_char(out, '\0');
    out->len--;
    return true;
}

static bool is_there(struct buf *folder, const char *name, int mode)
{
    buf_char(folder, '/');
    buf_str(folder, name);
    buf_char(folder, '\0');
    folder->len--;
    return access(folder->at, mode) == 0;
}

bool engine_part(const char *name, int mode, struct buf *out)
{
    if (engine_own_folder(out) && is_there(out, name, mode))
        return true;
    if (engine_own_folder(out)) {
        buf_str(out, "/../libexec/rehearse");
        if (is_there(out, name, mode))
            return true;
    }
    buf_reset(out);
    buf_str(out, LIBEXECDIR);
    return is_there(out, name, mode);
}

bool engine_find(struct buf *out)
{
    const char *other = built_other_engine();
    if (!other)
        return engine_part("rehearse-engine", X_OK, out);
    buf_reset(out);
    buf_add(out, other, strlen(other) + 1);
    out->len--;
    return access(other, X_OK) == 0;
}
