/*
 * slip - the receipt, drawn in a box of fixed width.
 *
 * Everything that came from outside is made safe for a terminal and broken by
 * its columns, not its bytes.  Once a part does not fit the buffer the rest is
 * skipped and the caller is told: a slip is whole or it is none.
 */
#include "petition/slip.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "contract/record.h"
#include "petition/codes.h"
#include "petition/intake.h"
#include "words/columns.h"

enum {
	INSIDE = SLIP_COLUMNS - 4, /* between "│ " and " │" */
	LABEL = 13,                /* columns of the labels */
	MINUTES_TEXT = 16,         /* 2026-03-01 09:30 */
	SHORT_HEX = 16,
};

/* A slip in the making; once something did not fit, all else is skipped. */
struct printer {
	const struct slip *slip;
	struct buffer *out;
	struct buffer line; /* safe text that is being broken */
	enum rc rc;
};

static void
put(struct printer *p, struct span text)
{
	if (p->rc == RC_OK && text.size > 0)
		p->rc = buffer_append(p->out, text);
}

static void
put_text(struct printer *p, const char *text)
{
	put(p, span_of_text(text));
}

static void
put_many(struct printer *p, const char *piece, size_t count)
{
	if (p->rc == RC_OK)
		p->rc = columns_repeat(piece, count, p->out);
}

static void
put_rule(struct printer *p, const char *left, const char *right)
{
	put_text(p, left);
	put_many(p, "─", SLIP_COLUMNS - 2);
	put_text(p, right);
	put_text(p, "\n");
}

/* One line inside the box: `label`, blanks up to `indent`, text that fits. */
static void
put_line(struct printer *p, struct span label, size_t indent, struct span text)
{
	size_t labelled = text_columns(label), used;

	if (indent < labelled)
		indent = labelled;
	used = indent + text_columns(text);
	put_text(p, "│ ");
	put(p, label);
	put_many(p, " ", indent - labelled);
	put(p, text);
	put_many(p, " ", used < INSIDE ? INSIDE - used : 0);
	put_text(p, " │\n");
}

/* Text over as many lines as it takes; the label stands before the first. */
static void
put_broken(struct printer *p, const char *label, size_t indent,
    struct span text)
{
	struct span left, label_text = span_of_text(label);

	buffer_reset(&p->line);
	if (p->rc == RC_OK)
		p->rc = columns_safe(text, &p->line);
	left = buffer_span(&p->line);
	while (p->rc == RC_OK && left.size > 0) {
		struct span rest;
		size_t size = columns_break(left, INSIDE - indent, &rest);

		put_line(p, label_text, indent, span_of(left.at, size));
		label_text = span_of_text("");
		left = rest;
	}
}

static void
put_field(struct printer *p, enum say label, const char *value)
{
	if (value != NULL && *value != '\0') {
		put_broken(p, say(p->slip->language, label), LABEL,
		    span_of_text(value));
	}
}

static void
put_sentence(struct printer *p, enum say id)
{
	put_broken(p, "", 0, span_of_text(say(p->slip->language, id)));
}

static void
put_title(struct printer *p, enum language language)
{
	struct span title = span_of_text(say(language, SAY_SLIP_TITLE));

	put_line(p, span_of_text(""), (INSIDE - text_columns(title)) / 2,
	    title);
}

/* To the minute, in the office's own zone. */
static void
put_time(struct printer *p, enum say label, int64_t wall_ms)
{
	char text[CLOCK_TEXT_MAX + 1];

	if (wall_ms == 0)
		return;
	clock_format(wall_ms, text);
	text[MINUTES_TEXT] = '\0';
	text[strlen("2026-03-01")] = ' ';
	put_field(p, label, text);
}

static void
put_facts(struct printer *p)
{
	const struct slip *s = p->slip;

	put_field(p, SAY_SLIP_OFFICE, s->office);
	put_field(p, SAY_SLIP_ITEM, s->item);
	put_field(p, SAY_SLIP_QUERY_CODE, s->query_code);
	if (s->channel != NULL) {
		put_field(p, SAY_SLIP_CHANNEL,
		    codes_name(CODES_CHANNEL, s->channel, s->language));
	}
	put_broken(p, say(s->language, SAY_SLIP_SUBJECT), LABEL, s->subject);
	put_field(p, SAY_SLIP_RESPONSIBLE, s->responsible);
	put_time(p, SAY_SLIP_CLAIMED, s->claimed_ms);
	put_time(p, SAY_SLIP_RECORDED, s->recorded_ms);
}

static void
put_dues(struct printer *p)
{
	const struct slip *s = p->slip;
	const char *label = say(s->language, SAY_SLIP_DUES);
	char text[SAY_TEXT_MAX];

	if (s->due_count == 0)
		return;
	put_rule(p, "├", "┤");
	for (size_t i = 0; i < s->due_count; i++) {
		const struct slip_due *d = &s->due[i];
		enum say id =
		    d->article != NULL ? SAY_SLIP_DUE : SAY_SLIP_DUE_PLAIN;

		say_to(text, sizeof(text), s->language, id,
		    SAY_ARGS(d->date, d->what, d->article));
		put_broken(p, i == 0 ? label : "", LABEL, span_of_text(text));
	}
}

static void
put_fingerprint(struct printer *p)
{
	char hex[2 * HASH_BYTES + 1], brief[SHORT_HEX + 1];

	if (p->slip->fingerprint == NULL)
		return;
	text_hex(span_of(p->slip->fingerprint, HASH_BYTES), hex);
	memcpy(brief, hex, SHORT_HEX);
	brief[SHORT_HEX] = '\0';
	put_rule(p, "├", "┤");
	put_field(p, SAY_SLIP_FINGERPRINT, brief);
	put_line(p, span_of_text(""), 0, span_of_text(hex));
	put_sentence(p, SAY_SLIP_ABOUT_FINGERPRINT);
}

enum rc
slip_print(const struct slip *slip, struct buffer *out)
{
	struct printer p = { .slip = slip, .out = out, .rc = RC_OK };

	put_rule(&p, "┌", "┐");
	put_title(&p, slip->language);
	if (slip->is_bilingual) {
		put_title(&p,
		    slip->language == LANGUAGE_ZH ? LANGUAGE_EN : LANGUAGE_ZH);
	}
	put_rule(&p, "├", "┤");
	put_facts(&p);
	put_dues(&p);
	put_rule(&p, "├", "┤");
	if (slip->query_code != NULL)
		put_sentence(&p, SAY_SLIP_ABOUT_QUERY_CODE);
	if (slip->channel != NULL &&
	    intake_is_collective(slip->channel, slip->heads))
		put_sentence(&p, SAY_SLIP_ABOUT_REPRESENTATIVES);
	put_sentence(&p, SAY_SLIP_ABOUT_RIGHTS);
	put_fingerprint(&p);
	put_rule(&p, "└", "┘");
	buffer_clear(&p.line);
	return p.rc;
}
