/*
 * Registering: from what was typed to a record.
 *
 *	tidy, check             intake.h; the numbers in texts are masked here
 *	about whom?             accused.h: not us; about those above: kept here
 *	known already?          by source and number there
 *	number, query code, person key, sealed identity
 *	record
 *
 * Each arrival of a batch is judged by itself.  One that is refused leaves
 * nothing behind: the counter of numbers is saved with the record only.
 */
#include <sodium.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/accused.h"
#include "desk/dates.h"
#include "desk/desk_internal.h"
#include "desk/secrets.h"
#include "keys/seal.h"
#include "petition/intake.h"
#include "petition/query_code.h"
#include "register/ask/items.h"
#include "words/doc.h"

/* One arrival on its way; cleared after each. */
struct arrival {
	struct intake intake; /* tidied; its spans live in `memory` */
	struct buffer memory;
	struct desk_number number;
	char query_code[QUERY_CODE_MAX + 1]; /* "": not wanted */
	uint8_t query_hash[HASH_BYTES];
	uint8_t person_key[HASH_BYTES];
	struct buffer plain; /* packed identity: wiped */
	struct buffer sealed;
	struct buffer payload;
	bool is_held_back; /* never leaves this office */
};

/* What is the same for all arrivals of a command. */
struct session {
	struct office *office;
	const struct command *command;
	struct desk_keys keys;
	enum language language;
	int year;
};

/* -- outcomes -- */

static json_t *
refused(const struct session *s, enum say id, const char *field)
{
	return json_pack("{s:s, s:s, s:s*}", "outcome", "refused", "sentence",
	    say(s->language, id), "field", field);
}

static json_t *
refused_problem(const struct session *s, const struct intake_problem *problem)
{
	char sentence[SAY_TEXT_MAX];

	intake_problem_say(sentence, sizeof(sentence), s->language, problem);
	return json_pack("{s:s, s:s, s:s*}", "outcome", "refused", "sentence",
	    sentence, "field", problem->field);
}

static json_t *
refused_us(const struct session *s)
{
	char sentence[SAY_TEXT_MAX];

	accused_say_us(&s->office->settings, s->language, sentence);
	return json_pack("{s:s, s:s, s:s}", "outcome", "refused", "sentence",
	    sentence, "field", "accused");
}

/* Where the paper has to go, since the record stays. */
static void
add_held_back(const struct session *s, const struct arrival *a, json_t *out)
{
	char office[OFFICE_CODE_MAX + 1], sentence[SAY_TEXT_MAX];
	enum rc rc = accused_hand_to(&s->office->settings, &a->intake, office);

	say_to(sentence, sizeof(sentence), s->language, SAY_DESK_HELD_BACK,
	    SAY_ARGS(a->number.text,
		rc == RC_OK ? office
			    : say(s->language, SAY_DESK_ABOVE_ACCUSED)));
	doc_set(out, "held_back", json_true());
	doc_set(out, "sentence", doc_text(sentence));
	if (rc == RC_OK) {
		doc_set(out, "hand_to", doc_text(office));
	}
}

static json_t *
arrival_recorded(const struct session *s, const struct arrival *a,
    const struct desk_place *place)
{
	json_t *out = json_pack("{s:s, s:s, s:s*, s:o, s:o, s:o, s:o}",
	    "outcome", "recorded", "item", a->number.text, "query_code",
	    a->query_code[0] != '\0' ? a->query_code : NULL, "position",
	    doc_number(place->position), "leaf",
	    doc_hex(place->leaf, HASH_BYTES), "has_identity",
	    json_boolean(a->sealed.size > 0), "recorded_at",
	    doc_time(s->office->now.wall_ms));

	if (a->is_held_back)
		add_held_back(s, a, out);
	/* Whoever gets a slip is told what happens by when. */
	if (a->query_code[0] != '\0') {
		doc_set(out, "due", dates_of(s->office->views, a->number.text));
	}
	return out;
}

/* -- steps -- */

/* The item that this source has already become; NULL: it is new. */
static json_t *
known_already(const struct session *s, const struct intake *intake)
{
	struct ask_source found;

	if (intake->source_ref.size == 0 ||
	    !ask_source(s->office->views, intake->source, intake->source_ref,
		&found))
		return NULL;
	return json_pack("{s:s, s:s, s:I}", "outcome", "already", "item",
	    found.item, "position", (json_int_t)found.position);
}

/* What was left open is said by the office that takes it in. */
static void
complete(const struct session *s, struct intake *intake)
{
	const struct office_settings *own = &s->office->settings;

	if (intake->claimed_ms == 0)
		intake->claimed_ms = s->office->now.wall_ms;
	/* At a hub the matter may belong to whoever has it below. */
	if (intake->responsible[0] == '\0' && !s->office->trade->has_children) {
		memcpy(intake->responsible, own->office,
		    sizeof(intake->responsible));
	}
	if (intake->level[0] == '\0') {
		CHECK(text_copy(intake->level, sizeof(intake->level),
			  own->level) == RC_OK);
	}
}

static bool
has_identity(const struct intake *intake)
{
	return intake->person_name.size > 0 ||
	       intake->person_document.size > 0 ||
	       intake->person_phone.size > 0 || intake->person_address.size > 0;
}

