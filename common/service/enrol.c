/*
 * Secrets are kept first and the parent's name, address and key last: with them
 * the office has joined, and whatever broke off before is simply repeated.
 */
#include "service/enrol.h"

#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire.h"
#include "mech/bus.h"
#include "office/office_keys.h"
#include "service/invitation.h"

enum { LOOK_MS = 100 };

/* One attempt to join. */
struct join {
	const struct enrol_options *options;
	struct invitation invitation;
	struct office *office;
	struct bus *bus;
	struct bus_socket *line;
	struct office_fault *fault;
};

static enum rc
fail(struct join *j, enum rc rc, enum exit_status exit, enum say id,
    const char *first, const char *second)
{
	office_fault_say(j->fault, exit, j->options->language, id,
	    SAY_ARGS(first, second));
	return rc;
}

/* -- the invitation -- */

static enum rc
read_invitation(struct join *j, const char *file)
{
	struct buffer text = { .limit = INVITATION_BYTES_MAX };
	struct invitation_fault wrong;
	char sentence[INVITATION_SENTENCE_MAX + 1];
	enum rc rc = file_read(file, &text);

	if (rc == RC_NONE || rc == RC_DENIED) {
		rc = fail(j, rc, EXIT_REFUSED, SAY_ENROL_FILE_UNREADABLE, file,
		    "");
	} else if (rc != RC_OK || invitation_read(buffer_span(&text),
				      &j->invitation, &wrong) != RC_OK) {
		if (rc != RC_OK) {
			wrong =
			    (struct invitation_fault){ .problem =
							   INVITATION_NOT_ONE };
		}
		invitation_sentence(&wrong, j->options->language, sentence);
		rc = fail(j, RC_MALFORMED, EXIT_REFUSED, SAY_ENROL_FILE_WRONG,
		    file, sentence);
	}
	if (text.at != NULL)
		explicit_bzero(text.at, text.capacity);
	buffer_clear(&text);
	return rc;
}

static enum rc
judge_invitation(struct join *j)
{
	const struct invitation *i = &j->invitation;
	const struct office_settings *s = &j->office->settings;
	char time_text[CLOCK_TEXT_MAX + 1];

	if (strcmp(i->office, s->office) != 0) {
		return fail(j, RC_REFUSED, EXIT_REFUSED, SAY_ENROL_OTHER_OFFICE,
		    i->office, s->office);
	}
	if (j->office->now.wall_ms > i->expires_ms) {
		clock_format(i->expires_ms, time_text);
		return fail(j, RC_REFUSED, EXIT_REFUSED, SAY_ENROL_EXPIRED,
		    time_text, i->parent);
	}
	if (s->parent_key[0] != '\0' && !j->options->force &&
	    strcmp(s->parent, i->parent) != 0) {
		return fail(j, RC_REFUSED, EXIT_REFUSED, SAY_ENROL_JOINED,
		    s->parent, i->parent);
	}
	return RC_OK;
}

/* -- the line -- */

static enum rc
dial_once(struct join *j)
{
	const struct invitation *i = &j->invitation;
	uint8_t curve[BUS_KEY_BYTES];
	struct bus_keys once;
	enum rc rc;

	memcpy(once.public_key, i->once_public, BUS_KEY_BYTES);
	memcpy(once.secret_key, i->once_secret, BUS_KEY_BYTES);
	rc = office_keys_curve_of(i->parent_key, curve);
	if (rc == RC_OK)
		rc = bus_dial(j->bus, i->address, curve, &once, &j->line);
	explicit_bzero(&once, sizeof(once));
	if (rc != RC_OK) {
		return fail(j, rc, EXIT_CONFIG, SAY_ENROL_ADDRESS, i->address,
		    i->parent);
	}
	return RC_OK;
}

static enum bus_dial_state
await_line(struct join *j, int64_t until_ms)
{
	while (bus_dial_state(j->line) == BUS_DIAL_TRYING &&
	       clock_steady_ms() < until_ms)
		(void)bus_wait(j->bus, -1, LOOK_MS);
	return bus_dial_state(j->line);
}

