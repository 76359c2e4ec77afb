/*
 * orders - what an addressee owes its parent at once: the receipt.
 *
 * A directive of our parent that reaches our journal gets, in the same
 * transaction, a step "delivered" (DLV) of our own, which climbs like any
 * other record: the proof that our machine has it durably.  A directive that
 * came before (our disk was lost and the parent gave it back) has its receipt
 * already and gets no second one.
 *
 * A reactor: it acts once because of a record, not once per rebuild of the
 * views.  Called for each appended record, after the views have it.
 *
 * Belongs to one thread.
 */
#ifndef OFFICE_ORDERS_H
#define OFFICE_ORDERS_H

struct office;
struct relay_entry;

/* Spans of `entry` but its key and position may be gone afterwards. */
void orders_on_record(struct office *o, const struct relay_entry *entry);

#endif
