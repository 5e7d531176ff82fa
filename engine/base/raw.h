/* raw.h -- locals that are written before they are read.
 *
 * The build zeroes every local (HARD in the Makefile).  For a large one on the way of every choice that takes longer than
 * what it is for; there, and only where the benchmark shows it, this says that its bytes may be anything. */
#ifndef BASE_RAW_H
#define BASE_RAW_H

#define RAW __attribute__((uninitialized))

#endif
