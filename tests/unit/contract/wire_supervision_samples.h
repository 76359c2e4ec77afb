/*
 * wire_supervision_samples - one of each message of supervision, every field
 * set and different: moves, files, matters, escalations, rules, identities;
 * and the older ones with the fields that came later.
 *
 * Included by wire_samples.h, in its middle.
 */
#ifndef TESTS_WIRE_SUPERVISION_SAMPLES_H
#define TESTS_WIRE_SUPERVISION_SAMPLES_H

static inline struct petition
sample_accusing(void)
{
	struct petition p = sample_petition();

	memcpy(p.accused[0], "420106", sizeof("420106"));
	memcpy(p.accused[1], "420106003", sizeof("420106003"));
	p.accused_count = 2;
	memcpy(p.procedure, "U", sizeof("U"));
	return p;
}

static inline struct directive
sample_replacing(void)
{
	struct directive d = sample_directive();

	memcpy(d.clock, "handle", sizeof("handle"));
	memcpy(d.supersedes, "D420100-2026-000008-5AB",
	    sizeof("D420100-2026-000008-5AB"));
	return d;
}

static inline struct directive_step
sample_answer(void)
{
	struct directive_step s = sample_step();

	memcpy(s.status, "ANS", sizeof("ANS"));
	memcpy(s.verdict, "PART", sizeof("PART"));
	s.done = span_of_text("已责成物业限期维修。");
	s.report = span_of_text("办结报告：电梯已恢复运行。");
	sample_fill(s.attachments[0], HASH_BYTES, 0x21);
	sample_fill(s.attachments[1], HASH_BYTES, 0xa1);
	s.attachments_count = 2;
	memcpy(s.other, "D420100-2026-000011-6CD",
	    sizeof("D420100-2026-000011-6CD"));
	return s;
}

static inline struct moved
sample_moved(void)
{
	return (struct moved){ .item = "420106-2026-000123-7QK",
		.move = "ASG",
		.to = "420107",
		.due_ms = SAMPLE_TIME_MS + 86400000,
		.days = 30,
		.text = span_of_text("请依法处理并反馈结果"),
		.document = "武信交〔2026〕12号",
		.opinion = "SUP",
		.outcome = "RES",
		.rating = "2",
		.cause = "W1",
		.other = "420106-2026-000009-3BC",
		.approver = "zhao",
		.person = "qian" };
}

static inline struct attached
sample_attached(void)
{
	struct attached a = { .name = "办结报告.pdf",
		.size = 60000,
		.part = 2,
		.parts = 3,
		.data = span_of_text("some\xff bytes") };

	sample_fill(a.hash, sizeof(a.hash), 0x71);
	return a;
}

static inline struct matter_linked
sample_linked(void)
{
	return (struct matter_linked){ .item = "420106-2026-000123-7QK",
		.matter = "420106-2025-000007-2AB",
		.verdict = "LINK",
		.reasons = "PERSON TEXT",
		.score = 870,
		.text = span_of_text("同一电梯") };
}

static inline struct escalated
sample_escalated(void)
{
	return (struct escalated){ .id = "E420100-2026-000004-8DE",
		.revision = 2,
		.matter = "420106-2025-000007-2AB",
		.item = "420100-2026-000044-9EF",
		.office = "420106",
		.from_level = "D",
		.to_level = "C",
		.channel = "LF",
		.batch = 3,
		.heads = 12,
		.at_ms = SAMPLE_TIME_MS + 1000,
		.lower_state = "OVD",
		.lawfulness = "UP1",
		.knew_before = true,
		.lower_item = "420106-2026-000123-7QK",
		.category = "0301" };
}

static inline struct published
sample_published(void)
{
	return (struct published){ .sort = "CALENDAR",
		.version = "2026.1",
		.effective_ms = SAMPLE_TIME_MS,
		.text = span_of_text("year = 2026\n") };
}

static inline struct identity_step
sample_identity_step(void)
{
	return (struct identity_step){ .item = "420106-2026-000123-7QK",
		.step = "APPROVE",
		.reason = span_of_text("上门核实"),
		.requester = "wang" };
}

static inline struct key_destroyed
sample_key_destroyed(void)
{
	return (struct key_destroyed){ .year = 2019,
		.reason = span_of_text("保管期满") };
}

/* Lives until the next call. */
static inline struct command_act
sample_act(void)
{
	static struct command_move moves[2];

	moves[0] = (struct command_move){ .moved = sample_moved(),
		.word = "assign",
		.claimed_ms = SAMPLE_TIME_MS };
	moves[0].moved.move[0] = '\0';
	moves[1] = moves[0];
	moves[1].moved.item[0] = '\0';
	memcpy(moves[1].word, "交办", sizeof("交办"));
	moves[1].source = span_of_text("12345");
	moves[1].source_ref = span_of_text("WH-2026-77");
	return (struct command_act){ .moves = moves, .moves_count = 2 };
}

#endif
