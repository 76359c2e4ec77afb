/* Commands of supervision: moves, matters, files, rules, identities. */
#include "base/check.h"
#include "contract/wire_command_internal.h"

/* -- act -- */

static void
out_move(const struct command_move *c, PetitionRelay__ActMove *m)
{
	const struct moved *p = &c->moved;

	petition_relay__act_move__init(m);
	m->item = wire_out_known(p->item);
	m->move = wire_out_known(c->word);
	m->to = wire_out_known(p->to);
	m->due_ms = wire_out_time(p->due_ms);
	m->days = p->days;
	m->text = wire_out_text(p->text, COMMAND_BYTES_MAX);
	m->document = wire_out_known(p->document);
	m->opinion = wire_out_known(p->opinion);
	m->outcome = wire_out_known(p->outcome);
	m->rating = wire_out_known(p->rating);
	m->cause = wire_out_known(p->cause);
	m->other = wire_out_known(p->other);
	m->approver = wire_out_known(p->approver);
	m->person = wire_out_known(p->person);
	m->claimed_ms = wire_out_time(c->claimed_ms);
	m->source = wire_out_text(c->source, COMMAND_BYTES_MAX);
	m->source_ref = wire_out_text(c->source_ref, COMMAND_BYTES_MAX);
}

static void
in_move(struct wire_in *in, const PetitionRelay__ActMove *m,
    struct command_move *out)
{
	struct moved *p = &out->moved;

	wire_in_known(in, m->item, p->item, sizeof(p->item));
	wire_in_known(in, m->move, out->word, sizeof(out->word));
	wire_in_known(in, m->to, p->to, sizeof(p->to));
	p->due_ms = wire_in_time(in, m->due_ms);
	p->days = m->days;
	p->text = wire_in_text(in, m->text, COMMAND_BYTES_MAX);
	wire_in_known(in, m->document, p->document, sizeof(p->document));
	wire_in_known(in, m->opinion, p->opinion, sizeof(p->opinion));
	wire_in_known(in, m->outcome, p->outcome, sizeof(p->outcome));
	wire_in_known(in, m->rating, p->rating, sizeof(p->rating));
	wire_in_known(in, m->cause, p->cause, sizeof(p->cause));
	wire_in_known(in, m->other, p->other, sizeof(p->other));
	wire_in_known(in, m->approver, p->approver, sizeof(p->approver));
	wire_in_known(in, m->person, p->person, sizeof(p->person));
	out->claimed_ms = wire_in_time(in, m->claimed_ms);
	out->source = wire_in_text(in, m->source, COMMAND_BYTES_MAX);
	out->source_ref = wire_in_text(in, m->source_ref, COMMAND_BYTES_MAX);
}

static PetitionRelay__Act *
out_act(const struct command_act *a)
{
	PetitionRelay__Act *m = wire_out_array(1, sizeof(*m));
	PetitionRelay__ActMove *moves;

	CHECK(a->moves_count <= COMMAND_MOVES_MAX);
	moves = wire_out_array(a->moves_count, sizeof(*moves));
	petition_relay__act__init(m);
	m->moves =
	    wire_out_array(a->moves_count, sizeof(PetitionRelay__ActMove *));
	m->n_moves = a->moves_count;
	for (uint32_t i = 0; i < a->moves_count; i++) {
		out_move(&a->moves[i], &moves[i]);
		m->moves[i] = &moves[i];
	}
	return m;
}

static void
in_act(struct wire_in *in, const PetitionRelay__Act *m, struct command_act *out)
{
	struct command_move *moves =
	    wire_in_array(in, m->n_moves, COMMAND_MOVES_MAX, sizeof(*moves));

	for (size_t i = 0; moves != NULL && i < m->n_moves; i++)
		in_move(in, m->moves[i], &moves[i]);
	out->moves = moves;
	out->moves_count = (uint32_t)m->n_moves;
}

/* -- one thing each -- */

static PetitionRelay__Match *
out_match(const struct matter_linked *l)
{
	PetitionRelay__Match *m = wire_out_array(1, sizeof(*m));

	petition_relay__match__init(m);
	m->item = wire_out_known(l->item);
	m->matter = wire_out_known(l->matter);
	m->verdict = wire_out_known(l->verdict);
	m->text = wire_out_text(l->text, COMMAND_BYTES_MAX);
	return m;
}

static void
in_match(struct wire_in *in, const PetitionRelay__Match *m,
    struct matter_linked *out)
{
	wire_in_known(in, m->item, out->item, sizeof(out->item));
	wire_in_known(in, m->matter, out->matter, sizeof(out->matter));
	wire_in_known(in, m->verdict, out->verdict, sizeof(out->verdict));
	out->text = wire_in_text(in, m->text, COMMAND_BYTES_MAX);
}

