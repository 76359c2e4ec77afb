/*
 * The order in on_record is relied upon: the register first, since the trade and
 * the receipts ask it about the very record that came.
 */
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "base/random.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "office/office_internal.h"
#include "office/office_keys.h"
#include "office/orders.h"
#include "register/views.h"
#include "relay/journal.h"

enum { UNWRAP_MAX = 16 }; /* a record carried over that often */

const struct record *
office_unwrap(const struct relay_entry *entry, struct record *storage)
{
	struct span bytes = entry->bytes;

	if (entry->record == NULL || entry->record->kind != RECORD_CARRIED)
		return entry->record;
	for (int depth = 0; depth < UNWRAP_MAX; depth++) {
		if (wire_record_unpack(bytes, storage) != RC_OK ||
		    strcmp(storage->key.origin, entry->stream->key.origin) != 0)
			return NULL;
		if (storage->kind != RECORD_CARRIED)
			return storage;
		if (wire_carried_unpack(storage->payload, &bytes) != RC_OK)
			return NULL;
	}
	return NULL;
}

static bool
is_below(void *context, const char *office, const char *child)
{
	const struct office *o = context;

	if (o->trade->is_below == NULL || o->trade_state == NULL)
		return strcmp(office, child) == 0;
	return o->trade->is_below(o->trade_state, office, child);
}

/* Views first: what follows asks them. */
static void
on_record(void *context, const struct relay_entry *entry)
{
	struct office *o = context;

	views_apply(o->views, entry);
	if (o->trade->on_record != NULL && o->trade_state != NULL)
		o->trade->on_record(o->trade_state, entry);
	orders_on_record(o, entry);
}

static void
on_incarnation(void *context, const struct stream *previous)
{
	struct office *o = context;
	struct office_opened opened = { 0 };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	CHECK(text_copy(opened.office, sizeof(opened.office),
		  o->settings.office) == RC_OK);
	CHECK(text_copy(opened.name, sizeof(opened.name), o->settings.name) ==
	      RC_OK);
	memcpy(opened.public_key, office_keys_public(o->identity), KEY_BYTES);
	if (previous != NULL) {
		opened.previous_incarnation = previous->key.incarnation;
		opened.previous_size = previous->tree.size;
		merkle_root(&previous->tree, opened.previous_root);
	}
	wire_office_opened_pack(&payload, &opened);
	CHECK(office_record(o, "", RECORD_OFFICE_OPENED, buffer_span(&payload),
		  "system", "") == RC_OK);
	buffer_clear(&payload);
}

static uint64_t
give_random(void *context)
{
	(void)context;
	return random_u64();
}

void
office_open_relay(struct office *o)
{
	const struct office_settings *s = &o->settings;
	struct relay_settings settings = {
		.link = { .dial_ms = s->dial_ms,
		    .greeting_ms = s->greeting_ms,
		    .silence_ms = s->silence_ms,
		    .ack_ms = s->ack_ms,
		    .backoff_first_ms = s->backoff_first_ms,
		    .backoff_max_ms = s->backoff_max_ms,
		    .window_bytes = (uint32_t)s->window_bytes },
	};
	struct relay_hooks hooks = { .context = o,
		.is_below = is_below,
		.on_record = on_record,
		.on_incarnation = on_incarnation,
		.random = give_random };

	CHECK(text_copy(settings.office, sizeof(settings.office), s->office) ==
	      RC_OK);
	CHECK(text_format(settings.software, sizeof(settings.software),
		  "petition-relay %s", PETITION_VERSION) == RC_OK);
	o->relay = relay_open(o->journal, &settings, &hooks);
}
