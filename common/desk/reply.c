/*
 * The answer to a command.
 *
 * A result may hold a petitioner's identity.  Then every copy of it is ours
 * to wipe, so no buffer here grows while it is filled: growing would leave
 * the old bytes behind in memory that nobody can reach any more.
 */
#include "desk/reply.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "contract/wire.h"
#include "contract/wire_command.h"

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
	if (w->is_secret)
		reply_wipe(w->result);
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

void
reply_secret(struct reply_writer *w, json_t *result)
{
	reply_result(w, result);
	w->is_secret = true;
}

static void
wipe_text(const json_t *text)
{
	/* jansson gives its own bytes as const; they are ours to overwrite. */
	union {
		const char *in;
		char *out;
	} same = { .in = json_string_value(text) };

	sodium_memzero(same.out, json_string_length(text));
}

void
reply_wipe(json_t *document)
{
	const char *key;
	json_t *member;
	size_t i;

	if (json_is_string(document))
		wipe_text(document);
	json_object_foreach(document, key, member) reply_wipe(member);
	json_array_foreach(document, i, member) reply_wipe(member);
}

/* The result as text; empty when there is none.  Written without growing,
 * which would leave copies. */
static struct buffer
result_text(struct reply_writer *w)
{
	struct buffer text = { 0 };
	size_t size;

	if (w->result == NULL)
		return text;
	size = json_dumpb(w->result, NULL, 0, JSON_COMPACT);
	if (size == 0)
		fatal("out of memory while writing a reply");
	if (size > REPLY_BYTES_MAX - ENVELOPE_BYTES) {
		reply_refuse(w, EXIT_REFUSED, SAY_REPLY_TOO_BIG, NULL);
		return text;
	}
	CHECK(json_dumpb(w->result, (char *)buffer_extend(&text, size), size,
		  JSON_COMPACT) == size);
	return text;
}

void
reply_pack(struct reply_writer *w, struct buffer *out)
{
	struct buffer text = result_text(w);
	struct reply r = { .exit = (int32_t)w->exit,
		.sentence = span_of_text(w->sentence),
		.json = buffer_span(&text) };
	size_t used = out->size;

	if (w->is_secret &&
	    buffer_extend(out, text.size + ENVELOPE_BYTES) != NULL)
		out->size = used;
	wire_reply_pack(out, &r);
	if (w->is_secret) {
		sodium_memzero(text.at, text.size);
		wire_wipe();
	}
	buffer_clear(&text);
}
