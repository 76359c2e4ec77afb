/*
 * Which event a record is, whatever wraps it.
 *
 * A wrapping is taken off as the register takes it off (wrapped.c), which is
 * also who judges whether it may lie there: too many of them, or one that must
 * not be forwarded, are no event in the end, since the register then has
 * nothing at the row's place.  Each wrapping is longer than what it holds, so
 * that taking them off comes to an end.
 */
#include "register/ask/events.h"

#include "contract/wire.h"

/* True: `bytes` is what the wrapping holds, `kind` that one's kind. */
static bool
unwrap_record(struct span *bytes, uint32_t *kind)
{
	struct record outer, inner;
	enum rc rc;

	if (wire_record_unpack(*bytes, &outer) != RC_OK)
		return false;
	rc = *kind == RECORD_CARRIED ? wire_carried_unpack(outer.payload, bytes)
				     : wire_handed_unpack(outer.payload, bytes);
	if (rc != RC_OK || wire_record_unpack(*bytes, &inner) != RC_OK)
		return false;
	*kind = inner.kind;
	return true;
}

enum event_kind
event_kind_of(uint32_t kind, struct span bytes)
{
	bool is_wrapped = kind == RECORD_CARRIED || kind == RECORD_HANDED;

	while (kind == RECORD_CARRIED || kind == RECORD_HANDED) {
		if (!unwrap_record(&bytes, &kind))
			return EVENT_NONE;
	}
	switch (kind) {
	case RECORD_PETITION_REGISTERED:
		return EVENT_ARRIVAL;
	case RECORD_PETITION_MOVED:
		return EVENT_MOVE;
	case RECORD_MATTER_LINKED:
		return EVENT_LINK;
	case RECORD_ESCALATED:
		return EVENT_ESCALATION;
	case RECORD_DIRECTIVE_ISSUED:
		return EVENT_DIRECTIVE;
	case RECORD_DIRECTIVE_STEP:
		return EVENT_STEP;
	case RECORD_CHILD_ENROLLED:
		return EVENT_OFFICE;
	case RECORD_OFFICE_OPENED:
	case RECORD_CHILD_REVOKED:
		/* With a history that was settled: look at all of it anew. */
		return is_wrapped ? EVENT_OFFICE : EVENT_NONE;
	default:
		return EVENT_NONE;
	}
}
