#include "frontend/project/config.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "frontend/base/nearest.h"
#include "frontend/ir/property.h"
#include "frontend/source/loader.h"

namespace singspin::project {

namespace fs = std::filesystem;
using diagnostics::Code;

namespace {

constexpr std::string_view kName = "singspin.toml";

// A table of the file with the names it may hold, in words of the file itself.
class Reader {
 public:
  Reader(Config& config, source::SourceMap& sources, source::FileId file,
         diagnostics::Diagnostics& diagnostics)
      : config_(config), sources_(sources), file_(file), diagnostics_(diagnostics) {}

  void run() {
    const toml::parse_result parsed = toml::parse(std::string_view(sources_.file(file_).text));
    if (!parsed) {
      const source::Span at = span(parsed.error().source());
      std::string words(parsed.error().description());
      for (char& c : words) c = c == '\n' || c == '\r' ? ' ' : c;
      diagnostics_.add(Code::config_syntax, at, "the project file is not TOML: " + words, "here");
      return;
    }
    const toml::table& root = parsed.table();
    each(root, "section", {"severity", "input", "verify"},
         [&](std::string_view name, const toml::node& node) {
           const toml::table* section = node.as_table();
           if (section == nullptr)
             return wrong(node, fmt::format("{} is a section: write `[{}]`", name, name));
           if (name == "severity") severity(*section);
           if (name == "input") input(*section);
           if (name == "verify") verify(*section);
         });
  }

 private:
  // TOML counts characters; our spans are bytes.
  source::Span span(const toml::source_region& region) const {
    const std::uint32_t begin = offset(region.begin), end = offset(region.end);
    return {file_, begin, std::max(end, begin)};
  }
  std::uint32_t offset(const toml::source_position& at) const {
    const std::string_view text = sources_.file(file_).text;
    std::uint32_t i = sources_.line_start(file_, at.line);
    for (toml::source_index column = 1; column < at.column && i < text.size(); ++column) {
      ++i;
      while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) ++i;
    }
    return i;
  }

  void wrong(const toml::node& node, std::string message) {
    diagnostics_.add(Code::config_value, span(node.source()), std::move(message), "not possible");
  }

  void unknown(const toml::key& key, std::string message, std::string_view nearest) {
    auto& d = diagnostics_.add(Code::config_value, span(key.source()), std::move(message), "not known");
    if (nearest.empty()) return;
    d.help = fmt::format("a similar name is {}", nearest);
    d.fixes.push_back({fmt::format("write {}", nearest), {{*d.span, std::string(nearest)}}});
  }

  template <class Use>
  void each(const toml::table& table, std::string_view what, const std::vector<std::string_view>& known,
            Use use) {
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (std::find(known.begin(), known.end(), name) != known.end()) use(name, node);
      else unknown(key, fmt::format("there is no {} {}", what, name), base::nearest(name, known));
    }
  }

