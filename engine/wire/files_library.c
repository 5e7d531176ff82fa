/* files_library.c -- where the shared library is.
 *
 * Paths are shortened against the working folder, because they are shown in messages: a facilitator in the source tree
 * reads scripts/listening.lua, not the whole way to it. */
#include "wire/files_library.h"

#include "wire/engine_find.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void library_add(struct library *lib, struct arena *a, const char *path)
{
    char *whole = realpath(path, NULL);
    if (!whole || lib->n == LIBRARY_ROOTS) {
        free(whole);
        return;
    }
    char here[PATH_MAX];
    const char *shown = whole;
    if (getcwd(here, sizeof here)) {
        size_t len = strlen(here);
        if (strcmp(whole, here) == 0)
            shown = ".";
        else if (strncmp(whole, here, len) == 0 && whole[len] == '/')
            shown = whole + len + 1;
    }
    bool known = false;
    for (size_t i = 0; i < lib->n; i++)
        known |= strcmp(lib->root[i], shown) == 0;
    if (!known)
        lib->root[lib->n++] = arena_copy(a, shown, strlen(shown));
    free(whole);
}

void library_find(struct library *lib, struct arena *a)
{
    lib->n = 0;
    const char *named = getenv("REHEARSE_LIBRARY");
    if (named && *named) {
        library_add(lib, a, named);
        return;
    }
    struct buf path = {0};
    if (engine_own_folder(&path)) { /* as it was built, then as it was installed */
        buf_str(&path, "/..");
        buf_char(&path, 0);
        library_add(lib, a, path.at);
        path.len--;
        buf_str(&path, "/share/rehearse");
        buf_char(&path, 0);
        library_add(lib, a, path.at);
    }
    library_add(lib, a, DATADIR);
    buf_done(&path);
}
