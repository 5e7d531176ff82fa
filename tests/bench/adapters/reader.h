/* reader.h -- the host's hands, as far as the benchmark needs them: files are mapped and handed over one by one. */
#ifndef BENCH_READER_H
#define BENCH_READER_H

#include "rehearse.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    const char *scenario;
    struct text map; /* what was handed over last */
};

static void unmap(struct folder *f)
{
    if (f->map.len)
        munmap((void *)(uintptr_t)f->map.at, f->map.len);
    f->map = (struct text){0};
}

static enum read_answer map_file(struct folder *f, const char *path, struct file_bytes *out)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
        return READ_NONE;
    unmap(f);
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return READ_FAILED;
    f->map = text_from(at, (size_t)st.st_size);
    out->bytes = f->map;
    return READ_OK;
}

/* The file called NAME, with END behind it, in FOLDER seen from the scenario's own. */
static enum read_answer map_near(struct folder *f, const char *folder, struct text name, const char *end, struct file_bytes *out)
{
    char path[4096];
    const char *slash = strrchr(f->scenario, '/');
    snprintf(path, sizeof path, "%.*s%s%.*s%s", slash ? (int)(slash - f->scenario) + 1 : 0, f->scenario, folder, (int)name.len,
             name.at ? name.at : "", end);
    return map_file(f, path, out);
}

/* Where the host finds them for the scenarios that come with it; a generated one has its rubric beside it. */
static enum read_answer hand_over(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    struct folder *f = self;
    enum read_answer got;
    switch (kind) {
    case FILE_SCENARIO:
        out->name = TEXT("scenario.xml");
        return map_file(f, f->scenario, out);
    case FILE_RUBRIC:
        out->name = TEXT("rubric.xml");
        got = map_near(f, "rubrics/", name, ".xml", out);
        return got == READ_NONE ? map_near(f, "../rubrics/", name, ".xml", out) : got;
    case FILE_SCRIPT_USE:
        out->name = name;
        return map_near(f, "../../scripts/", name, ".lua", out);
    case FILE_SCRIPT_SRC:
        out->name = name;
        return map_near(f, "", name, "", out);
    case FILE_LOCAL:
    case FILE_PO:
        break;
    }
    return READ_NONE;
}

/* As large as a facilitator may allow for a scenario of their own. */
static struct limits large(bool lua_only)
{
    struct limits l = LIMITS_DEFAULT;
    l.file_bytes = 1u << 30;
    l.elements = 50000000;
    l.scenes = 10000000;
    l.script_memory = 1u << 30;
    l.lua_only = lua_only;
    return l;
}

static void fail(const char *what, const struct err *err)
{
    fprintf(stderr, "%s: %s [%s]\n", what, msg_what(err->code), msg_name(err->code));
    exit(65);
}

static struct rehearse_scenario *story_load(const char *file, bool lua_only)
{
    struct folder f = {.scenario = file};
    struct reader reader = {.self = &f, .read = hand_over};
    struct limits limits = large(lua_only);
    struct rehearse_scenario *s = rehearse_load(&reader, &limits);
    unmap(&f);
    for (uint32_t i = 0; i < s->problems.n && s->problems.errors; i++)
        if (msg_severity(s->problems.v[i].code) == SEV_ERROR)
            fail(file, &s->problems.v[i]);
    return s;
}

#endif