/* Seal the identity under this year's key.  NULL, or why not. */
static json_t *
seal_person(const struct session *s, struct arrival *a)
{
	const struct intake *intake = &a->intake;
	const struct identity_fields fields = { .name = intake->person_name,
		.document = intake->person_document,
		.phone = intake->person_phone,
		.address = intake->person_address };
	enum rc rc;

	if (!has_identity(intake))
		return NULL;
	wire_identity_pack(&a->plain, &fields);
	rc = seal_identity(s->office->seal, s->year, a->number.text,
	    buffer_span(&a->plain), &a->sealed);
	sodium_memzero(a->plain.at, a->plain.size);
	if (rc == RC_TOO_BIG)
		return refused(s, SAY_DESK_IDENTITY_TOO_LONG, "person_name");
	return rc == RC_OK ? NULL : refused(s, SAY_DESK_NO_SEAL, NULL);
}

static void
draw_query_code(const struct session *s, struct arrival *a)
{
	a->query_code[0] = '\0';
	if (!s->command->registering.want_query_codes)
		return;
	query_code_new(a->query_code);
	query_code_hash(a->query_code, s->keys.query, a->query_hash);
}

static void
fill_petition(const struct session *s, const struct arrival *a,
    struct petition *p)
{
	memcpy(p->item, a->number.text, sizeof(p->item));
	p->arrival = a->intake.arrival;
	if (a->query_code[0] != '\0')
		p->query_hash = span_of(a->query_hash, HASH_BYTES);
	if (a->sealed.size > 0) {
		p->sealed_identity = buffer_span(&a->sealed);
		p->seal_year = (uint32_t)s->year;
	}
}

static void
pack_petition(const struct session *s, struct arrival *a)
{
	struct petition p = { 0 };

	fill_petition(s, a, &p);
	if (desk_keys_person(&s->keys, a->intake.person_document,
		a->intake.person_phone, a->person_key) == RC_OK) {
		p.person_key = span_of(a->person_key, HASH_BYTES);
		p.person_key_version = s->keys.matching_version;
	}
	wire_petition_pack(&a->payload, &p);
}

static json_t *
record_arrival(const struct session *s, struct arrival *a)
{
	struct record draft = { .kind = RECORD_PETITION_REGISTERED,
		.claimed_ms = a->intake.claimed_ms,
		.payload = buffer_span(&a->payload) };
	const char *audience =
	    a->is_held_back ? s->office->settings.office : "";
	struct desk_place place;

	if (desk_record(s->office, s->command, audience, &draft, &place) !=
	    RC_OK)
		return refused(s, SAY_DESK_RECORD_TOO_LONG, "text");
	desk_number_used(s->office, &a->number);
	return arrival_recorded(s, a, &place);
}

static void
reset_arrival(struct arrival *a)
{
	/* Tidied fields hold the identity as well. */
	if (a->memory.at != NULL)
		sodium_memzero(a->memory.at, a->memory.size);
	if (a->plain.at != NULL)
		sodium_memzero(a->plain.at, a->plain.size);
	buffer_reset(&a->memory);
	buffer_reset(&a->plain);
	buffer_reset(&a->sealed);
	buffer_reset(&a->payload);
}

static json_t *
take_in(const struct session *s, const struct intake *typed, struct arrival *a)
{
	const struct office_settings *own = &s->office->settings;
	struct intake_problem problem;
	uint32_t masked = 0;
	json_t *answer;

	reset_arrival(a);
	a->intake = *typed;
	intake_tidy(&a->intake, &a->memory, &masked);
	if (accused_has(&a->intake, own->office))
		return refused_us(s);
	complete(s, &a->intake);
	if (intake_check(&a->intake, s->office->now.wall_ms, &problem) != RC_OK)
		return refused_problem(s, &problem);
	answer = known_already(s, &a->intake);
	if (answer != NULL)
		return answer;
	/* What names an item that is kept here is kept here as well. */
	a->is_held_back = accused_holds_back(own, &a->intake) ||
			  accused_keeps_here(s->office, a->intake.earlier_item);
	desk_next_number(s->office, NUMBER_ITEM, &a->number);
	draw_query_code(s, a);
	answer = seal_person(s, a);
	if (answer != NULL)
		return answer;
	pack_petition(s, a);
	return record_arrival(s, a);
}

/* -- the command -- */

static json_t *
take_in_all(const struct session *s)
{
	const struct command_register *r = &s->command->registering;
	struct arrival a = { 0 };
	json_t *items = json_array();

	for (uint32_t i = 0; i < r->items_count; i++) {
		doc_add(items, take_in(s, &r->items[i], &a));
	}
	reset_arrival(&a);
	buffer_clear(&a.memory);
	buffer_clear(&a.plain);
	buffer_clear(&a.sealed);
	buffer_clear(&a.payload);
	return items;
}

void
desk_register(struct office *o, const struct command *c,
    struct reply_writer *reply)
{
	struct session s = { .office = o,
		.command = c,
		.language = reply->language,
		.year = clock_year(o->now.wall_ms) };

	if (desk_keys_load(o->dir, &s.keys) != RC_OK) {
		reply_refuse(reply, EXIT_CONFIG, SAY_DESK_NO_KEYS,
		    SAY_ARGS(o->dir));
		return;
	}
	reply_result(reply, json_pack("{s:o}", "items", take_in_all(&s)));
	desk_keys_wipe(&s.keys);
}
