/*
 * store_ram - a journal's store in memory, with a disk that can be lost.
 *
 * What is committed survives a crash; what is not is gone.  A backup is a
 * copy of the committed state that can be put back later.  Memory is released
 * only with the whole world (one seed), so rows may be shared by copies.
 */
#ifndef SIM_STORE_RAM_H
#define SIM_STORE_RAM_H

#include "relay/store.h"

struct store_ram;

struct store_ram *store_ram_new(void);
void store_ram_free(struct store_ram *s);
extern const struct store_ops store_ram_ops;

/* The power goes: everything since begin is lost, walks are closed. */
void store_ram_crash(struct store_ram *s);

/* Copy the committed state; later put it back over what is there. */
struct store_ram *store_ram_copy(const struct store_ram *s);
void store_ram_restore(struct store_ram *s, const struct store_ram *backup);

/* For the checks: the committed rows. */
size_t store_ram_rows(const struct store_ram *s);
const struct store_row *store_ram_row(const struct store_ram *s, size_t i);
/* Committed size of a stream (branch 0), 0 when there is none. */
uint64_t store_ram_size(const struct store_ram *s,
    const struct stream_key *key);

#endif
