/* Goal: who comes in at a hub's door, by which invitation and key, and whose
 * word says who stands below whom. */
#include <sodium.h>

#include "base/text.h"
#include "contract/command.h"
#include "contract/wire_payload.h"
#include "desk/reply.h"
#include "law/offices/tree.h"
#include "line/roster.h"
#include "mech/db.h"
#include "office/office_keys.h"
#include "register/views.h"
#include "service/invitation.h"

#include "hub.h"
#include "support/desk.h"
#include "support/office_dir.h"
#include "support/turn.h"

/* A hub with its roster opened a second time, for the test alone. */
struct fixture {
	struct office *o;
	struct roster *r;
};

/* Somebody who wants to join. */
struct applicant {
	uint8_t public_key[KEY_BYTES];
	uint8_t secret_key[64];
};

static const char district[] = "420106";

/* Without the trade's roster, so that there is one only. */
static const struct office_trade bare_hub = {
	.program = "city-hub",
	.has_children = true,
};

static struct roster *current;

static bool
is_below(void *state, const char *office, const char *child)
{
	(void)state;
	return current != NULL &&
	       tree_is_below(roster_tree(current), office, child);
}

static void
on_record(void *state, const struct relay_entry *entry)
{
	(void)state;
	if (current != NULL)
		roster_on_record(current, entry);
}

static void *
open_state(struct office *o)
{
	return o;
}

static struct office_trade
trade(void)
{
	struct office_trade t = bare_hub;

	t.open = open_state;
	t.is_below = is_below;
	t.on_record = on_record;
	return t;
}

static void
open_fixture(const char *dir, struct fixture *f)
{
	static struct office_trade t;

	t = trade();
	f->o = office_dir_office(dir, &t, "420100", "tcp://10.0.0.1:7600");
	f->r = roster_open(f->o);
	current = f->r;
}

static void
close_fixture(struct fixture *f)
{
	current = NULL;
	roster_close(f->r);
	office_close(f->o);
}

/* -- acts -- */

/* One command at the roster, inside a turn. */
struct roster_act {
	struct roster *roster;
	void (*handle)(struct roster *r, const struct command *c,
	    struct reply_writer *w);
	struct command command;
	struct reply_writer reply;
};

static void
do_roster_act(void *context)
{
	struct roster_act *a = context;

	a->handle(a->roster, &a->command, &a->reply);
}

static enum exit_status
invite(struct fixture *f, const char *office, struct invitation *out)
{
	struct roster_act a = { .roster = f->r,
		.handle = roster_invite,
		.command = { .kind = COMMAND_INVITE, .language = "en" } };
	struct invitation_fault wrong;
	const char *text;
	enum exit_status exit;

	assert_int_equal(text_copy(a.command.invite.office,
			     sizeof(a.command.invite.office), office),
	    RC_OK);
	reply_init(&a.reply, a.command.language);
	in_turn(f->o, do_roster_act, &a);
	exit = a.reply.exit;
	if (exit == EXIT_DONE) {
		text = text_of(a.reply.result, "invitation");
		assert_int_equal(invitation_read(span_of_text(text), out,
				     &wrong),
		    RC_OK);
	}
	reply_clear(&a.reply);
	return exit;
}

static enum exit_status
revoke(struct fixture *f, const char *office)
{
	struct roster_act a = { .roster = f->r,
		.handle = roster_revoke,
		.command = { .kind = COMMAND_REVOKE, .language = "en" } };
	enum exit_status exit;

	assert_int_equal(text_copy(a.command.revoke.office,
			     sizeof(a.command.revoke.office), office),
	    RC_OK);
	reply_init(&a.reply, a.command.language);
	in_turn(f->o, do_roster_act, &a);
	exit = a.reply.exit;
	reply_clear(&a.reply);
	return exit;
}

static void
apply_as(struct applicant *a)
{
	assert_int_equal(crypto_sign_keypair(a->public_key, a->secret_key), 0);
}

static void
sign(const struct applicant *a, const struct invitation *i,
    struct frame_enrol *e)
{
	struct buffer text = { .limit = INVITATION_BYTES_MAX };
	struct buffer message = { .limit = INVITATION_BYTES_MAX };

	assert_int_equal(enrol_text(&text, i->id, e->office, e->public_key,
			     i->parent_key),
	    RC_OK);
	assert_int_equal(buffer_append(&message,
			     span_of(ENROL_DOMAIN, sizeof(ENROL_DOMAIN))),
	    RC_OK);
	assert_int_equal(buffer_append(&message, buffer_span(&text)), RC_OK);
	assert_int_equal(crypto_sign_detached(e->signature, NULL, message.at,
			     message.size, a->secret_key),
	    0);
	buffer_clear(&text);
	buffer_clear(&message);
}