static enum rc
connect_parent(struct join *j)
{
	const struct invitation *i = &j->invitation;
	int64_t begun_ms = clock_steady_ms();
	enum bus_dial_state state;

	for (;;) {
		enum rc rc = dial_once(j);

		if (rc != RC_OK)
			return rc;
		state = await_line(j, begun_ms + ENROL_CONNECT_MS);
		if (state != BUS_DIAL_CLOSED ||
		    clock_steady_ms() > begun_ms + ENROL_PATIENCE_MS)
			break;
		bus_socket_close(j->line);
		(void)bus_wait(j->bus, -1, LOOK_MS);
	}
	if (state == BUS_DIAL_UP)
		return RC_OK;
	if (state == BUS_DIAL_DENIED) {
		return fail(j, RC_REFUSED, EXIT_REFUSED, SAY_ENROL_DENIED,
		    i->parent, i->address);
	}
	if (state == BUS_DIAL_NO_HANDSHAKE) {
		return fail(j, RC_REFUSED, EXIT_REFUSED, SAY_ENROL_WRONG_KEY,
		    i->parent, i->address);
	}
	return fail(j, RC_BUSY, EXIT_TRY_AGAIN, SAY_ENROL_UNREACHABLE,
	    i->parent, i->address);
}

static void
send_enrol(struct join *j)
{
	const struct invitation *i = &j->invitation;
	const struct office *o = j->office;
	struct frame f = { .type = FRAME_ENROL };
	struct buffer text = { .limit = INVITATION_BYTES_MAX };
	struct buffer packed = { .limit = FRAME_BYTES_MAX };

	CHECK(text_copy(f.enrol.invitation, sizeof(f.enrol.invitation),
		  i->id) == RC_OK);
	CHECK(text_copy(f.enrol.office, sizeof(f.enrol.office),
		  o->settings.office) == RC_OK);
	CHECK(text_copy(f.enrol.name, sizeof(f.enrol.name), o->settings.name) ==
	      RC_OK);
	memcpy(f.enrol.public_key, office_keys_public(o->identity), KEY_BYTES);
	CHECK(enrol_text(&text, i->id, f.enrol.office, f.enrol.public_key,
		  i->parent_key) == RC_OK);
	office_keys_sign(o->identity, ENROL_DOMAIN, buffer_span(&text),
	    f.enrol.signature);
	wire_frame_pack(&packed, &f);
	/* A line that breaks shows as no answer. */
	(void)!bus_send(j->line, NULL, buffer_span(&packed));
	buffer_clear(&text);
	buffer_clear(&packed);
}

/* The bytes of the answer stay in `frame`. */
static enum rc
await_answer(struct join *j, struct bus_frame *frame)
{
	int64_t until_ms = clock_steady_ms() + ENROL_ANSWER_MS;

	while (clock_steady_ms() < until_ms) {
		if (bus_receive(j->line, frame) == RC_OK)
			return RC_OK;
		if (bus_dial_state(j->line) != BUS_DIAL_UP)
			break;
		(void)bus_wait(j->bus, -1, LOOK_MS);
	}
	return fail(j, RC_BUSY, EXIT_TRY_AGAIN, SAY_ENROL_NO_ANSWER,
	    j->invitation.parent, j->invitation.address);
}

/* -- the answer -- */

static enum rc
refused(struct join *j, const struct frame_refuse *word)
{
	const struct invitation *i = &j->invitation;
	enum say id = SAY_ENROL_REFUSED;
	enum exit_status exit = EXIT_REFUSED;

	if (word->code == REFUSE_INVITATION_USED) {
		id = SAY_ENROL_USED;
	} else if (word->code == REFUSE_INVITATION_EXPIRED) {
		id = SAY_ENROL_OVER;
	} else if (word->code == REFUSE_INVITATION_OFFICE) {
		id = SAY_ENROL_OTHER_OFFICE;
	} else if (word->code == REFUSE_OFFICE) {
		id = SAY_ENROL_KEY_TAKEN;
	} else if (word->code == REFUSE_NO_SPACE) {
		id = SAY_ENROL_NO_SPACE;
	}
	if (word->code == REFUSE_NO_SPACE)
		exit = EXIT_TRY_AGAIN;
	return fail(j, RC_REFUSED, exit, id, i->parent,
	    id == SAY_ENROL_REFUSED ? word->reason : i->office);
}

