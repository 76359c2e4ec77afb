/*
 * number - numbers from text, and numbers in bytes.
 *
 * Text becomes a number only here, with its range; bytes on the wire are
 * big-endian.  Pure; any thread.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdint.h>

#include "base/rc.h"

/*
 * Decimal, optional leading '-', nothing else around it.
 * RC_MALFORMED: not a number, or outside min..max (both inclusive).
 */
MUST_USE enum rc number_parse(const char *text, int64_t min, int64_t max,
    int64_t *out);

static inline void
number_put_u32(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 24);
	at[1] = (uint8_t)(value >> 16);
	at[2] = (uint8_t)(value >> 8);
	at[3] = (uint8_t)value;
}

static inline uint32_t
number_get_u32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static inline void
number_put_u64(uint8_t *at, uint64_t value)
{
	number_put_u32(at, (uint32_t)(value >> 32));
	number_put_u32(at + 4, (uint32_t)value);
}

static inline uint64_t
number_get_u64(const uint8_t *at)
{
	return (uint64_t)number_get_u32(at) << 32 | number_get_u32(at + 4);
}

#endif
