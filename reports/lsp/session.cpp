#include "reports/lsp/session.h"

#include <fmt/format.h>

#include <exception>

#include "reports/lsp/uri.h"

namespace singspin::lsp {

namespace {

constexpr Seconds kSlice = 0.01;  // of looking through folders, between two looks at the editor
constexpr std::size_t kMostQueued = 100'000;

Json capabilities(const Settings& settings) {
  return {
      {"positionEncoding", settings.encoding == Encoding::Utf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"documentHighlightProvider", true},
      {"hoverProvider", true},
      {"documentSymbolProvider", true},
      {"workspaceSymbolProvider", true},
      {"renameProvider", {{"prepareProvider", true}}},
      {"codeActionProvider", {{"codeActionKinds", Json::array({"quickfix"})}}},
      {"foldingRangeProvider", true},
      {"documentFormattingProvider", true},
      {"documentRangeFormattingProvider", true},
      {"completionProvider", Json::object()},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
  };
}

}  // namespace

Session::Session(Services services)
    : services_(std::move(services)), verdicts_(services_.verify, services_.wake) {}

const std::map<std::string, Session::Handler, std::less<>>& Session::handlers() {
  static const std::map<std::string, Handler, std::less<>> table = {
      {"initialize", &Session::initialize},
      {"shutdown", &Session::shutdown},
      {"textDocument/definition", &Session::definition},
      {"textDocument/references", &Session::references},
      {"textDocument/documentHighlight", &Session::document_highlight},
      {"textDocument/hover", &Session::hover},
      {"textDocument/documentSymbol", &Session::document_symbols},
      {"workspace/symbol", &Session::workspace_symbols},
      {"textDocument/prepareRename", &Session::prepare_rename},
      {"textDocument/rename", &Session::rename},
      {"textDocument/codeAction", &Session::code_actions},
      {"textDocument/foldingRange", &Session::folding_ranges},
      {"textDocument/completion", &Session::completion},
      {"textDocument/formatting", &Session::formatting},
      {"textDocument/rangeFormatting", &Session::range_formatting},
  };
  return table;
}

const std::map<std::string, Session::Listener, std::less<>>& Session::listeners() {
  static const std::map<std::string, Listener, std::less<>> table = {
      {"initialized", &Session::initialized},
      {"exit", &Session::exit},
      {"textDocument/didOpen", &Session::did_open},
      {"textDocument/didChange", &Session::did_change},
      {"textDocument/didSave", &Session::did_save},
      {"textDocument/didClose", &Session::did_close},
      {"workspace/didChangeWatchedFiles", &Session::did_change_watched_files},
      {"workspace/didChangeWorkspaceFolders", &Session::did_change_folders},
      {"workspace/didChangeConfiguration", &Session::did_change_configuration},
  };
  return table;
}

void Session::receive(const Frame& frame, Seconds now) {
  if (const auto* bad = std::get_if<BadFrame>(&frame)) {
    output_.push_back(response(nullptr, refuse(ErrorCode::ParseError, bad->reason)));
    return;
  }
  Json message = Json::parse(std::get<Body>(frame).text, nullptr, false);
  if (message.is_discarded()) {
    output_.push_back(response(nullptr, refuse(ErrorCode::ParseError, "the message is no JSON text")));
    return;
  }
  if (member(message, "method") == "$/cancelRequest") {
    cancelled_.insert(member(message, {"params", "id"}).dump(-1, ' ', false, Json::error_handler_t::replace));
    return;
  }
  queue_.push_back(std::move(message));
  while (queue_.size() > kMostQueued) work(now);
}

void Session::work(Seconds now) {
  verdicts_.collect();  // an editor that asks all the time leaves no idle turn
  const Json message = std::move(queue_.front());
  queue_.pop_front();
  dispatch(message, now);
  if (queue_.empty()) cancelled_.clear();
}

void Session::dispatch(const Json& message, Seconds now) {
  const Json& id = member(message, "id");
  const auto method = read_string(member(message, "method"));
  if (!method) {
    const bool answer_to_us = member(message, "result") != nullptr || member(message, "error") != nullptr ||
                              (message.is_object() && message.contains("result"));
    if (!answer_to_us)
      output_.push_back(response(id.is_number() || id.is_string() ? id : Json(),
                                 refuse(ErrorCode::InvalidRequest, "the message has no method")));
    return;
  }
  const Json& params = member(message, "params");
  if (message.contains("id")) {
    if (cancelled_.contains(id.dump(-1, ' ', false, Json::error_handler_t::replace))) {
      output_.push_back(response(id, refuse(ErrorCode::RequestCancelled, "the request was cancelled")));
      return;
    }
    output_.push_back(response(id, answer_safely(*method, params)));
    return;
  }
  if (*method == "exit") return exit(params, now);
  if (state_ != State::Initialized) return;  // notifications are dropped then
  const auto listener = listeners().find(*method);
  if (listener != listeners().end()) (this->*listener->second)(params, now);
}

// Libraries throw when memory runs out or a path is too long for the system: one request fails then.
Reply Session::answer_safely(const std::string& method, const Json& params) {
  try {
    return answer(method, params);
  } catch (const std::exception& error) {
    return refuse(ErrorCode::InternalError, error.what());
  }
}

Reply Session::answer(const std::string& method, const Json& params) {
  if (state_ == State::Fresh && method != "initialize")
    return refuse(ErrorCode::ServerNotInitialized, "the first request is `initialize`");
  if (state_ == State::ShutDown) return refuse(ErrorCode::InvalidRequest, "the server was shut down");
  const auto handler = handlers().find(method);
  if (handler == handlers().end())
    return refuse(ErrorCode::MethodNotFound, fmt::format("there is no method {}", method));
  return (this->*handler->second)(params);
}

void Session::send_notification(std::string_view method, Json params) {
  output_.push_back(notification(method, std::move(params)));
}

Reply Session::initialize(const Json& params) {
  if (state_ != State::Fresh) return refuse(ErrorCode::InvalidRequest, "`initialize` comes only once");
  state_ = State::Initialized;
  editor_process_ = read_integer(member(params, "processId")).value_or(0);
  const Json& client = member(params, "capabilities");
  for (const std::string& encoding : read_strings(member(client, {"general", "positionEncodings"}))) {
    if (encoding == "utf-8") settings_.encoding = Encoding::Utf8;
    if (encoding == "utf-8" || encoding == "utf-16") break;
  }
  settings_.document_changes = read_flag(member(client, {"workspace", "workspaceEdit", "documentChanges"}));
  settings_.watch_files =
      read_flag(member(client, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"}));
  settings_.hierarchical_symbols =
      read_flag(member(client, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"}));
  read_settings(member(params, "initializationOptions"));
  std::vector<std::string> folders;
  const auto add = [&](const Json& uri) {
    const auto text = read_string(uri);
    const auto path = text ? path_of_uri(*text) : std::nullopt;
    if (path) folders.push_back(*path);
  };
  const Json& given = member(params, "workspaceFolders");
  if (given.is_array()) {
    for (const Json& folder : given) add(member(folder, "uri"));
  } else {
    add(member(params, "rootUri"));
  }
  workspace_.set_folders(std::move(folders));
  return Json{{"capabilities", capabilities(settings_)},
              {"serverInfo", {{"name", "singspin"}, {"version", SINGSPIN_VERSION}}}};
}

// `initializationOptions`, or the member `singspin` of the settings.
void Session::read_settings(const Json& options) {
  const auto seconds = [&](std::string_view name, Seconds& value) {
    const auto milliseconds = read_integer(member(options, name));
    if (milliseconds && *milliseconds >= 0)
      value = static_cast<double>(std::min<std::int64_t>(*milliseconds, 60'000)) / 1000;
  };
  seconds("debounceMs", settings_.debounce);
  seconds("verifyDelayMs", settings_.verify_delay);
  if (const Json& verify = member(options, "verify"); verify.is_boolean())
    settings_.verify = read_flag(verify);
  if (const Json& defines = member(options, "defines"); defines.is_array())
    settings_.defines = read_strings(defines);
  if (const Json& folders = member(options, "includeFolders"); folders.is_array())
    settings_.include_folders = read_strings(folders);
}

Reply Session::shutdown(const Json&) {
  state_ = State::ShutDown;
  return Json();
}

void Session::exit(const Json&, Seconds) { exit_code_ = exit_code_at_end(); }

// Files that change outside of the editor are its business to watch.
void Session::initialized(const Json&, Seconds) {
  if (!settings_.watch_files) return;
  const Json watchers =
      Json::array({{{"globPattern", "**/*.{sg,cs,sgproj,csproj}"}}, {{"globPattern", "**/singspin.toml"}}});
  const Json registration = {{"id", "watched-files"},
                             {"method", "workspace/didChangeWatchedFiles"},
                             {"registerOptions", {{"watchers", watchers}}}};
  output_.push_back(request(next_request_++, "client/registerCapability",
                            {{"registrations", Json::array({registration})}}));
}

std::optional<Seconds> Session::next_deadline() const {
  std::optional<Seconds> next;
  const auto consider = [&](std::optional<Seconds> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (state_ != State::Initialized) return std::nullopt;
  for (const auto& [uri, open] : documents_) consider(open.publish_at);
  consider(verify_at_);
  if (!workspace_.scanned()) consider(0);
  return next;
}

void Session::idle(Seconds now) {
  verdicts_.collect();
  if (state_ != State::Initialized) return;
  OpenDocument* due = nullptr;
  for (auto& [uri, open] : documents_) {
    const bool earlier = due == nullptr || open.publish_at < due->publish_at;
    if (open.publish_at && *open.publish_at <= now && earlier) due = &open;
  }
  if (due != nullptr) return publish(*due);  // one at a time: a message may be waiting
  if (!workspace_.scanned() && workspace_.scan(kSlice) && missing_names_appeared()) texts_changed(now);
  if (verify_at_ && *verify_at_ <= now) start_verification(now);
}

}  // namespace singspin::lsp
