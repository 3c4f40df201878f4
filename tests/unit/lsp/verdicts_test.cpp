// The queue of verifications in the background: what was asked for last is answered in the end.
#include "reports/lsp/verdicts.h"

#include <gtest/gtest.h>

#include <semaphore>

#include "frontend/sema/analyze.h"
#include "frontend/syntax/lexer.h"
#include "frontend/syntax/parser.h"

namespace singspin::lsp {
namespace {

std::shared_ptr<const Snapshot> two_contracts() {
  auto snapshot = std::make_shared<Snapshot>();
  project::Loaded& loaded = snapshot->loaded;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file =
      loaded.sources.add("two.sg",
                         "contract A { in message M(); out message N(); state S: M? -> N! -> S; }\n"
                         "contract B { in message M(); out message N(); state T: M? -> N! -> T; }\n");
  const syntax::Tokens tokens = syntax::lex(loaded.sources, file, {}, diagnostics);
  loaded.files.push_back(syntax::parse(loaded.sources, file, tokens.tokens, diagnostics));
  loaded.analysis = sema::analyze(loaded.files, loaded.sources, diagnostics);
  loaded.paths = {"two.sg"};
  return snapshot;
}

// A verifier that says when it begins and ends when it is let go.
struct Engine {
  std::binary_semaphore begun{0}, go{0}, woken{0};

  Verdicts verdicts{[this](const project::Loaded&, ir::ContractId, const volatile std::sig_atomic_t* stop) {
                      begun.release();
                      go.acquire();
                      VerifyResult result;
                      result.interrupted = *stop != 0;
                      exec::Verdict verdict;
                      verdict.status = exec::Status::Proved;
                      if (!result.interrupted) result.verdicts.push_back(verdict);
                      return result;
                    },
                    [this] { woken.release(); }};

  void finish() {
    go.release();
    woken.acquire();
    verdicts.collect();
  }
};

class Background : public ::testing::Test {
 protected:
  const std::shared_ptr<const Snapshot> snapshot = two_contracts();
  const VerifyJob a{snapshot, ir::ContractId{0}}, b{snapshot, ir::ContractId{1}};
  Engine engine;

  bool is_known(const VerifyJob& job) const { return engine.verdicts.find(*snapshot, job.contract).current; }
};

TEST_F(Background, OneAfterTheOther) {
  engine.verdicts.want({a, b});
  engine.begun.acquire();
  engine.finish();
  EXPECT_TRUE(is_known(a));
  EXPECT_FALSE(is_known(b));
  engine.begun.acquire();
  engine.finish();
  EXPECT_TRUE(is_known(b));
}

TEST_F(Background, WhatIsWantedAgainAfterItWasStoppedRunsAgain) {
  engine.verdicts.want({a});
  engine.begun.acquire();
  engine.verdicts.want({b});  // a is told to end
  engine.verdicts.want({a});  // and is wanted again before it has ended
  engine.finish();
  EXPECT_FALSE(is_known(a));
  EXPECT_TRUE(engine.verdicts.find(*snapshot, a.contract).running);
  engine.begun.acquire();
  engine.finish();
  EXPECT_TRUE(is_known(a));
}

}  // namespace
}  // namespace singspin::lsp
