#include "reports/cli/git.h"

#include <fmt/format.h>
#include <sha1.h>
#include <sys/types.h>

#include "frontend/source/source_map.h"
#include "promela/spin/process.h"
#include "promela/spin/tools.h"

namespace singspin::cli {

namespace {

constexpr std::size_t kSha256Size = 64;

tl::unexpected<GitProblem> problem(std::string message, int exit_code = 2) {
  return tl::unexpected(GitProblem{std::move(message), exit_code});
}

spin::Command command(const std::string& git, const std::string& folder, std::vector<std::string> words) {
  words.insert(words.begin(), git);
  return {.argv = std::move(words),
          .working_directory = folder,
          // Nothing is locked, asked for, or fetched from elsewhere.
          .environment = {{"LC_ALL", "C"},
                          {"GIT_OPTIONAL_LOCKS", "0"},
                          {"GIT_TERMINAL_PROMPT", "0"},
                          {"GIT_NO_LAZY_FETCH", "1"}},
          .timeout_seconds = 60};
}

// The last line of what git says about a failure, without `fatal: `.
std::string words_of(const spin::ProcessResult& result) {
  std::string text = result.err;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text = text.substr(text.rfind('\n') + 1);
  if (text.starts_with("fatal: ")) text = text.substr(7);
  return text.empty() ? spin::ending_text(result.ending) : text;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Entries `MODE TYPE ID<TAB>PATH`, each ended by a zero byte.
std::map<std::string, std::string> read_tree(std::string_view text) {
  std::map<std::string, std::string> files;
  while (!text.empty()) {
    const std::string_view entry = text.substr(0, text.find('\0'));
    text.remove_prefix(std::min(text.size(), entry.size() + 1));
    const std::size_t tab = entry.find('\t');
    if (tab == std::string_view::npos) continue;
    const std::string_view head = entry.substr(0, tab);
    if (head.find(" blob ") == std::string_view::npos) continue;
    files.emplace(entry.substr(tab + 1), head.substr(head.rfind(' ') + 1));
  }
  return files;
}

}  // namespace

base::Expected<GitRevision, GitProblem> GitRevision::open(const std::string& folder,
                                                          const std::string& revision) {
  if (revision.empty() || revision.front() == '-')
    return problem(fmt::format("--changed-since: no revision is called `{}`", revision));
  GitRevision result;
  result.git_ = spin::find_tools().git;
  if (result.git_.empty()) return problem("--changed-since: there is no program `git`", 4);
  const auto asked = spin::run_processes(
      {command(result.git_, folder, {"rev-parse", "--show-toplevel"}),
       command(result.git_, folder,
               {"rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"})},
      2);
  if (!spin::succeeded(asked[0])) return problem("--changed-since: " + words_of(asked[0]));
  result.top_ = first_line(asked[0].out);
  if (!spin::succeeded(asked[1]))
    return problem(fmt::format("--changed-since: no revision is called `{}`", revision));
  const auto tree = spin::run_process(
      command(result.git_, folder, {"ls-tree", "-r", "-z", "--full-tree", first_line(asked[1].out)}));
  if (!spin::succeeded(tree)) return problem("--changed-since: " + words_of(tree));
  result.files_ = read_tree(tree.out);
  return result;
}

std::string GitRevision::id_of(const std::string& path) const {
  if (!path.starts_with(top_ + "/")) return {};
  const auto found = files_.find(path.substr(top_.size() + 1));
  return found == files_.end() ? std::string() : found->second;
}

base::Expected<std::vector<std::string>, GitProblem> GitRevision::contents(
    const std::vector<std::string>& ids) const {
  std::vector<spin::Command> commands;
  for (const std::string& id : ids) commands.push_back(command(git_, top_, {"cat-file", "blob", id}));
  constexpr unsigned kJobs = 4;
  std::vector<std::string> texts;
  for (auto& result : spin::run_processes(commands, kJobs)) {
    if (!spin::succeeded(result)) return problem("--changed-since: " + words_of(result));
    texts.push_back(std::move(result.out));
  }
  return texts;
}

std::string blob_id(const std::string& bytes, const std::string& like) {
  const std::string text = fmt::format("blob {}", bytes.size()) + '\0' + bytes;
  if (like.size() == kSha256Size) return source::sha256_hex(text);
  SHA1_CTX context;
  SHA1Init(&context);
  SHA1Update(&context, reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  char hex[SHA1_DIGEST_STRING_LENGTH];
  SHA1End(&context, hex);
  return hex;
}

}  // namespace singspin::cli
