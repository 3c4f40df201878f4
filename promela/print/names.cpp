#include "promela/print/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace singspin::pml {

namespace {

// Words SPIN 6.5.2 rejects as a name, words that reach the generated C code, and names of pan that
// a global would clash with; sorted.
constexpr std::string_view kReserved[] = {"ASYNC",       "BASE",        "BFS",
                                          "D_proctype",  "EOF",         "FILE",
                                          "LOCAL",       "GLOBAL",      "MAXQ",
                                          "NULL",        "SAFETY",      "SYNC",
                                          "U",           "V",           "W",
                                          "X",           "accept",      "active",
                                          "always",      "asm",         "assert",
                                          "atomic",      "auto",        "bit",
                                          "bool",        "break",       "byte",
                                          "c_code",      "c_decl",      "c_expr",
                                          "c_state",     "c_track",     "case",
                                          "chan",        "char",        "const",
                                          "continue",    "d_step",      "default",
                                          "depth",       "do",          "done",
                                          "double",      "else",        "empty",
                                          "enabled",     "end",         "enum",
                                          "equivalent",  "errno",       "errors",
                                          "eval",        "eventually",  "extern",
                                          "false",       "fi",          "float",
                                          "for",         "full",        "get_priority",
                                          "goto",        "hidden",      "if",
                                          "implies",     "in",          "init",
                                          "inline",      "int",         "len",
                                          "linux",       "local",       "long",
                                          "ltl",         "main",        "mtype",
                                          "nempty",      "never",       "next",
                                          "nfull",       "notrace",     "now",
                                          "np_",         "od",          "of",
                                          "pc_value",    "pid",         "printf",
                                          "printm",      "priority",    "proctype",
                                          "progress",    "provided",    "ptr",
                                          "register",    "release",     "return",
                                          "run",         "select",      "set_priority",
                                          "short",       "show",        "signed",
                                          "sizeof",      "skip",        "state",
                                          "static",      "stronguntil", "struct",
                                          "sv",          "switch",      "timeout",
                                          "to_exporter", "to_importer", "trace",
                                          "true",        "typedef",     "uchar",
                                          "union",       "unix",        "unless",
                                          "unsigned",    "until",       "void",
                                          "volatile",    "wasnew",      "weakuntil",
                                          "while",       "xr",          "xs"};

constexpr std::size_t kMaxLength = 60;  // SPIN takes 511; nobody reads that

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string unique(std::string name, const std::set<std::string>& taken,
                   const std::set<std::string>& also_taken) {
  const auto is_free = [&](const std::string& n) { return !taken.contains(n) && !also_taken.contains(n); };
  if (is_free(name)) return name;
  for (std::size_t i = 2;; ++i) {
    if (std::string numbered = fmt::format("{}_{}", name, i); is_free(numbered)) return numbered;
  }
}

}  // namespace

bool is_reserved(std::string_view name) {
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
}

std::string identifier(std::string_view source_name) {
  std::string name;
  for (const char c : source_name.substr(0, kMaxLength)) {
    const bool continues = (static_cast<unsigned char>(c) & 0xc0) == 0x80;  // inside a UTF-8 sequence
    if (is_word(c)) name += c;
    else if (!continues) name += '_';
  }
  const bool starts_well =
      !name.empty() && name.front() != '_' && !(name.front() >= '0' && name.front() <= '9');
  return starts_well ? name : "m" + name;
}

std::string NameTable::global(std::string_view source_name) {
  std::string name = identifier(source_name);
  if (is_reserved(name)) name += "_";
  name = unique(std::move(name), globals_, {});
  globals_.insert(name);
  return name;
}

std::string NameTable::label(std::size_t process, std::string_view source_name, bool final) {
  std::string name = identifier(source_name);
  if (final) name = "end_" + name;
  const bool means_something =
      name.starts_with("end") || name.starts_with("accept") || name.starts_with("progress");
  if (!final && (is_reserved(name) || means_something)) name = "at_" + name;
  std::set<std::string>& labels = labels_[process];
  name = unique(std::move(name), labels, globals_);
  labels.insert(name);
  return name;
}

}  // namespace singspin::pml