static void
fill_enrol(const struct applicant *a, const struct invitation *i,
    const char *office, struct frame_enrol *e)
{
	*e = (struct frame_enrol){ .name = "District" };
	assert_int_equal(text_copy(e->invitation, sizeof(e->invitation), i->id),
	    RC_OK);
	assert_int_equal(text_copy(e->office, sizeof(e->office), office),
	    RC_OK);
	memcpy(e->public_key, a->public_key, KEY_BYTES);
	sign(a, i, e);
}

/* An application, inside a turn. */
struct enrolling {
	struct roster *roster;
	const char *invitation;
	const struct frame_enrol *application;
	struct frame answer;
};

static void
do_enrol(void *context)
{
	struct enrolling *e = context;

	roster_enrol(e->roster, e->invitation, e->application, &e->answer);
}

static struct frame
enrol_as(struct fixture *f, const struct invitation *i,
    const struct frame_enrol *application)
{
	struct enrolling e = { .roster = f->r,
		.invitation = i->id,
		.application = application };

	in_turn(f->o, do_enrol, &e);
	return e.answer;
}

static enum refuse_code
enrol(struct fixture *f, const struct applicant *a, const struct invitation *i,
    const char *office)
{
	struct frame_enrol e;
	struct frame answer;

	fill_enrol(a, i, office, &e);
	answer = enrol_as(f, i, &e);
	if (answer.type == FRAME_REFUSE)
		return answer.refuse.code;
	assert_int_equal(answer.type, FRAME_ENROLLED);
	assert_string_equal(answer.enrolled.parent, "420100");
	assert_int_equal(answer.enrolled.secrets_count, 1);
	return REFUSE_NOT;
}

static enum rc
admit(struct fixture *f, const struct applicant *a, char user[BUS_USER_MAX + 1])
{
	uint8_t curve[BUS_KEY_BYTES];

	assert_int_equal(office_keys_curve_of(a->public_key, curve), RC_OK);
	return roster_admit(f->r, curve, user);
}

/* A record of a hub below us, as a batch brings it. */
static void
hear_child_record(struct fixture *f, const char *origin, uint32_t kind,
    const char *office, const char *parent)
{
	const struct stream_key key = stream_of(origin, "");
	struct child child = { .name = "x" };
	struct buffer payload = { .limit = RECORD_BYTES_MAX };
	struct applicant a;

	apply_as(&a);
	memcpy(child.public_key, a.public_key, KEY_BYTES);
	assert_int_equal(text_copy(child.office, sizeof(child.office), office),
	    RC_OK);
	assert_int_equal(text_copy(child.parent, sizeof(child.parent), parent),
	    RC_OK);
	wire_child_pack(&payload, &child);
	office_hears(f->o, &key, kind, 1, &payload);
}

/* -- tests -- */

TEST_WITH(test_an_unknown_key_is_refused, office_dir_make, office_dir_remove)
{
	char user[BUS_USER_MAX + 1];
	struct applicant a;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_not_equal(admit(&f, &a, user), RC_OK);
	close_fixture(&f);
}

TEST_WITH(test_an_invited_office_comes_in_as_its_invitation_and_then_as_itself,
    office_dir_make, office_dir_remove)
{
	char user[BUS_USER_MAX + 1], office[OFFICE_CODE_MAX + 1];
	char invitation[INVITATION_ID_MAX + 1];
	struct invitation i;
	struct applicant a;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(roster_admit(f.r, i.once_public, user), RC_OK);
	assert_int_equal(roster_user(f.r, user, office, invitation), RC_NONE);
	assert_string_equal(invitation, i.id);
	assert_int_equal(enrol(&f, &a, &i, district), REFUSE_NOT);
	assert_int_equal(admit(&f, &a, user), RC_OK);
	assert_int_equal(roster_user(f.r, user, office, invitation), RC_OK);
	assert_string_equal(office, district);
	/* The roster survives its closing. */
	close_fixture(&f);
	open_fixture(*state, &f);
	assert_int_equal(admit(&f, &a, user), RC_OK);
	close_fixture(&f);
}

