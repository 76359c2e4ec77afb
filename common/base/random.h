/*
 * random - the operating system's randomness, for keys, nonces and jitter.
 * Cores never call this: a random number reaches them inside an event.
 * Any thread.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_fill(void *out, size_t size);
uint64_t random_u64(void);

#endif
