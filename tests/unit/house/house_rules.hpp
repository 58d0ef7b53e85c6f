// The rules of the house, read from the files themselves: who may include whom, how long a file
// may be, which marks must not stand in it, and where the threads are said (ARCHITECTURE.md).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace liqu::house {

// Path from the root of the tree → its text.
using Files = std::map<std::string, std::string>;

Files readTree(const std::string& root);

// "firmware/card" for "firmware/card/x.hpp"; a program's own file is its path.
std::string roomOf(const std::string& path);

// One line for each include that points up or sideways.
std::vector<std::string> includesAgainstRank(const Files& files);
// One line for each circle of files.
std::vector<std::string> circles(const Files& files);
std::vector<std::string> filesTooLong(const Files& files, std::size_t most);
std::vector<std::string> unfinishedMarks(const Files& files);
// A source includes headers, never another source: it would be compiled twice.
std::vector<std::string> includedSources(const Files& files);
// A product header that has several threads to do with, itself or in its source, and does not say
// in its opening which of them may use it.
std::vector<std::string> threadsUnsaid(const Files& files);
// What staff do at the window is committed by the desk (carry_out.hpp), never by their pages.
std::vector<std::string> commitsOfSession(const Files& files);
// Codes of errors.def that nothing in the product ever raises: compared only, or not even that.
std::vector<std::string> codesNeverRaised(const Files& files);

}  // namespace liqu::house
