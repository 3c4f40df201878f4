// The conversation with one editor: messages in, messages out, and what is to be done when nothing
// comes. Knows no file descriptors; the time is an argument, so that tests can turn the clock.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "reports/lsp/project_file.h"
#include "reports/lsp/snapshot.h"
#include "reports/lsp/transport.h"
#include "reports/lsp/verdicts.h"
#include "reports/lsp/workspace.h"

namespace singspin::lsp {

using Seconds = double;  // of a clock that only goes forward

// What the server takes from the rest of the program.
struct Services {
  Verify verify;                                          // runs the engines on one contract
  std::function<std::string(diagnostics::Code)> explain;  // Markdown; empty: nothing to say
  std::function<void()> wake;                             // a verification has ended (other thread)
};

// What the editor can do and wants, from `initialize`.
struct Settings {
  Encoding encoding = Encoding::Utf16;
  bool document_changes = false;
  bool hierarchical_symbols = false;
  bool watch_files = false;  // the editor can be asked to
  Seconds debounce = 0.15;
  Seconds verify_delay = 0.5;
  bool verify = true;
  std::vector<std::string> defines;
  std::vector<std::string> include_folders;
};

class Session {
 public:
  explicit Session(Services services);

  // Takes a frame; requests wait in a queue, so that they can be cancelled.
  void receive(const Frame& frame, Seconds now);
  bool has_work() const { return !queue_.empty(); }
  // Answers the next message of the queue.
  void work(Seconds now);
  // When `idle` has something to do; nullopt: only when a message comes.
  std::optional<Seconds> next_deadline() const;
  // Diagnostics that are due, a slice of looking through folders, verifications.
  void idle(Seconds now);

  std::vector<std::string> take_output() { return std::exchange(output_, {}); }
  // Set after `exit`: 0 if `shutdown` came before.
  std::optional<int> exit_code() const { return exit_code_; }
  // The exit code if the editor goes away now.
  int exit_code_at_end() const { return state_ == State::ShutDown ? 0 : 1; }
  std::int64_t editor_process() const { return editor_process_; }

 private:
  enum class State : std::uint8_t { Fresh, Initialized, ShutDown };
  struct OpenDocument {
    Document document;
    std::shared_ptr<const Snapshot> snapshot;  // of the current text if `fresh`
    bool fresh = false;
    std::set<std::string> dependencies;  // paths that missing names led to
    std::optional<Seconds> publish_at;
  };
  using Handler = Reply (Session::*)(const Json& params);
  using Listener = void (Session::*)(const Json& params, Seconds now);
  static const std::map<std::string, Handler, std::less<>>& handlers();
  static const std::map<std::string, Listener, std::less<>>& listeners();

  void dispatch(const Json& message, Seconds now);
  Reply answer_safely(const std::string& method, const Json& params);
  Reply answer(const std::string& method, const Json& params);
  void send_notification(std::string_view method, Json params);

  Reply initialize(const Json& params);
  Reply shutdown(const Json& params);
  Reply definition(const Json& params);
  Reply references(const Json& params);
  Reply document_highlight(const Json& params);
  Reply hover(const Json& params);
  Reply document_symbols(const Json& params);
  Reply workspace_symbols(const Json& params);
  Reply prepare_rename(const Json& params);
  Reply rename(const Json& params);
  Reply code_actions(const Json& params);
  Reply folding_ranges(const Json& params);
  Reply completion(const Json& params);
  Reply formatting(const Json& params);
  Reply range_formatting(const Json& params);
  Reply formatting_of(OpenDocument& open, std::optional<Range> range);

  void initialized(const Json& params, Seconds now);
  void exit(const Json& params, Seconds now);
  void did_open(const Json& params, Seconds now);
  void did_change(const Json& params, Seconds now);
  void did_save(const Json& params, Seconds now);
  void did_close(const Json& params, Seconds now);
  void did_change_watched_files(const Json& params, Seconds now);
  void did_change_folders(const Json& params, Seconds now);
  void did_change_configuration(const Json& params, Seconds now);

  void read_settings(const Json& options);
  OpenDocument* find(const Json& params);
  Document new_document(const std::string& uri);
  // The analysis of the text as it is now; `document` must be open.
  const Snapshot& fresh_snapshot(OpenDocument& document);
  using Texts = std::map<std::string, std::string>;  // by canonical path
  // `texts` replace what the editor holds.
  std::shared_ptr<Snapshot> analyse(const std::vector<std::string>& paths, const Texts& texts = {});
  // What `check` would be told about these paths in the folder of the workspace.
  project::Input input_for(const std::vector<std::string>& paths);
  // Every file of the workspace and every open text together.
  const Snapshot& whole_workspace();
  std::optional<Place> place(const Json& params, bool everywhere);
  // Analyses the workspace with the edits applied and compares what every name means.
  bool rename_keeps_meaning(const Snapshot& before, const WorkspaceEdit& edit);
  // What depends on the text at `path` (empty: on anything) is old now.
  void texts_changed(Seconds now, const std::string& path = {});
  bool depends(const OpenDocument& open, const std::string& path) const;
  bool missing_names_appeared() const;
  void review_missing_names(const OpenDocument& but);
  void publish(OpenDocument& document);
  void start_verification(Seconds now);

  Services services_;
  Settings settings_;
  State state_ = State::Fresh;
  std::int64_t next_request_ = 1;
  std::optional<int> exit_code_;
  std::int64_t editor_process_ = 0;
  std::deque<Json> queue_;
  std::set<std::string> cancelled_;  // ids as JSON text, of requests in the queue
  std::vector<std::string> output_;
  std::map<std::string, OpenDocument> documents_;  // by URI
  std::shared_ptr<const Snapshot> everything_;
  Workspace workspace_;
  ProjectFiles project_files_;
  Verdicts verdicts_;
  std::optional<Seconds> verify_at_;
};

}  // namespace singspin::lsp
