/*
 * wire_shared - fields that records and commands have in common, by the plain
 * struct that holds them.  A record's rules; commands hold to them mildly.
 *
 * For tables below `#define PLAIN` and `#define MESSAGE` (wire_fields.h).
 */
#ifndef CONTRACT_WIRE_SHARED_H
#define CONTRACT_WIRE_SHARED_H

#include "contract/limits.h"
#include "contract/wire_fields.h"

enum { MOVE_DAYS_MAX = 3650 };

/* struct stream_key: Record, StreamKey, Settle. */
#define STREAM_KEY_FIELDS                                                      \
	FIELD_OFFICE(origin), FIELD_U32(incarnation, 1, UINT32_MAX),           \
	    FIELD_OFFICE_OR_NONE(audience)

/* struct petition, struct intake: Petition, Intake. */
#define ARRIVAL_FIELDS                                                         \
	FIELD_KNOWN(channel), FIELD_KNOWN(purpose), FIELD_KNOWN(legal_class),  \
	    FIELD_KNOWN(category), FIELD_KNOWN(level),                         \
	    FIELD_U32(heads, 0, HEADS_MAX), FIELD_OFFICE_OR_NONE(responsible), \
	    FIELD_TEXT(subject, SUBJECT_BYTES_MAX),                            \
	    FIELD_TEXT(text, TEXT_BYTES_MAX),                                  \
	    FIELD_TEXT(place, PLACE_BYTES_MAX),                                \
	    FIELD_TEXT(source, SOURCE_BYTES_MAX),                              \
	    FIELD_TEXT(source_ref, SOURCE_REF_BYTES_MAX),                      \
	    FIELD_KNOWN(earlier_item), FIELD_OFFICES(accused, ACCUSED_MAX),    \
	    FIELD_KNOWN(procedure)

/* struct moved, but its move: Moved, ActMove. */
#define MOVED_FIELDS                                                           \
	FIELD_NEEDED(item), FIELD_OFFICE_OR_NONE(to), FIELD_TIME(due_ms),      \
	    FIELD_U32(days, 0, MOVE_DAYS_MAX),                                 \
	    FIELD_TEXT(text, MOVE_TEXT_BYTES_MAX), FIELD_KNOWN(document),      \
	    FIELD_KNOWN(opinion), FIELD_KNOWN(outcome), FIELD_KNOWN(rating),   \
	    FIELD_KNOWN(cause), FIELD_KNOWN(other), FIELD_KNOWN(approver),     \
	    FIELD_KNOWN(person)

/* struct directive, but id and draft: DirectiveIssued, DirectiveIssue. */
#define DIRECTIVE_FIELDS                                                       \
	FIELD_KNOWN(kind), FIELD_OFFICES_BORROWED(to, DIRECTIVE_TO_MAX),       \
	    FIELD_KNOWN(item), FIELD_KNOWN(matter), FIELD_TIME(due_ms),        \
	    FIELD_TEXT(text, DIRECTIVE_TEXT_BYTES_MAX), FIELD_KNOWN(ground),   \
	    FIELD_KNOWN(reference), FIELD_KNOWN(clock),                        \
	    FIELD_KNOWN(supersedes)

/* struct directive_step: DirectiveStep, DirectiveMove. */
#define STEP_FIELDS                                                            \
	FIELD_NEEDED(id), FIELD_OFFICE(addressee), FIELD_KNOWN(status),        \
	    FIELD_TEXT(text, DIRECTIVE_TEXT_BYTES_MAX), FIELD_TIME(due_ms),    \
	    FIELD_KNOWN(verdict), FIELD_TEXT(done, DIRECTIVE_TEXT_BYTES_MAX),  \
	    FIELD_TEXT(report, DIRECTIVE_TEXT_BYTES_MAX),                      \
	    FIELD_EXACTS(attachments, ATTACHMENTS_MAX), FIELD_KNOWN(other)

/* struct attached: Attached, Attach. */
#define ATTACHED_FIELDS                                                        \
	FIELD_EXACT(hash), FIELD_KNOWN(name),                                  \
	    FIELD_U64(size, 0,                                                 \
		(uint64_t)ATTACHMENT_PARTS_MAX *ATTACHMENT_PART_BYTES),        \
	    FIELD_U32(part, 1, ATTACHMENT_PARTS_MAX),                          \
	    FIELD_U32(parts, 1, ATTACHMENT_PARTS_MAX),                         \
	    FIELD_BYTES(data, 0, ATTACHMENT_PART_BYTES)

/* struct matter_linked, but what was found: MatterLinked, Match. */
#define LINKED_FIELDS                                                          \
	FIELD_NEEDED(item), FIELD_NEEDED(matter), FIELD_KNOWN(verdict),        \
	    FIELD_TEXT(text, LINK_TEXT_BYTES_MAX)

/* struct published, but version and date: Published, Publish. */
#define PUBLISHED_FIELDS                                                       \
	FIELD_NEEDED(sort), FIELD_TEXT(text, PUBLISHED_TEXT_BYTES_MAX)

/* struct identity_step: IdentityStep, IdentityMove. */
#define IDENTITY_STEP_FIELDS                                                   \
	FIELD_NEEDED(item), FIELD_KNOWN(step),                                 \
	    FIELD_TEXT(reason, LINK_TEXT_BYTES_MAX), FIELD_KNOWN(requester)

/* struct key_destroyed: KeyDestroyed, DestroyKey. */
#define KEY_DESTROYED_FIELDS                                                   \
	FIELD_U32(year, KEY_YEAR_MIN, KEY_YEAR_MAX),                           \
	    FIELD_TEXT(reason, LINK_TEXT_BYTES_MAX)

#endif
