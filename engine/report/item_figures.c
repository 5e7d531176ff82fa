/* item_figures.c -- sums of squares, in two passes, so that large means cost no digits. */
#include "report/item_figures.h"

#include <math.h>
#include <stdlib.h>

static double mean(const double *x, uint32_t n, size_t step)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += x[i * step];
    return n ? sum / n : NAN;
}

/* The sum of products of deviations. */
static double products(const double *x, size_t step_x, const double *y, size_t step_y, uint32_t n)
{
    double mx = mean(x, n, step_x), my = mean(y, n, step_y), sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += (x[i * step_x] - mx) * (y[i * step_y] - my);
    return sum;
}

double figure_correlation(const double *x, const double *y, uint32_t n)
{
    double xx = n ? products(x, 1, x, 1, n) : 0, yy = n ? products(y, 1, y, 1, n) : 0;
    return xx > 1e-12 && yy > 1e-12 ? products(x, 1, y, 1, n) / sqrt(xx * yy) : NAN;
}

/* The sum over items FROM, FROM + STEP … of each person. */
static double *sums(const double *cells, uint32_t n, uint32_t k, uint32_t from, uint32_t step)
{
    double *v = calloc(n ? n : 1, sizeof *v);
    for (uint32_t i = 0; v && i < n; i++)
        for (uint32_t c = from; c < k; c += step)
            v[i] += cells[(size_t)i * k + c];
    return v;
}

double figure_alpha(const double *cells, uint32_t n, uint32_t k)
{
    double *total = sums(cells, n, k, 0, 1);
    double items = 0, alpha = NAN;
    for (uint32_t c = 0; total && n && c < k; c++)
        items += products(cells + c, k, cells + c, k, n);
    double whole = total && n ? products(total, 1, total, 1, n) : 0;
    if (k >= 2 && whole > 1e-12)
        alpha = (double)k / (k - 1) * (1 - items / whole);
    free(total);
    return alpha;
}

double figure_split_half(const double *cells, uint32_t n, uint32_t k)
{
    double *odd = sums(cells, n, k, 0, 2), *even = sums(cells, n, k, 1, 2);
    double r = odd && even && k >= 2 ? figure_correlation(odd, even, n) : NAN;
    free(odd);
    free(even);
    return isnan(r) || r <= -1 + 1e-12 ? NAN : 2 * r / (1 + r);
}
