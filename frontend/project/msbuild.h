// What MSBuild makes of one project file: properties in order, then items.
#pragma once

#include <pugixml.hpp>
#include <set>

#include "frontend/project/csproj.h"
#include "frontend/project/project_paths.h"
#include "frontend/project/properties.h"

namespace singspin::project {

inline constexpr std::size_t kMaxProblems = 100;

// Without a namespace prefix, since some writers add one.
inline std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
inline bool is(pugi::xml_node node, std::string_view name) {
  return equal_ignoring_case(local_name(node), name);
}
inline std::string_view attribute(pugi::xml_node node, const char* name) {
  return node.attribute(name).value();
}

// The canonical folder of a file.
std::string folder_of(const std::string& path);

class Evaluation {
 public:
  Evaluation(std::string path, Disk& disk);
  ProjectFile run();

 private:
  // A parsed file: the project or an import. The documents live as long as the evaluation.
  struct Source {
    std::string path;
    std::string text;
    pugi::xml_document document;
  };
  struct Place {  // an element of a source
    const Source* source;
    pugi::xml_node node;
  };

  const Source* open(const std::string& path, const Place* imported_at);
  bool parse(Source& source);
  void check_document(const Source& source);

  void properties_of(const Source& source, pugi::xml_node parent, int depth);
  void property(const Source& source, pugi::xml_node node);
  void import(const Source& source, pugi::xml_node node, int depth);
  void choose(const Source& source, pugi::xml_node node, int depth);
  void items(const Source& source, pugi::xml_node group);
  void compile_item(const Place& at);
  void reference_item(const Place& at);
  void default_items(const Source& source);
  void add_matches(const Place& at, std::string_view item, const std::vector<std::string>& excluded);
  void add_source(std::string path, ProjectPlace place);
  void read_symbols();

  // The condition of the element and nothing else; what is not understood holds, with a warning.
  bool holds(const Place& at);
  std::vector<Expansion> expand_list(const Place& at, std::string_view list);
  std::vector<std::string> patterns(const Place& at, std::string_view list);
  ProjectPlace place(const Place& at, std::string_view text) const;
  ProjectProblem& report(diagnostics::Code code, const Place& at, std::string_view text, std::string message,
                         std::string label);
  void report_missing(const Place& at, std::string_view written, const PathAnswer& answer,
                      std::string_view what);

  Disk& disk_;
  std::string folder_;
  Properties properties_;
  ProjectFile result_;
  std::vector<std::unique_ptr<Source>> sources_;
  std::vector<Place> item_groups_;  // evaluated after all properties, as MSBuild does
  std::set<std::string> listed_;    // canonical paths of result_.sources
};

}  // namespace singspin::project
