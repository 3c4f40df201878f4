#include "report_schema.h"
#include "reports/formats/json/json.h"
#include "trace_schema.h"

namespace singspin::json {

std::string_view report_schema() { return embedded::report_schema; }
std::string_view trace_schema() { return embedded::trace_schema; }

}  // namespace singspin::json
