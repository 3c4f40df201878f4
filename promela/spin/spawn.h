// Starts one child process; process.h waits for it.
// Promises: the child leads its own group, has default signals, /dev/null as input and inherits no other
// descriptor. Does not know deadlines or output limits.
#pragma once

#include <sys/types.h>

#include "frontend/base/expected.h"
#include "promela/spin/descriptor.h"
#include "promela/spin/process.h"

namespace singspin::spin {

struct Spawned {
  pid_t pid = -1;
  Descriptor out;  // read ends, not blocking
  Descriptor err;
  Descriptor life;  // readable when the child has ended; invalid on kernels without pidfd_open
};

base::Expected<Spawned> spawn(const Command&);

}  // namespace singspin::spin
