/* new_words.h -- what `rehearse new` writes: one small scenario in each language. */
#ifndef CMD_NEW_WORDS_H
#define CMD_NEW_WORDS_H

struct new_words {
    const char *tag;
    /* The XML with ' for each quotation mark; %1 is the scenario's id, %2 where the schema is. */
    const char *xml;
};

extern const struct new_words new_words[]; /* ends with a row without a tag */

#endif
