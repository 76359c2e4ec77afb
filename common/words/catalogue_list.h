/*
 * catalogue_list - every sentence that a person sees: X(name, Chinese, English).
 *
 * One file a room, so that whoever changes a room finds its words.  Included
 * several times by words/catalogue.*, hence without a guard.  Both languages
 * use the same placeholders {1} ... {9}; a sentence says what is wrong, where,
 * and what to do about it.
 */
#include "words/sentences/cli.h"
#include "words/sentences/cli_import.h"
#include "words/sentences/cli_items.h"
#include "words/sentences/cli_office.h"
#include "words/sentences/cli_supervision.h"
#include "words/sentences/desk.h"
#include "words/sentences/hub.h"
#include "words/sentences/import.h"
#include "words/sentences/office.h"
#include "words/sentences/petition.h"
