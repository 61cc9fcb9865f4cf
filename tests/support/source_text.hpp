/// Reads a source file as the tidy rules need it: lines, includes, and code without its comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace docket::tidy {

/// The lines of `text` without their ends. A last line without an end counts.
std::vector<std::string_view> Lines(std::string_view text);

/// `text` with every comment, literal and, if asked, preprocessor line blanked by spaces. Lines and
/// columns stay where they are, and quotes and parentheses that are code stay code.
struct CodeOptions {
  bool keep_directives = true;
};
std::string CodeOnly(std::string_view text, CodeOptions options = {});

/// One `#include`: what stands between the quotes or angle brackets.
struct Include {
  int line = 0;
  std::string name;
  bool quoted = false;
};
std::vector<Include> Includes(std::string_view text);

/// Characters of a UTF-8 line: code points, so that a Chinese character counts as one.
std::size_t CodePoints(std::string_view line);

/// A function or lambda whose body is between braces of their own.
struct Body {
  int line = 0;   ///< Where the opening brace stands, from 1.
  int lines = 0;  ///< Lines strictly between the braces.
};
std::vector<Body> FunctionBodies(std::string_view text);

/// True when `word` stands in `line` and is not a part of a longer identifier.
bool HasWord(std::string_view line, std::string_view word);

}  // namespace docket::tidy