TEST_WITH(test_an_invitation_serves_one_key, office_dir_make, office_dir_remove)
{
	struct applicant first, second;
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&first);
	apply_as(&second);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &first, &i, district), REFUSE_NOT);
	assert_int_equal(enrol(&f, &second, &i, district),
	    REFUSE_INVITATION_USED);
	/* The first answer may have been lost: asking again is no harm. */
	assert_int_equal(enrol(&f, &first, &i, district), REFUSE_NOT);
	assert_int_equal(roster_count(f.r), 1);
	close_fixture(&f);
}

TEST_WITH(test_an_invitation_serves_one_office, office_dir_make,
    office_dir_remove)
{
	struct applicant a;
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &a, &i, "420102"), REFUSE_INVITATION_OFFICE);
	close_fixture(&f);
}

TEST_WITH(test_an_expired_or_replaced_invitation_serves_nobody, office_dir_make,
    office_dir_remove)
{
	struct applicant a;
	struct invitation old, new;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &old), EXIT_DONE);
	assert_int_equal(invite(&f, district, &new), EXIT_DONE);
	assert_int_equal(enrol(&f, &a, &old, district),
	    REFUSE_INVITATION_EXPIRED);
	assert_int_equal(setenv("PETITION_TEST_CLOCK_SHIFT_S", "800000", 1), 0);
	assert_int_equal(enrol(&f, &a, &new, district),
	    REFUSE_INVITATION_EXPIRED);
	assert_int_equal(unsetenv("PETITION_TEST_CLOCK_SHIFT_S"), 0);
	assert_int_equal(enrol(&f, &a, &new, district), REFUSE_NOT);
	close_fixture(&f);
}

TEST_WITH(test_a_signature_of_another_key_is_refused, office_dir_make,
    office_dir_remove)
{
	struct applicant a, other;
	struct frame_enrol e;
	struct frame answer;
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	apply_as(&other);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	fill_enrol(&a, &i, district, &e);
	memcpy(e.public_key, other.public_key, KEY_BYTES);
	answer = enrol_as(&f, &i, &e);
	assert_int_equal(answer.type, FRAME_REFUSE);
	assert_int_equal(answer.refuse.code, REFUSE_MALFORMED);
	assert_int_equal(roster_count(f.r), 0);
	close_fixture(&f);
}

TEST_WITH(test_a_key_serves_one_office, office_dir_make, office_dir_remove)
{
	struct applicant a;
	struct invitation i, j;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(invite(&f, "420102", &j), EXIT_DONE);
	assert_int_equal(enrol(&f, &a, &i, district), REFUSE_NOT);
	assert_int_equal(enrol(&f, &a, &j, "420102"), REFUSE_OFFICE);
	close_fixture(&f);
}

TEST_WITH(test_a_revoked_office_is_cut_off_but_its_history_still_climbs,
    office_dir_make, office_dir_remove)
{
	char user[BUS_USER_MAX + 1], office[OFFICE_CODE_MAX + 1];
	char invitation[INVITATION_ID_MAX + 1];
	struct applicant a;
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &a, &i, district), REFUSE_NOT);
	assert_int_equal(admit(&f, &a, user), RC_OK);
	assert_int_equal(revoke(&f, district), EXIT_DONE);
	assert_int_equal(roster_user(f.r, user, office, invitation),
	    RC_REFUSED);
	assert_int_not_equal(admit(&f, &a, user), RC_OK);
	assert_true(tree_is_below(roster_tree(f.r), district, "420100"));
	assert_int_equal(revoke(&f, district), EXIT_REFUSED);
	/* Neither does the invitation let it in again. */
	assert_int_equal(enrol(&f, &a, &i, district), REFUSE_INVITATION_USED);
	close_fixture(&f);
}

TEST_WITH(test_a_new_key_ends_the_sessions_of_the_old_one, office_dir_make,
    office_dir_remove)
{
	char user[BUS_USER_MAX + 1], office[OFFICE_CODE_MAX + 1];
	char invitation[INVITATION_ID_MAX + 1];
	struct applicant old, new;
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&old);
	apply_as(&new);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &old, &i, district), REFUSE_NOT);
	assert_int_equal(admit(&f, &old, user), RC_OK);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &new, &i, district), REFUSE_NOT);
	assert_int_equal(roster_user(f.r, user, office, invitation),
	    RC_REFUSED);
	close_fixture(&f);
}

