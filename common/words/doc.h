/*
 * doc - JSON documents in the style of this house.
 *
 * Keys are stable snake_case; times are RFC 3339 with their zone, and null
 * where there is none; a text that is not UTF-8 is null.  Every face of the
 * product (replies, documents, the command line) builds and reads them with
 * these few functions.
 *
 * Memory: like jansson, what cannot be had ends the process.
 * Belongs to no thread.
 */
#ifndef WORDS_DOC_H
#define WORDS_DOC_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* {"key": value}; CHECKed.  Takes `value`. */
void doc_set(json_t *object, const char *key, json_t *value);
/* [..., value]; CHECKed.  Takes `value`. */
void doc_add(json_t *array, json_t *value);

/* RFC 3339 with zone; null when `wall_ms` is 0. */
json_t *doc_time(int64_t wall_ms);
/* Lower-case hex. */
json_t *doc_hex(const uint8_t *bytes, size_t size);
/* A text that may hold anything: what is not UTF-8 becomes null. */
json_t *doc_text(const char *text);
/* At most INT64_MAX; CHECKed. */
json_t *doc_number(uint64_t number);

/* A member that is text; "" when it is not there.  The object's own. */
const char *doc_member(const json_t *object, const char *key);

/* -- for people -- */

/* "2026-03-01 09:30" from RFC 3339; "-" for null. */
enum { DOC_MINUTE_MAX = 16 };
const char *doc_minute(const json_t *time, char out[static DOC_MINUTE_MAX + 1]);

/* A member that is a number, written down; "-" when it is not there. */
enum { DOC_DIGITS_MAX = 24 };
const char *doc_digits(const json_t *object, const char *key,
    char out[static DOC_DIGITS_MAX + 1]);

#endif
