/*
 * wire_command_internal - between the two files that pack commands.
 */
#ifndef CONTRACT_WIRE_COMMAND_INTERNAL_H
#define CONTRACT_WIRE_COMMAND_INTERNAL_H

#include "contract/command.h"
#include "contract/wire_internal.h"

#include "command.pb-c.h"

/* The commands of supervision: moves, matters, rules, identities. */
void wire_out_supervision(const struct command *c, PetitionRelay__Command *m);
void wire_in_supervision(struct wire_in *in, const PetitionRelay__Command *m,
    struct command *out);

#endif
