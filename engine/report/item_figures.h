/* item_figures.h -- the statistics of item analysis, as plain arithmetic.
 *
 * Points of one person on one item are a cell; NAN: the person did not meet it.  Formulas: Pearson's product-moment
 * correlation; Cronbach 1951 for alpha; Spearman-Brown for a half that is made whole. */
#ifndef REPORT_ITEM_FIGURES_H
#define REPORT_ITEM_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The correlation of X and Y over N pairs; NAN where one of them does not vary. */
double figure_correlation(const double *x, const double *y, uint32_t n);

/* Cronbach's alpha of K items over N people who met all of them, cells by person; NAN where nothing varies or K < 2. */
double figure_alpha(const double *cells, uint32_t n, uint32_t k);
/* The correlation of odd with even items, corrected by Spearman and Brown; NAN as above, and at a correlation of -1. */
double figure_split_half(const double *cells, uint32_t n, uint32_t k);

#endif
