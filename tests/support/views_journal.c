/*
 * What offices might have said, written with the product's own packers and
 * folded by its own register: nothing here knows a table.
 */
#include "support/views_journal.h"

static void
vj_hush(enum log_level level, const char *line)
{
	if (level == LOG_LEVEL_FATAL)
		(void)fprintf(stderr, "%s\n", line);
}

void
vj_free(struct vj *j)
{
	for (size_t i = 0; i < j->rows_count; i++)
		buffer_clear(&j->rows[i].bytes);
	free(j);
	wire_release();
	log_set_sink(NULL);
}

struct vj *
vj_new(void)
{
	struct vj *j = memory_new(1, sizeof(*j));

	log_set_sink(vj_hush);
	j->recorded_ms = VJ_START_MS;
	return j;
}

void
vj_text(char *to, size_t size, const char *from)
{
	assert_int_equal(text_copy(to, size, from), RC_OK);
}

struct stream *
vj_stream(struct vj *j, const char *origin, const char *audience)
{
	struct stream_key key = { .incarnation = 1 };
	struct stream *s = &j->streams[j->streams_count];

	vj_text(key.origin, sizeof(key.origin), origin);
	vj_text(key.audience, sizeof(key.audience), audience);
	for (uint32_t i = 0; i < j->streams_count; i++) {
		if (j->streams[i].branch == 0 &&
		    stream_key_equal(&j->streams[i].key, &key))
			return &j->streams[i];
	}
	assert_true(j->streams_count < VJ_STREAMS_MAX);
	s->id = ++j->streams_count;
	s->key = key;
	return s;
}

void
vj_pack(const struct vj *j, struct stream *s, uint32_t kind,
    struct buffer *payload, struct buffer *out)
{
	struct record record = { .key = s->key,
		.sequence = s->tree.size + 1,
		.claimed_ms = j->recorded_ms,
		.recorded_ms = j->recorded_ms,
		.schema = RECORD_SCHEMA,
		.kind = kind,
		.actor_role = "clerk",
		.actor = "wang",
		.payload = buffer_span(payload) };

	wire_record_pack(out, &record);
	buffer_clear(payload);
	s->tree.size++;
}

size_t
vj_put(struct vj *j, struct stream *s, uint32_t kind, struct buffer *payload)
{
	struct vj_row *row = &j->rows[j->rows_count++];

	assert_true(j->rows_count <= VJ_ROWS_MAX);
	row->stream = s;
	vj_pack(j, s, kind, payload, &row->bytes);
	merkle_leaf(buffer_span(&row->bytes), row->leaf);
	return j->rows_count - 1;
}

/* -- what may be said -- */

const char *
vj_number(enum number_kind kind, const char *office, uint32_t serial)
{
	static char text[8][ITEM_NUMBER_MAX + 1];
	static unsigned turn;
	struct item_number n = { .kind = kind, .year = 2026, .serial = serial };
	char *out = text[turn++ % 8];

	vj_text(n.office, sizeof(n.office), office);
	item_number_format(&n, 1, out);
	return out;
}

const char *
vj_item(const char *office, uint32_t serial)
{
	return vj_number(NUMBER_ITEM, office, serial);
}

void
vj_opened(struct vj *j, const char *office)
{
	struct buffer payload = { 0 };
	struct office_opened o = { .name = "某某信访局" };

	vj_text(o.office, sizeof(o.office), office);
	wire_office_opened_pack(&payload, &o);
	(void)vj_put(j, vj_stream(j, office, ""), RECORD_OFFICE_OPENED,
	    &payload);
}

void
vj_enrolled(struct vj *j, const char *by, const char *office)
{
	struct buffer payload = { 0 };
	struct child c = { .name = "某某区信访局" };

	vj_text(c.office, sizeof(c.office), office);
	vj_text(c.parent, sizeof(c.parent), by);
	wire_child_pack(&payload, &c);
	(void)vj_put(j, vj_stream(j, by, ""), RECORD_CHILD_ENROLLED, &payload);
}

