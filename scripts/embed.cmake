# Turns the text file INPUT into a header OUTPUT that defines the string view NAME.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
file(WRITE ${OUTPUT}
     "// Generated from a text file of the source tree.\n#pragma once\n#include <string_view>\n"
     "namespace singspin::embedded {\ninline constexpr char ${NAME}_bytes[] = {${bytes}'\\0'};\n"
     "inline constexpr std::string_view ${NAME}{${NAME}_bytes, sizeof(${NAME}_bytes) - 1};\n}\n")
