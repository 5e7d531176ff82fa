/* new_words.h -- what `rehearse new` writes: one small scenario in each language, and runs of it. */
#ifndef CMD_NEW_WORDS_H
#define CMD_NEW_WORDS_H

struct new_run {
    const char *name; /* of the file, without .run */
    const char *text; /* %1 is the scenario's id */
};

struct new_words {
    const char *tag;
    /* The XML with ' for each quotation mark; %1 is the scenario's id, %2 where the schema is. */
    const char *xml;
    const struct new_run *runs; /* ends with a row without a name */
};

extern const struct new_words new_words[]; /* ends with a row without a tag */

#endif