void
vj_petition_pack(struct buffer *payload, const char *office, uint32_t serial,
    const char *accused)
{
	struct petition p = { .channel = "LX",
		.purpose = "QJ",
		.level = "D",
		.heads = 1,
		.subject = span_of_text("楼道堆物"),
		.text = span_of_text("三号楼二单元楼道堆满杂物。") };

	vj_text(p.item, sizeof(p.item), vj_item(office, serial));
	if (accused[0] != '\0') {
		vj_text(p.accused[0], sizeof(p.accused[0]), accused);
		p.accused_count = 1;
	}
	wire_petition_pack(payload, &p);
}

size_t
vj_petition(struct vj *j, struct stream *s, const char *office, uint32_t serial,
    const char *accused)
{
	struct buffer payload = { 0 };

	vj_petition_pack(&payload, office, serial, accused);
	return vj_put(j, s, RECORD_PETITION_REGISTERED, &payload);
}

void
vj_move_pack(struct buffer *payload, const char *item, const char *move,
    const char *to)
{
	struct moved m = { .text = span_of_text("见附件。"),
		.opinion = "SUP",
		.outcome = "RES",
		.rating = "3",
		.days = 10 };

	vj_text(m.item, sizeof(m.item), item);
	vj_text(m.move, sizeof(m.move), move);
	vj_text(m.to, sizeof(m.to), to);
	m.due_ms =
	    strcmp(move, "ASG") == 0 ? VJ_START_MS + INT64_C(40) * 86400000 : 0;
	if (strcmp(move, "MRG") == 0)
		vj_text(m.other, sizeof(m.other), vj_item("990101", 1));
	wire_moved_pack(payload, &m);
}

size_t
vj_move(struct vj *j, struct stream *s, const char *item, const char *move,
    const char *to)
{
	struct buffer payload = { 0 };

	vj_move_pack(&payload, item, move, to);
	return vj_put(j, s, RECORD_PETITION_MOVED, &payload);
}

size_t
vj_link(struct vj *j, struct stream *s, const char *item, const char *matter,
    const char *verdict)
{
	struct buffer payload = { 0 };
	struct matter_linked l = { .reasons = "TEXT", .score = 900 };

	vj_text(l.item, sizeof(l.item), item);
	vj_text(l.matter, sizeof(l.matter), matter);
	vj_text(l.verdict, sizeof(l.verdict), verdict);
	wire_matter_linked_pack(&payload, &l);
	return vj_put(j, s, RECORD_MATTER_LINKED, &payload);
}

void
vj_escalated_pack(struct buffer *payload, const char *id, uint32_t revision,
    const char *item, const char *office, const char *lower)
{
	struct escalated e = { .revision = revision,
		.from_level = "D",
		.to_level = "C",
		.channel = "LX",
		.batch = 1,
		.heads = 1,
		.at_ms = VJ_START_MS + 5000,
		.lawfulness = "UP1" };

	vj_text(e.id, sizeof(e.id), id);
	vj_text(e.item, sizeof(e.item), item);
	vj_text(e.matter, sizeof(e.matter), item);
	vj_text(e.office, sizeof(e.office), office);
	vj_text(e.lower_state, sizeof(e.lower_state), lower);
	wire_escalated_pack(payload, &e);
}

size_t
vj_escalated(struct vj *j, struct stream *s, const char *id, uint32_t revision,
    const char *item, const char *office, const char *lower)
{
	struct buffer payload = { 0 };

	vj_escalated_pack(&payload, id, revision, item, office, lower);
	return vj_put(j, s, RECORD_ESCALATED, &payload);
}

size_t
vj_rules_text(struct vj *j, struct stream *s, unsigned version,
    const char *text, int64_t effective_ms)
{
	struct buffer payload = { 0 };
	struct published p = { .sort = "RULES",
		.effective_ms = effective_ms,
		.text = span_of_text(text) };

	assert_int_equal(text_format(p.version, sizeof(p.version), "t %u",
			     version),
	    RC_OK);
	wire_published_pack(&payload, &p);
	return vj_put(j, s, RECORD_PUBLISHED, &payload);
}

