/*
 * enrol - join: how an office that was invited finds its parent.
 *
 * Reads the invitation, dials the parent with the one-time key, says who we
 * are under our own signature, and keeps what comes back: the parent's code,
 * name, address and key, and the matching secrets that it hands down.  The
 * daemon must not run meanwhile; the next start connects.
 *
 * The parent answers the same request with the same answer, so join can be
 * repeated when the line broke in between.  A parent that was only just
 * started is waited for.
 */
#ifndef SERVICE_ENROL_H
#define SERVICE_ENROL_H

#include "base/rc.h"
#include "office/office.h"

enum {
	ENROL_CONNECT_MS = 10000,
	ENROL_PATIENCE_MS = 3000, /* with a port that nobody listens at */
	ENROL_ANSWER_MS = 10000,
};

struct enrol_result {
	char parent[OFFICE_CODE_MAX + 1];
	char parent_name[OFFICE_NAME_MAX + 1];
	char parent_address[BUS_ENDPOINT_MAX + 1];
	uint32_t secrets; /* matching secrets received */
};

struct enrol_options {
	enum language language;
	bool force; /* also when joined to another parent already */
};

/* RC_OK, or one sentence and its exit status in `fault`. */
MUST_USE enum rc enrol_join(const char *dir, const struct office_trade *trade,
    const char *file, const struct enrol_options *options,
    struct enrol_result *out, struct office_fault *fault);

#endif