TEST_WITH(test_offices_further_down_are_known_through_their_hub,
    office_dir_make, office_dir_remove)
{
	struct fixture f;

	open_fixture(*state, &f);
	hear_child_record(&f, "420106", RECORD_CHILD_ENROLLED, "420106003",
	    "420106");
	hear_child_record(&f, "420100", RECORD_CHILD_ENROLLED, "420106",
	    "420100");
	assert_true(tree_is_below(roster_tree(f.r), "420106003", "420106"));
	assert_true(tree_is_below(roster_tree(f.r), "420106003", "420100"));
	assert_false(tree_is_below(roster_tree(f.r), "420106003", "420102"));
	assert_false(tree_is_below(roster_tree(f.r), "420106", "420106003"));
	close_fixture(&f);
}

TEST_WITH(test_no_hub_can_claim_anothers_office, office_dir_make,
    office_dir_remove)
{
	struct fixture f;

	open_fixture(*state, &f);
	hear_child_record(&f, "420106", RECORD_CHILD_ENROLLED, "420106003",
	    "420106");
	/* Said of itself, by the wrong office: first come. */
	hear_child_record(&f, "420102", RECORD_CHILD_ENROLLED, "420106003",
	    "420102");
	assert_false(tree_is_below(roster_tree(f.r), "420106003", "420102"));
	/* Said in another's name. */
	hear_child_record(&f, "420102", RECORD_CHILD_REVOKED, "420106003",
	    "420106");
	assert_false(roster_find(f.r, "420106003")->is_revoked);
	/* Let go by the one, it may go to the other. */
	hear_child_record(&f, "420106", RECORD_CHILD_REVOKED, "420106003",
	    "420106");
	hear_child_record(&f, "420102", RECORD_CHILD_ENROLLED, "420106003",
	    "420102");
	assert_true(tree_is_below(roster_tree(f.r), "420106003", "420102"));
	/* Nobody stands below itself. */
	hear_child_record(&f, "420102", RECORD_CHILD_ENROLLED, "420102",
	    "420102");
	assert_null(roster_find(f.r, "420102"));
	close_fixture(&f);
}

TEST_WITH(test_nobody_claims_us_or_who_is_above_us, office_dir_make,
    office_dir_remove)
{
	struct fixture f;

	open_fixture(*state, &f);
	hear_child_record(&f, "420106", RECORD_CHILD_ENROLLED, "420100",
	    "420106");
	hear_child_record(&f, "420106", RECORD_CHILD_ENROLLED, "420000",
	    "420106");
	assert_int_equal(roster_count(f.r), 0);
	close_fixture(&f);
}

/* Who is our child: the door and the register say the same. */
static bool
is_child(struct fixture *f, const char *office)
{
	const struct roster_child *c = roster_find(f->r, office);
	struct stmt *s = db_prepare(views_db(f->o->views),
	    "SELECT 1 FROM office WHERE code = ? AND parent = '420100'"
	    " AND state = 'enrolled'");
	bool found;

	db_bind_text(s, office);
	found = db_next(s);
	db_finish(s);
	assert_int_equal(found, c != NULL && roster_is_child(f->r, c));
	return found;
}

TEST_WITH(test_a_child_that_claims_its_sibling_takes_nothing, office_dir_make,
    office_dir_remove)
{
	struct invitation i;
	struct applicant a;
	struct fixture f;

	open_fixture(*state, &f);
	apply_as(&a);
	assert_int_equal(invite(&f, district, &i), EXIT_DONE);
	assert_int_equal(enrol(&f, &a, &i, district), REFUSE_NOT);
	hear_child_record(&f, "420102", RECORD_CHILD_ENROLLED, district,
	    "420102");
	assert_true(is_child(&f, district));
	hear_child_record(&f, "420102", RECORD_CHILD_REVOKED, district,
	    "420102");
	assert_true(is_child(&f, district));
	assert_int_equal(revoke(&f, district), EXIT_DONE);
	assert_false(is_child(&f, district));
	close_fixture(&f);
}

TEST_WITH(test_who_cannot_be_below_is_not_invited, office_dir_make,
    office_dir_remove)
{
	struct invitation i;
	struct fixture f;

	open_fixture(*state, &f);
	assert_int_equal(invite(&f, "420100", &i), EXIT_REFUSED);
	assert_int_equal(invite(&f, "420000", &i), EXIT_REFUSED);
	assert_int_equal(invite(&f, "no code", &i), EXIT_REFUSED);
	hear_child_record(&f, "420106", RECORD_CHILD_ENROLLED, "420106003",
	    "420106");
	assert_int_equal(invite(&f, "420106003", &i), EXIT_REFUSED);
	close_fixture(&f);
}

TEST_FIRST()
{
	assert_true(sodium_init() >= 0);
}
