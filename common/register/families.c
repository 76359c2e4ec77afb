/*
 * The families of the register: the one list that the core goes by.
 *
 * A new kind of fact is a file with a `struct family`, one line in each of
 * the two lists here, and a member in struct views for what it remembers.
 *
 * The order is that of making, of folding again after a stream was put aside
 * (cases last: they follow from all the others), and of looking for the fold
 * of a kind, so petitions come early.  It is part of the register's mark: when
 * it changes, registers are made again from the journal.
 */
#include "register/views_internal.h"

extern const struct family petitions_family, stale_family, wrapped_family,
    offices_family, published_family, attachments_family, identities_family,
    moves_family, matters_family, escalations_family, directives_family,
    standings_family, involved_family, cases_family;

const struct family *const views_families[] = { &petitions_family,
	&stale_family, &wrapped_family, &offices_family, &published_family,
	&attachments_family, &identities_family, &moves_family, &matters_family,
	&escalations_family, &directives_family, &standings_family,
	&involved_family, &cases_family, NULL };
