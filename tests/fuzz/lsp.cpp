// The language server, message by message, without file descriptors. The first text of the input is opened;
// every line of the texts behind it is a message if it begins with `{`, else typed into the open text.
#include <nlohmann/json.hpp>

#include "frontend/source/source_map.h"
#include "frontend/syntax/lexer.h"
#include "reports/lsp/session.h"
#include "tests/fuzz/front_end.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/targets.h"

namespace singspin::fuzz {

namespace {

using lsp::Json;
constexpr std::string_view kUri = "untitled:fuzz.sg";
constexpr std::size_t kMostMessages = 20, kMostPlaces = 4;

bool same(const lsp::Frame& a, const lsp::Frame& b) {
  if (a.index() != b.index()) return false;
  if (const auto* body = std::get_if<lsp::Body>(&a)) return body->text == std::get<lsp::Body>(b).text;
  return std::get<lsp::BadFrame>(a).reason == std::get<lsp::BadFrame>(b).reason;
}

// Where the stream of bytes is cut does not matter.
void check_frames(std::string_view bytes) {
  lsp::FrameReader whole, pieces;
  const std::vector<lsp::Frame> expected = whole.feed(bytes);
  std::vector<lsp::Frame> found;
  const std::size_t step = 1 + bytes.size() % 7;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    for (lsp::Frame& frame : pieces.feed(bytes.substr(at, step))) found.push_back(std::move(frame));
  }
  REQUIRE(std::equal(expected.begin(), expected.end(), found.begin(), found.end(), same),
          "frames do not depend on how the stream is cut");
}

class Conversation {
 public:
  explicit Conversation(bool utf8) : session_(lsp::Services{nullptr, explain, [] {}}) {
    const Json encodings = utf8 ? Json::array({"utf-8"}) : Json::array({"utf-16"});
    request("initialize", {{"rootUri", nullptr},
                           {"capabilities", {{"general", {{"positionEncodings", encodings}}}}},
                           {"initializationOptions", {{"debounceMs", 0}, {"verify", false}}}});
    notify("initialized", Json::object());
  }

  void open(std::string_view raw) {
    text_ = source::decode_text(raw);
    notify("textDocument/didOpen",
           {{"textDocument", {{"uri", kUri}, {"languageId", "singsharp"}, {"version", 1}, {"text", text_}}}});
  }

  // The line decides by its own bytes where it is typed.
  void type(std::string_view line) {
    const std::string words = source::decode_text(line);
    const auto number = static_cast<unsigned>(std::hash<std::string_view>{}(line) % 40);
    const Json start = {{"line", number}, {"character", number % 7}};
    const Json end = {{"line", number + number % 2}, {"character", number % 11}};
    notify(
        "textDocument/didChange",
        {{"textDocument", {{"uri", kUri}, {"version", ++version_}}},
         {"contentChanges", Json::array({{{"range", {{"start", start}, {"end", end}}}, {"text", words}}})}});
  }

  void message(std::string_view body) {
    session_.receive(lsp::Body{std::string(body)}, now_);
    settle();
  }

  // Every feature at a few places, of names and of nothing.
  void ask_everything() {
    const Json document = {{"uri", kUri}};
    for (const char* method :
         {"textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/formatting"})
      request(method, {{"textDocument", document}, {"options", {{"tabSize", 4}, {"insertSpaces", true}}}});
    request("workspace/symbol", {{"query", "S"}});
    source::SourceMap sources;
    diagnostics::Diagnostics ignored;
    const source::FileId file = sources.add("0.sg", text_);
    const syntax::Tokens lexed = syntax::lex(sources, file, {}, ignored);
    const std::size_t step = 1 + lexed.tokens.size() / kMostPlaces;
    for (std::size_t i = text_.size() % step; i < lexed.tokens.size(); i += step) {
      const source::Position at = sources.position(file, lexed.tokens[i].begin);
      ask_at({{"line", at.line - 1}, {"character", at.column - 1}});
    }
    ask_at({{"line", 100'000'000}, {"character", 4'000'000'000U}});
  }

 private:
  static std::string explain(diagnostics::Code) { return {}; }

  void ask_at(const Json& position) {
    const Json at = {{"textDocument", {{"uri", kUri}}}, {"position", position}};
    for (const char* method :
         {"definition", "references", "documentHighlight", "hover", "prepareRename", "completion"})
      request(std::string("textDocument/") + method, at);
    Json rename = at;
    rename["newName"] = "Renamed_1";
    request("textDocument/rename", rename);
    Json actions = at;
    actions["range"] = {{"start", {{"line", 0}, {"character", 0}}}, {"end", position}};
    actions["context"] = {{"diagnostics", Json::array()}};
    request("textDocument/codeAction", actions);
  }

  void request(const std::string& method, const Json& params) {
    message(Json{{"jsonrpc", "2.0"}, {"id", ++id_}, {"method", method}, {"params", params}}.dump());
    REQUIRE(answered_ == id_, "every request is answered");
  }
  void notify(const std::string& method, const Json& params) {
    message(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
  }

  void settle() {
    while (session_.has_work()) session_.work(now_);
    now_ += 10;
    constexpr int kRounds = 8;
    for (int i = 0; i < kRounds && session_.next_deadline().value_or(now_ + 1) <= now_; ++i)
      session_.idle(now_);
    for (const std::string& sent : session_.take_output()) check(Json::parse(sent, nullptr, false));
  }

  void check(const Json& sent) {
    REQUIRE(sent.is_object() && sent.value("jsonrpc", "") == "2.0", "what is sent is JSON-RPC");
    if (sent.contains("id") && sent["id"].is_number_unsigned()) answered_ = sent["id"].get<unsigned>();
    if (sent.contains("error"))
      REQUIRE(sent["error"].value("code", 0) != static_cast<int>(lsp::ErrorCode::InternalError),
              "no request fails from inside");
    check_ranges(sent);
  }

  static std::pair<unsigned, unsigned> place(const Json& position) {
    return {position.at("line").get<unsigned>(), position.at("character").get<unsigned>()};
  }
  void check_ranges(const Json& value) {
    if (!value.is_structured()) return;
    if (value.is_object() && value.contains("start") && value.contains("end"))
      REQUIRE(place(value["start"]) <= place(value["end"]), "a range begins before it ends");
    for (const Json& inner : value) check_ranges(inner);
  }

  lsp::Session session_;
  std::string text_;
  lsp::Seconds now_ = 1;
  unsigned id_ = 0, answered_ = 0;
  int version_ = 1;
};

// Messages about folders would make the server read the disk.
bool is_about_folders(std::string_view body) { return body.find("older") != std::string_view::npos; }

void play(Conversation& conversation, std::string_view text, std::size_t& left) {
  while (!text.empty() && left > 0) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || is_about_folders(line)) continue;
    --left;
    if (line.front() == '{') conversation.message(line);
    else conversation.type(line);
  }
}

}  // namespace

void run_lsp(std::string_view bytes) {
  check_frames(bytes);
  const std::vector<std::string_view> texts = split_files(bytes);
  Conversation conversation(bytes.size() % 2 == 0);
  conversation.open(texts.front());
  conversation.ask_everything();
  std::size_t left = kMostMessages;
  for (std::size_t i = 1; i < texts.size(); ++i) play(conversation, texts[i], left);
  if (texts.size() == 1) return;
  conversation.open(texts.front());
  conversation.ask_everything();
}

}  // namespace singspin::fuzz
