/* files_open.h -- opening one file beneath a folder, so that nothing outside of it is ever opened. */
#ifndef WIRE_FILES_OPEN_H
#define WIRE_FILES_OPEN_H

#include "wire/terms.h"

/* True for a relative path of [A-Za-z0-9_.-] and single slashes, without empty, "." or ".." segments, of at most 8. */
bool path_is_inside(struct text path);
/* True for [A-Za-z0-9_-], 1 to 64 of them: a name that may become part of a path. */
bool name_is_plain(struct text name);

/* Opens a folder that the user or the installation named; -1 where it is none. */
int folder_open(const char *path);
/* Reads the regular file PATH beneath the open FOLDER, at most MOST bytes, without following any link.  A name that the
 * user typed or that stands in the folder (TYPED) may be any single segment; all others must be path_is_inside. */
enum file_code file_read(int folder, struct text path, bool typed, size_t most, struct buf *out);
/* Its size; -1 where it is no regular file. */
int64_t file_size(int folder, struct text path, bool typed);

#endif