size_t
vj_rules(struct vj *j, struct stream *s, unsigned version, unsigned days,
    const char *effective, int64_t effective_ms)
{
	char text[1000];

	assert_int_equal(
	    text_format(text, sizeof(text),
		"[rules]\nname = t\nversion = %u\neffective = %s\n"
		"utc_offset = +08:00\nrest_day_end = keep\n"
		"[limit.handle]\ntitle_zh = 办\ntitle_en = h\narticle = a\n"
		"start = register\nstop = reply\nlimit = %u\nunit = day\n"
		"holder = recorder\n"
		"[ladder]\nremind_before = 5\nCB = 1\nDB = 10\nGP = 30\n"
		"unit = day\nsuggestion_days = 30\n",
		version, effective, days),
	    RC_OK);
	return vj_rules_text(j, s, version, text, effective_ms);
}

size_t
vj_handed(struct vj *j, struct stream *s, struct span inner)
{
	struct buffer payload = { 0 };

	wire_handed_pack(&payload, inner);
	return vj_put(j, s, RECORD_HANDED, &payload);
}

size_t
vj_carried(struct vj *j, struct stream *s, struct span inner)
{
	struct buffer payload = { 0 };

	wire_carried_pack(&payload, inner);
	return vj_put(j, s, RECORD_CARRIED, &payload);
}

/* -- folding -- */

void
vj_fold(struct vj *j, struct views *v, size_t index)
{
	struct vj_row *row = &j->rows[index];
	struct record record;
	bool is_readable =
	    wire_record_unpack(buffer_span(&row->bytes), &record) == RC_OK;
	uint64_t position = views_applied(v) + 1;

	views_apply(v,
	    &(struct relay_entry){ .position = position,
		/* The same whenever it comes: it is not what is compared. */
		.received_ms = VJ_START_MS + INT64_C(3600000),
		.stream = row->stream,
		.record = is_readable ? &record : NULL,
		.bytes = buffer_span(&row->bytes),
		.leaf = row->leaf });
	row->is_folded = true;
}

void
vj_follow(struct views *v)
{
	while (views_follow(v, 0)) {
		/* some items at a time */
	}
}

void
vj_fold_all(struct vj *j, struct views *v)
{
	views_begin(v);
	for (size_t i = 0; i < j->rows_count; i++) {
		if (!j->rows[i].is_folded)
			vj_fold(j, v, i);
	}
	vj_follow(v);
	views_commit(v);
}

void
vj_unfold(struct vj *j)
{
	for (size_t i = 0; i < j->rows_count; i++)
		j->rows[i].is_folded = false;
}

unsigned
vj_roll(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % below;
}

/* The first of its stream that was not folded, or rows_count. */
static size_t
vj_next_of(const struct vj *j, const struct stream *s)
{
	size_t i = 0;

	while (i < j->rows_count &&
	       (j->rows[i].stream != s || j->rows[i].is_folded))
		i++;
	return i;
}

void
vj_fold_shuffled(struct vj *j, struct views *v, size_t fixed, unsigned seed)
{
	size_t left = j->rows_count - fixed;
	bool follows = vj_roll(&seed, 2) == 0;

	vj_unfold(j);
	views_begin(v);
	for (size_t i = 0; i < fixed; i++)
		vj_fold(j, v, i);
	while (left > 0) {
		size_t i = vj_next_of(j,
		    &j->streams[vj_roll(&seed, j->streams_count)]);

		if (i == j->rows_count)
			continue;
		vj_fold(j, v, i);
		if (follows)
			(void)views_follow(v, 0);
		left--;
	}
	vj_follow(v);
	views_commit(v);
}

/* -- reading back -- */

int64_t
vj_number_of(struct views *v, const char *sql)
{
	struct stmt *s = db_prepare(views_db(v), sql);
	int64_t number;

	assert_true(db_next(s));
	number = db_column_i64(s, 0);
	db_finish(s);
	return number;
}

void
vj_assert_text(struct views *v, const char *sql, const char *expected)
{
	struct stmt *s = db_prepare(views_db(v), sql);

	assert_true(db_next(s));
	assert_string_equal(db_column_text(s, 0), expected);
	db_finish(s);
}

void
vj_dump_table(struct views *v, const char *table, int columns,
    struct buffer *out)
{
	assert_int_equal(buffer_append(out, span_of_text(table)), RC_OK);
	dump_rows(views_db(v), table, columns, out);
}
