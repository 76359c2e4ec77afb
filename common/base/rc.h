/*
 * rc - the outcomes that a caller must expect.
 *
 * Three kinds of failure, three answers: our own bug stops the process
 * (check.h), the ground giving way stops it too (fatal, check.h), and what
 * the world may do at any time comes back as one of these.
 */
#ifndef BASE_RC_H
#define BASE_RC_H

#define MUST_USE __attribute__((warn_unused_result))

#define RC_LIST(X)                                                             \
	X(RC_OK, "done")                                                       \
	X(RC_NONE, "nothing there")                                            \
	X(RC_DUPLICATE, "already recorded")                                    \
	X(RC_MALFORMED, "malformed")                                           \
	X(RC_TOO_BIG, "larger than its limit")                                 \
	X(RC_REFUSED, "refused")                                               \
	X(RC_BUSY, "busy; try again")                                          \
	X(RC_FULL, "no space left")                                            \
	X(RC_DAMAGED, "damaged")                                               \
	X(RC_TOO_NEW, "written by a newer version")                            \
	X(RC_DENIED, "permission denied")

#define RC_NAME(name, text) name,
enum rc { RC_LIST(RC_NAME) RC_COUNT };
#undef RC_NAME

/* A short English phrase for the log; never for a person at a screen. */
const char *rc_text(enum rc rc);

#endif
