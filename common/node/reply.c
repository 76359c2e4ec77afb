#include "node/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "relay/command.h"
#include "relay/wire.h"

enum { ENVELOPE_BYTES = 2 * SAY_TEXT_MAX };

void
reply_init(struct reply_writer *w, const char *language)
{
	*w = (struct reply_writer){ .language = language_of_code(language),
		.exit = EXIT_DONE };
}

void
reply_clear(struct reply_writer *w)
{
	json_decref(w->result);
	w->result = NULL;
}

void
reply_refuse(struct reply_writer *w, enum exit_status exit, enum say id,
    const char *const args[])
{
	CHECK(exit != EXIT_DONE);
	if (reply_is_refused(w))
		return;
	w->exit = exit;
	say_to(w->sentence, sizeof(w->sentence), w->language, id, args);
}

bool
reply_is_refused(const struct reply_writer *w)
{
	return w->exit != EXIT_DONE;
}

void
reply_result(struct reply_writer *w, json_t *result)
{
	json_decref(w->result);
	w->result = result;
}

/* The result as text, to be freed; NULL: there is none. */
static char *
result_text(struct reply_writer *w)
{
	char *text;

	if (w->result == NULL)
		return NULL;
	text = json_dumps(w->result, JSON_COMPACT);
	if (text == NULL)
		fatal("out of memory while writing a reply");
	if (strlen(text) <= REPLY_BYTES_MAX - ENVELOPE_BYTES)
		return text;
	free(text);
	reply_refuse(w, EXIT_REFUSED, SAY_REPLY_TOO_BIG, NULL);
	return NULL;
}

void
reply_pack(struct reply_writer *w, struct buffer *out)
{
	char *text = result_text(w);
	struct reply r = { .exit = (int32_t)w->exit,
		.sentence = span_of_text(w->sentence) };

	if (text != NULL)
		r.json = span_of_text(text);
	wire_reply_pack(out, &r);
	free(text);
}

json_t *
reply_time(int64_t wall_ms)
{
	char text[CLOCK_TEXT_MAX + 1];

	if (wall_ms == 0)
		return json_null();
	clock_format(wall_ms, text);
	return json_string(text);
}

json_t *
reply_hex(const uint8_t *bytes, size_t size)
{
	char *text = memory_new(2 * size + 1, 1);
	json_t *json;

	text_hex(span_of(bytes, size), text);
	json = json_string(text);
	free(text);
	return json;
}

json_t *
reply_text(const char *text)
{
	json_t *json = json_string(text);

	return json != NULL ? json : json_null();
}

json_t *
reply_number(uint64_t number)
{
	CHECK(number <= INT64_MAX);
	return json_integer((json_int_t)number);
}
