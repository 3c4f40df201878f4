// The conversations of a log: which contract and which end the name of an endpoint means.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>

#include "frontend/ir/system.h"
#include "frontend/observe/observer.h"

namespace singspin::cli {

struct Endpoint {
  observe::Observer* observer = nullptr;
  const ir::Contract* contract = nullptr;
  ir::Role role = ir::Role::Exporter;
  std::string conversation;  // empty: there is but one
};

class Conversations {
 public:
  static constexpr std::size_t kMost = 100'000;

  // Endpoints are `exp` and `imp`, or `NAME.exp` and `NAME.imp`: each NAME is a conversation of its own.
  Conversations(const ir::Contract& contract, observe::Ends ends);
  // Endpoints are ports, `Spooler.out`; a port that nothing connects may have `out.imp` or `out.exp` against
  // it.
  Conversations(const ir::Program& program, const ir::System& system, observe::Ends ends);

  // False: a contract has too many choices to be followed.
  bool ready() const { return ready_; }
  // What the name means, or why it means nothing.
  std::variant<Endpoint, std::string> find(const std::string& name);
  const std::map<std::string, std::unique_ptr<observe::Observer>>& all() const { return observers_; }

 private:
  struct Machine {
    const ir::Contract* contract = nullptr;
    observe::Table exporter, importer;
  };
  std::variant<Endpoint, std::string> labelled(const std::string& name);
  const Machine* machine(const ir::Contract& contract, ir::StateId start);
  observe::Observer* observer(const Machine& machine, const std::string& conversation);

  observe::Ends ends_;
  bool ready_ = true;
  std::map<std::pair<const ir::Contract*, std::uint32_t>, std::unique_ptr<Machine>> machines_;
  const Machine* only_ = nullptr;  // of a contract
  std::map<std::string, std::unique_ptr<observe::Observer>> observers_;
  std::map<std::string, Endpoint> ports_;  // of a system
};

}  // namespace singspin::cli