  void severity(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const auto code = diagnostics::parse_code(key.str());
      if (!code) {
        unknown(key, fmt::format("no rule is called {}", key.str()), diagnostics::nearest_rule(key.str()));
        continue;
      }
      const auto text = node.value_exact<std::string>();
      const auto level = diagnostics::parse_level(text.value_or(""));
      const std::string refusal = level ? diagnostics::refusal(*code, *level) : "";
      if (!level) wrong(node, "a severity is \"error\", \"warning\", \"note\" or \"off\"");
      else if (!refusal.empty()) wrong(node, refusal);
      else config_.severities.set(*code, *level);
    }
  }

  void input(const toml::table& table) {
    each(table, "setting", {"define", "include"}, [&](std::string_view name, const toml::node& node) {
      if (name == "define") return config_.defines = strings(node), void();
      for (const std::string& folder : strings(node)) {
        const fs::path path = fs::path(config_.path).parent_path() / folder;
        std::error_code error;
        if (!fs::is_directory(path, error)) wrong(node, fmt::format("there is no folder {}", folder));
        config_.include_folders.push_back(path.lexically_normal().string());
      }
    });
  }

  void verify(const toml::table& table) {
    each(table, "setting", {"queue", "time", "memory", "depth", "jobs", "properties", "inconclusive"},
         [&](std::string_view name, const toml::node& node) {
           if (name == "queue") config_.queue = integer(node, 1, 255);
           if (name == "time") config_.time_seconds = seconds(node);
           if (name == "memory") config_.memory_bytes = size(node);
           if (name == "depth") config_.depth = integer(node, 1, 1'000'000'000);
           if (name == "jobs") config_.jobs = integer(node, 1, 256);
           if (name == "properties") config_.properties = properties(node);
           if (name == "inconclusive") config_.inconclusive_ok = policy(node);
         });
  }

  std::vector<std::string> strings(const toml::node& node) {
    std::vector<std::string> result;
    const toml::array* list = node.as_array();
    if (list == nullptr) return wrong(node, "expected a list of texts, such as [\"A\", \"B\"]"), result;
    for (const toml::node& item : *list) {
      if (const auto text = item.value_exact<std::string>(); text && !text->empty()) result.push_back(*text);
      else wrong(item, "expected a text in quotes");
    }
    return result;
  }

  std::vector<std::string> properties(const toml::node& node) {
    std::vector<std::string_view> known = {"default", "all", "user"};
    for (const ir::Property p : ir::kAllProperties) known.push_back(ir::id(p));
    std::vector<std::string> result = strings(node);
    for (const std::string& name : result) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string_view nearest = base::nearest(name, known);
      wrong(node, fmt::format("no property is called {}{}", name,
                              nearest.empty() ? "" : fmt::format("; the nearest is {}", nearest)));
    }
    return result;
  }

  std::optional<std::int64_t> integer(const toml::node& node, std::int64_t least, std::int64_t most) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return value;
    wrong(node, fmt::format("expected a number from {} to {}", least, most));
    return std::nullopt;
  }

  std::optional<double> seconds(const toml::node& node) {
    const auto value = node.is_number() ? node.value<double>() : std::nullopt;
    if (value && *value >= 0.001 && *value <= 1e6) return value;
    wrong(node, "expected seconds, from 0.001 to 1000000");
    return std::nullopt;
  }

  std::optional<std::uint64_t> size(const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    const auto number = node.value_exact<std::int64_t>();
    const auto bytes = text     ? parse_size(*text)
                       : number ? parse_size(fmt::format("{}", *number))
                                : std::nullopt;
    if (!bytes) wrong(node, "expected a size such as \"512M\" or \"4G\"");
    return bytes;
  }

  std::optional<bool> policy(const toml::node& node) {
    const auto text = node.value_exact<std::string>();
    if (text == "fail" || text == "ok") return text == "ok";
    wrong(node, "expected \"fail\" or \"ok\"");
    return std::nullopt;
  }

  Config& config_;
  source::SourceMap& sources_;
  source::FileId file_;
  diagnostics::Diagnostics& diagnostics_;
};

}  // namespace

std::string find_config(const std::string& folder) {
  std::error_code error;
  const fs::path start = fs::weakly_canonical(folder, error);
  std::string found;
  for (fs::path here = start;; here = here.parent_path()) {
    if (found.empty() && fs::is_regular_file(here / kName, error)) found = (here / kName).string();
    if (fs::exists(here / ".git", error)) return found;
    if (here == here.parent_path()) break;
  }
  return fs::is_regular_file(start / kName, error) ? (start / kName).string() : "";
}

Config read_config(const std::string& path, const std::string& root, source::SourceMap& sources,
                   diagnostics::Diagnostics& diagnostics) {
  constexpr std::uintmax_t kLargest = 1 << 20;
  std::error_code error;
  const bool large = fs::file_size(path, error) > kLargest && !error;
  const auto raw = large ? base::Expected<std::string>(base::tool_error("it is larger than 1 MiB"))
                         : source::read_file(path);
  if (!raw) {
    diagnostics.add_without_place(Code::unreadable_file,
                                  fmt::format("cannot read {}: {}", path, raw.error().message));
    Config nothing;
    nothing.path = path;
    return nothing;
  }
  return parse_config(path, source::shown_path(path, root), *raw, sources, diagnostics);
}

Config parse_config(const std::string& path, std::string shown, std::string_view raw,
                    source::SourceMap& sources, diagnostics::Diagnostics& diagnostics) {
  Config config;
  config.path = path;
  const source::FileId file = sources.add(std::move(shown), raw);
  Reader(config, sources, file, diagnostics).run();
  diagnostics.sort();
  return config;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  constexpr std::string_view kUnits = "kMGT";
  if (error != std::errc{} || value == 0 || unit.size() > 1) return std::nullopt;
  if (unit.empty()) return value;
  const std::size_t power = kUnits.find(unit == "K" ? 'k' : unit.front());
  if (power == std::string_view::npos) return std::nullopt;
  const unsigned shift = 10 * static_cast<unsigned>(power + 1);
  if (value > (~std::uint64_t{0} >> shift)) return std::nullopt;
  return value << shift;
}

}  // namespace singspin::project
