/*
 * The receipt is recorded in the transaction that recorded the directive, so
 * neither is there without the other.  That it is not given twice is asked of
 * the register, which has this record already.
 */
#include "office/orders.h"

#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_payload.h"
#include "law/moves/directive_core.h"
#include "office/office.h"
#include "office/office_keys.h"
#include "register/views.h"
#include "relay/relay.h"

static const char delivered[] = DIRECTIVE_DLV_CODE;

static bool
is_for_us(const struct office *o, const struct stream_key *key)
{
	return strcmp(key->audience, o->settings.office) == 0 &&
	       strcmp(key->origin, o->settings.parent) == 0;
}

static void
record_receipt(struct office *o, const char *id)
{
	struct directive_step step = { 0 };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };

	CHECK(text_copy(step.id, sizeof(step.id), id) == RC_OK);
	CHECK(text_copy(step.addressee, sizeof(step.addressee),
		  o->settings.office) == RC_OK);
	CHECK(text_copy(step.status, sizeof(step.status), delivered) == RC_OK);
	wire_directive_step_pack(&payload, &step);
	CHECK(office_record(o, "", RECORD_DIRECTIVE_STEP, buffer_span(&payload),
		  "system", "") == RC_OK);
	buffer_clear(&payload);
	log_info("directive=%s event=delivered", id);
}

/* Ours alone to open; kept beside those that came when we enrolled. */
static void
take_secret(struct office *o, struct span payload)
{
	struct sealed_secret secret;
	enum rc rc = wire_secret_unpack(payload, &secret);

	if (rc == RC_OK) {
		rc = office_keys_take(o->dir, o->identity, secret.version,
		    span_of(secret.sealed, SEALED_SECRET_BYTES));
	}
	if (rc != RC_OK) {
		log_warn("office=%s event=matching_secret_refused "
			 "reason=\"%s\"",
		    o->settings.office, rc_text(rc));
	}
}

static void
take_directive(struct office *o, struct span payload, uint64_t position)
{
	struct directive d;

	if (wire_directive_unpack(payload, &d) != RC_OK) {
		log_warn("position=%llu event=directive_unreadable",
		    (unsigned long long)position);
		return;
	}
	if (!views_has_step(o->views, d.id, o->settings.office, delivered))
		record_receipt(o, d.id);
}

/* That a matter of ours went up: only the office it is about is told. */
static void
take_notice(struct office *o, struct span payload, uint64_t position)
{
	struct escalated e;

	if (wire_escalated_unpack(payload, &e) != RC_OK) {
		log_warn("position=%llu event=notice_unreadable",
		    (unsigned long long)position);
		return;
	}
	if (strcmp(e.office, o->settings.office) == 0 &&
	    !views_has_step(o->views, e.id, o->settings.office, delivered))
		record_receipt(o, e.id);
}

/* What our parent handed us of somebody further above. */
static const struct record *
take_out(const struct record *record, struct record *storage)
{
	struct span bytes;

	if (wire_handed_unpack(record->payload, &bytes) != RC_OK ||
	    wire_record_unpack(bytes, storage) != RC_OK)
		return NULL;
	return storage->kind == RECORD_ESCALATED ? storage : NULL;
}

void
orders_on_record(struct office *o, const struct relay_entry *entry)
{
	struct record unwrapped, inner;
	const struct record *record;

	if (!is_for_us(o, &entry->stream->key))
		return;
	record = office_unwrap(entry, &unwrapped);
	if (record != NULL && record->kind == RECORD_HANDED)
		record = take_out(record, &inner);
	if (record == NULL)
		return;
	if (record->kind == RECORD_ESCALATED) {
		take_notice(o, record->payload, entry->position);
	} else if (record->kind == RECORD_DIRECTIVE_ISSUED) {
		take_directive(o, record->payload, entry->position);
	} else if (record->kind == RECORD_SECRET_HANDED) {
		take_secret(o, record->payload);
	}
}
