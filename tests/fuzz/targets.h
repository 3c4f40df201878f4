// The fuzz targets: functions that take any bytes, run one part of singspin on them and abort if an
// invariant of that part does not hold. libFuzzer calls them with inputs it makes up (entry.cpp), the
// tests with all seeds and every input that once failed (replay.cpp).
#pragma once

#include <string_view>

namespace singspin::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);
};

void run_lexer(std::string_view bytes);
void run_preprocessor(std::string_view bytes);
void run_parser(std::string_view bytes);
void run_analysis(std::string_view bytes);
void run_lsp(std::string_view bytes);
void run_formatter(std::string_view bytes);
void run_project(std::string_view bytes);
void run_settings(std::string_view bytes);
void run_annotation(std::string_view bytes);
void run_checks(std::string_view bytes);
void run_trace(std::string_view bytes);
void run_report(std::string_view bytes);

inline constexpr Target kTargets[] = {
    {"lexer", run_lexer},
    {"preprocessor", run_preprocessor},
    {"parser", run_parser},
    {"analysis", run_analysis},
    {"lsp", run_lsp},
    {"formatter", run_formatter},
    {"project", run_project},
    {"settings", run_settings},
    {"annotation", run_annotation},
    {"checks", run_checks},
    {"trace", run_trace},
    {"report", run_report},
};

}  // namespace singspin::fuzz
