/* words.h -- the program's own words, in the reader's language.
 *
 * English is written in the code and is the key; other languages are engine/po/xx.po, linked into the programs.  The
 * language is an argument: neither the machine's locales nor anything global decide.  NULL is English.
 *
 *     const struct words *w = words_choose(option, getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
 *     puts(tr(w, "Saved."));
 *     printf(trn(w, "%d line", "%d lines", n), n);
 *
 * `make po-update` collects the texts: the arguments of tr, trn, trc and N_, and the rows of messages.def. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/text.h"

/* A language's words as msgfmt writes them. */
struct words {
    const char *tag; /* "zh-CN" */
    const unsigned char *mo;
    size_t len;
};

/* Generated from engine/po; ends with a row without a tag. */
extern const struct words words_all[];

/* The language for a tag or a locale's name: "zh-CN", "zh", "zh_TW.UTF-8", "en".  False where there is none. */
bool words_find(struct text name, const struct words **out);
/* OPTION where it is given and known; else the first of LC_ALL, LC_MESSAGES and LANG that is not empty; else English.
 * Any may be NULL. */
const struct words *words_choose(const char *option, const char *lc_all, const char *lc_messages, const char *lang);
/* "en", "zh-CN". */
const char *words_tag(const struct words *w);

/* The words for ENGLISH, or ENGLISH itself where they are missing.  Never freed. */
const char *tr(const struct words *w, const char *english) __attribute__((format_arg(2)));
/* The same where one English text needs two translations: CONTEXT says which. */
const char *trc(const struct words *w, const char *context, const char *english) __attribute__((format_arg(3)));
/* The words that go with N things. */
const char *trn(const struct words *w, const char *one, const char *many, unsigned long n)
    __attribute__((format_arg(2), format_arg(3)));
/* Marks a text in a table; tr finds its words later. */
#define N_(english) english

/* Appends FORM with %1 … %4 replaced by ARGS, in one pass: an argument's own % mean nothing.  %% is a per cent sign. */
void words_fill(struct buf *out, const char *form, const struct text args[], size_t n);

#endif
