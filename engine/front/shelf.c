/* shelf.c -- finds scenario folders: those that hold a scenario.xml.
 *
 * Names that are no plain words are passed over: they could not be typed as a name, nor safely be shown. */
#include "front/shelf.h"

#include "wire/files_library.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_plain(const char *name)
{
    size_t len = strlen(name);
    return len >= 1 && len <= 64 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == len;
}

static bool has(const struct shelf *shelf, const char *name)
{
    for (size_t i = 0; i < shelf->n; i++)
        if (strcmp(shelf->v[i].name, name) == 0)
            return true;
    return false;
}

static void look_into(struct shelf *shelf, const char *root)
{
    struct buf folder = {0}, file = {0};
    buf_printf(&folder, "%s/scenarios", root);
    buf_char(&folder, 0);
    DIR *dir = opendir(folder.at);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        buf_reset(&file);
        buf_printf(&file, "%s/%s/scenario.xml", folder.at, e->d_name);
        buf_char(&file, 0);
        if (!is_plain(e->d_name) || has(shelf, e->d_name) || access(file.at, R_OK) != 0)
            continue;
        array_room(shelf->v, shelf->n, shelf->cap);
        shelf->v[shelf->n++] =
            (struct shelved){.name = arena_copy(&shelf->arena, e->d_name, strlen(e->d_name)),
                             .path = arena_copy(&shelf->arena, file.at, file.len - sizeof "/scenario.xml")};
    }
    if (dir)
        closedir(dir);
    buf_done(&folder);
    buf_done(&file);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct shelved *)a)->name, ((const struct shelved *)b)->name);
}

void shelf_find(struct shelf *shelf)
{
    struct library lib;
    *shelf = (struct shelf){0};
    library_find(&lib, &shelf->arena);
    look_into(shelf, ".");
    for (uint32_t i = 0; i < lib.n; i++)
        look_into(shelf, lib.root[i]);
    if (shelf->n)
        qsort(shelf->v, shelf->n, sizeof *shelf->v, by_name);
}

void shelf_done(struct shelf *shelf)
{
    free(shelf->v);
    arena_done(&shelf->arena);
    *shelf = (struct shelf){0};
}
