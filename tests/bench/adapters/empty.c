/* empty.c -- a program that says one line: what starting costs before a program does anything, by what it is linked
 * with. */
#include <stdio.h>

int main(void)
{
    puts("ready");
    return 0;
}
