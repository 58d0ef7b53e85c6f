#include "tests/world/truth/truth_file.hpp"

#include "firmware/base/config_file.hpp"

namespace liqu::truth {

Result<TruthFile> TruthFile::read(const std::filesystem::path& path) {
    const ConfigFile file = TRY(ConfigFile::read(path));
    TruthFile truth;
    const std::pair<const char*, WordClass> lists[] = {
        {"ask", WordClass::ask}, {"answer", WordClass::answer}, {"label", WordClass::label}};
    for (const auto& [name, wordClass] : lists) {
        for (const std::string& pattern : TRY(file.texts(name))) {
            truth.classes.add({pattern, wordClass});
        }
    }
    for (const std::string& predicate : file.names("world")) {
        for (const std::string& pattern : TRY(file.texts("world." + predicate))) {
            truth.classes.add({pattern, WordClass::world, predicate});
        }
    }
    for (const std::string& language : file.names("glossary")) {
        truth.glossary[language] = TRY(file.texts("glossary." + language));
    }
    TRY(file.refuseUnknownKeys());
    return truth;
}

}  // namespace liqu::truth