static PetitionRelay__Query *
out_query(const struct command_query *q)
{
	PetitionRelay__Query *m = wire_out_array(1, sizeof(*m));

	petition_relay__query__init(m);
	m->code = wire_out_known(q->code);
	return m;
}

static PetitionRelay__Publish *
out_publish(const struct published *p)
{
	PetitionRelay__Publish *m = wire_out_array(1, sizeof(*m));

	petition_relay__publish__init(m);
	m->sort = wire_out_known(p->sort);
	m->text = wire_out_text(p->text, COMMAND_BYTES_MAX);
	return m;
}

static PetitionRelay__IdentityMove *
out_identity(const struct identity_step *p)
{
	PetitionRelay__IdentityMove *m = wire_out_array(1, sizeof(*m));

	petition_relay__identity_move__init(m);
	m->item = wire_out_known(p->item);
	m->step = wire_out_known(p->step);
	m->reason = wire_out_text(p->reason, COMMAND_BYTES_MAX);
	m->requester = wire_out_known(p->requester);
	return m;
}

static void
in_identity(struct wire_in *in, const PetitionRelay__IdentityMove *m,
    struct identity_step *out)
{
	wire_in_known(in, m->item, out->item, sizeof(out->item));
	wire_in_known(in, m->step, out->step, sizeof(out->step));
	out->reason = wire_in_text(in, m->reason, COMMAND_BYTES_MAX);
	wire_in_known(in, m->requester, out->requester, sizeof(out->requester));
}

static PetitionRelay__Attach *
out_attach(const struct attached *p)
{
	PetitionRelay__Attach *m = wire_out_array(1, sizeof(*m));

	petition_relay__attach__init(m);
	m->hash = wire_out_exact(p->hash, HASH_BYTES);
	m->name = wire_out_known(p->name);
	m->size = p->size;
	m->part = p->part;
	m->parts = p->parts;
	m->data = wire_out_bytes(p->data, ATTACHMENT_PART_BYTES);
	return m;
}

static void
in_attach(struct wire_in *in, const PetitionRelay__Attach *m,
    struct attached *out)
{
	wire_in_exact(in, &m->hash, out->hash, HASH_BYTES);
	wire_in_known(in, m->name, out->name, sizeof(out->name));
	out->size = m->size;
	out->part = m->part;
	out->parts = m->parts;
	out->data = wire_in_bytes(in, &m->data, ATTACHMENT_PART_BYTES);
}

static PetitionRelay__DestroyKey *
out_destroy(const struct key_destroyed *p)
{
	PetitionRelay__DestroyKey *m = wire_out_array(1, sizeof(*m));

	petition_relay__destroy_key__init(m);
	m->year = p->year;
	m->reason = wire_out_text(p->reason, COMMAND_BYTES_MAX);
	return m;
}

/* -- which of them -- */

void
wire_out_supervision(const struct command *c, PetitionRelay__Command *m)
{
	if (c->kind == COMMAND_ACT) {
		m->act = out_act(&c->act);
	} else if (c->kind == COMMAND_MATCH) {
		m->match = out_match(&c->match);
	} else if (c->kind == COMMAND_QUERY) {
		m->query = out_query(&c->query);
	} else if (c->kind == COMMAND_PUBLISH) {
		m->publish = out_publish(&c->publish);
	} else if (c->kind == COMMAND_IDENTITY) {
		m->identity = out_identity(&c->identity);
	} else if (c->kind == COMMAND_ATTACH) {
		m->attach = out_attach(&c->attach);
	} else {
		CHECK(c->kind == COMMAND_DESTROY_KEY);
		m->destroy_key = out_destroy(&c->destroy_key);
	}
}

void
wire_in_supervision(struct wire_in *in, const PetitionRelay__Command *m,
    struct command *out)
{
	if (out->kind == COMMAND_ACT) {
		in_act(in, m->act, &out->act);
	} else if (out->kind == COMMAND_MATCH) {
		in_match(in, m->match, &out->match);
	} else if (out->kind == COMMAND_QUERY) {
		wire_in_known(in, m->query->code, out->query.code,
		    sizeof(out->query.code));
	} else if (out->kind == COMMAND_PUBLISH) {
		wire_in_known(in, m->publish->sort, out->publish.sort,
		    sizeof(out->publish.sort));
		out->publish.text =
		    wire_in_text(in, m->publish->text, COMMAND_BYTES_MAX);
	} else if (out->kind == COMMAND_IDENTITY) {
		in_identity(in, m->identity, &out->identity);
	} else if (out->kind == COMMAND_ATTACH) {
		in_attach(in, m->attach, &out->attach);
	} else {
		CHECK(out->kind == COMMAND_DESTROY_KEY);
		out->destroy_key.year = m->destroy_key->year;
		out->destroy_key.reason =
		    wire_in_text(in, m->destroy_key->reason, COMMAND_BYTES_MAX);
	}
}
