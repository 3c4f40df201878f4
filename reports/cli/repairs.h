// Repairs that are offered: candidates of frontend/repair, read again, explored and verified by SPIN in
// the same run. What is not proved for any queue length is not offered.
#pragma once

#include <csignal>

#include "frontend/project/load.h"
#include "promela/verify/verify.h"

namespace singspin::cli {

struct Repaired {
  ir::ContractId contract;
  diagnostics::Fix fix;  // the first that is good
};

// For every contract that a mixed state breaks, at most one.
std::vector<Repaired> find_repairs(const project::Loaded& loaded, const verify::Results& results,
                                   const project::Input& input, const verify::Options& options,
                                   const spin::Tools& tools, const volatile std::sig_atomic_t* interrupted,
                                   const verify::Memory* memory);

}  // namespace singspin::cli
