/*
 * store_sqlite - the journal's rows in one SQLite file, the ledger.
 *
 * What is added is seen by every read after it, also by a walk that is
 * already on its way.  Only one walk of each kind may be open.
 *
 * Belongs to one thread.
 */
#ifndef RELAY_STORE_SQLITE_H
#define RELAY_STORE_SQLITE_H

#include "base/rc.h"
#include "relay/store.h"

struct db;
struct store_sqlite;

/* Results as db_open gives them.  ":memory:" for tests. */
MUST_USE enum rc store_sqlite_open(const char *path, struct store_sqlite **out);
void store_sqlite_close(struct store_sqlite *store); /* NULL is fine */

/* The `store` that these want is a struct store_sqlite. */
extern const struct store_ops store_sqlite_ops;

/* For its health and for tables of the owner in the same transactions. */
struct db *store_sqlite_db(struct store_sqlite *store);

#endif