static uint32_t
take_secrets(struct join *j, const struct frame_enrolled *e)
{
	uint32_t taken = 0;

	for (uint32_t i = 0; i < e->secrets_count; i++) {
		enum rc rc = office_keys_take(j->office->dir,
		    j->office->identity, e->secrets[i].version,
		    span_of(e->secrets[i].sealed, SEALED_SECRET_BYTES));

		if (rc == RC_OK) {
			taken++;
		} else {
			log_warn("office=%s event=matching_secret_refused "
				 "version=%u reason=\"%s\"",
			    j->office->settings.office,
			    (unsigned)e->secrets[i].version, rc_text(rc));
		}
	}
	return taken;
}

static enum rc
keep(struct join *j, const struct frame_enrolled *e, struct enrol_result *out)
{
	struct office_settings *s = &j->office->settings;
	const struct invitation *i = &j->invitation;

	out->secrets = take_secrets(j, e);
	CHECK(text_copy(s->parent, sizeof(s->parent), i->parent) == RC_OK);
	CHECK(text_copy(s->parent_name, sizeof(s->parent_name),
		  e->parent_name[0] != '\0' ? e->parent_name
					    : i->parent_name) == RC_OK);
	text_hex(span_of(i->parent_key, KEY_BYTES), s->parent_key);
	if (text_copy(s->parent_address, sizeof(s->parent_address),
		i->address) != RC_OK) {
		return fail(j, RC_TOO_BIG, EXIT_CONFIG, SAY_ENROL_ADDRESS,
		    i->address, i->parent);
	}
	if (office_settings_write_parent(j->office->dir, s) != RC_OK) {
		return fail(j, RC_DENIED, EXIT_CONFIG, SAY_OFFICE_DENIED,
		    j->office->dir, "");
	}
	CHECK(text_copy(out->parent, sizeof(out->parent), s->parent) == RC_OK);
	CHECK(text_copy(out->parent_name, sizeof(out->parent_name),
		  s->parent_name) == RC_OK);
	CHECK(text_copy(out->parent_address, sizeof(out->parent_address),
		  s->parent_address) == RC_OK);
	log_info("office=%s event=joined parent=%s", s->office, s->parent);
	return RC_OK;
}

static enum rc
understand(struct join *j, struct span bytes, struct enrol_result *out)
{
	struct frame f;

	if (wire_frame_unpack(bytes, &f) == RC_OK) {
		if (f.type == FRAME_REFUSE)
			return refused(j, &f.refuse);
		if (f.type == FRAME_ENROLLED &&
		    strcmp(f.enrolled.office, j->invitation.office) == 0 &&
		    strcmp(f.enrolled.parent, j->invitation.parent) == 0)
			return keep(j, &f.enrolled, out);
	}
	return fail(j, RC_MALFORMED, EXIT_REFUSED, SAY_ENROL_NONSENSE,
	    j->invitation.parent, j->invitation.address);
}

/* -- joining -- */

static enum rc
open_office(struct join *j, const char *dir, const struct office_trade *trade)
{
	struct office_options options = { .language = j->options->language };
	enum rc rc = office_open(dir, trade, &options, &j->office, j->fault);

	if (rc == RC_BUSY) {
		return fail(j, rc, EXIT_TRY_AGAIN, SAY_ENROL_STOP_FIRST, dir,
		    "");
	}
	return rc;
}

static enum rc
ask_parent(struct join *j, struct enrol_result *out)
{
	struct bus_frame frame = { 0 };
	enum rc rc = connect_parent(j);

	if (rc == RC_OK) {
		send_enrol(j);
		rc = await_answer(j, &frame);
	}
	if (rc == RC_OK)
		rc = understand(j, frame.bytes, out);
	bus_frame_clear(&frame);
	return rc;
}

enum rc
enrol_join(const char *dir, const struct office_trade *trade, const char *file,
    const struct enrol_options *options, struct enrol_result *out,
    struct office_fault *fault)
{
	struct join j = { .options = options, .fault = fault };
	enum rc rc = read_invitation(&j, file);

	*out = (struct enrol_result){ .secrets = 0 };
	if (rc == RC_OK)
		rc = open_office(&j, dir, trade);
	if (rc == RC_OK)
		rc = judge_invitation(&j);
	if (rc == RC_OK) {
		j.bus = bus_open(NULL, NULL);
		rc = ask_parent(&j, out);
		bus_close(j.bus);
	}
	office_close(j.office);
	invitation_clear(&j.invitation);
	return rc;
}
