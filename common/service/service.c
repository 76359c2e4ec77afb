/*
 * What both daemons do alike.  Order is all: signals are blocked before libzmq
 * starts threads, the lock is taken before anything is read, and at the end the
 * socket file goes before the lock does.
 */
#include "service/service.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/log.h"
#include "mech/daemon.h"
#include "office/office.h"
#include "service/control.h"
#include "service/turn.h"
#include "service/uplink.h"
#include "words/catalogue.h"

enum { SERVICE_LOCK_PAUSE_NS = 20 * 1000 * 1000 };

/*
 * A command line may hold the lock for a moment: wait for it a little, rather
 * than fall over each other at every start.
 */
static enum rc
open_patiently(const char *dir, const struct office_trade *trade,
    struct office **out, struct office_fault *fault)
{
	struct office_options options = { .language = language_of_environment(),
		.is_daemon = true };
	struct timespec pause = { .tv_nsec = SERVICE_LOCK_PAUSE_NS };
	int64_t until_ms = clock_steady_ms() + SERVICE_LOCK_MS_MAX;
	enum rc rc;

	for (;;) {
		rc = office_open(dir, trade, &options, out, fault);
		if (rc != RC_BUSY || clock_steady_ms() >= until_ms)
			return rc;
		(void)nanosleep(&pause, NULL);
	}
}

int
service_open(struct service *s, const char *dir,
    const struct office_trade *trade, uint64_t peers)
{
	struct office_fault fault;
	uint64_t wanted = 4 * peers + SERVICE_FILES_SPARE;
	uint64_t allowed;

	*s = (struct service){ .signal_fd = daemon_signal_fd() };
	if (daemon_raise_fd_limit(wanted, &allowed) != RC_OK) {
		log_warn("event=few_descriptors wanted=%llu allowed=%llu",
		    (unsigned long long)wanted, (unsigned long long)allowed);
	}
	if (open_patiently(dir, trade, &s->office, &fault) == RC_OK)
		return EXIT_DONE;
	(void)fprintf(stderr, "%s\n", fault.sentence);
	return (int)fault.exit;
}

int
service_connect(struct service *s, bus_admit *admit, void *context)
{
	char text[SAY_TEXT_MAX];
	enum rc rc;

	s->bus = bus_open(admit, context);
	rc = control_open(s->bus, s->office, &s->control);
	if (rc != RC_OK) {
		say_to(text, sizeof(text), s->office->language,
		    rc == RC_TOO_BIG ? SAY_CONTROL_PATH : SAY_OFFICE_DENIED,
		    SAY_ARGS(s->office->dir));
		(void)fprintf(stderr, "%s\n", text);
		return EXIT_CONFIG;
	}
	s->uplink = uplink_open(s->bus, s->office);
	s->turn = turn_new(s->office);
	turn_add(s->turn, control_part(s->control));
	turn_add(s->turn, uplink_part(s->uplink));
	return EXIT_DONE;
}

static int
sleep_ms(const struct service *s, int64_t watchdog_ms)
{
	int ms = turn_sleep_ms(s->turn);

	if (watchdog_ms > 0 && watchdog_ms < ms)
		return (int)watchdog_ms;
	return ms;
}

int
service_loop(struct service *s)
{
	int64_t watchdog_ms = daemon_watchdog_ms();
	int64_t watchdog_at_ms = 0;

	log_info("office=%s event=running program=%s version=%s",
	    s->office->settings.office, s->office->trade->program,
	    PETITION_VERSION);
	daemon_ready();
	while (!daemon_stop_asked(s->signal_fd)) {
		turn_run(s->turn);
		if (watchdog_ms > 0 && clock_steady_ms() >= watchdog_at_ms) {
			daemon_watchdog();
			watchdog_at_ms = clock_steady_ms() + watchdog_ms;
		}
		(void)bus_wait(s->bus, s->signal_fd, sleep_ms(s, watchdog_ms));
	}
	daemon_stopping();
	log_info("office=%s event=stopping", s->office->settings.office);
	return EXIT_DONE;
}

void
service_close(struct service *s)
{
	turn_free(s->turn);
	uplink_close(s->uplink);
	control_close(s->control);
	/* The socket file goes before the lock does. */
	bus_close(s->bus);
	office_close(s->office);
	if (s->signal_fd >= 0)
		(void)close(s->signal_fd);
}
