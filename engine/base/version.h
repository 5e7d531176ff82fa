/* version.h -- what this engine calls itself, in events, in the protocol and on the command line. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define REHEARSE_VERSION "0.1"
#define REHEARSE_FORMAT 1

#endif
