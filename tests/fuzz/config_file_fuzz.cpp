// Any text as a configuration file: it is refused with a cause, or every key can be asked for.
#include <string>

#include "firmware/base/assert.hpp"
#include "firmware/base/config_file.hpp"

using namespace liqu;

namespace {

void askAll(const ConfigFile& file, const std::string& key) {
    (void)file.text(key);
    (void)file.integer(key, -10, 10);
    (void)file.real(key, -1.0, 1.0);
    (void)file.boolean(key);
    (void)file.texts(key);
    (void)file.oneOf(key, {"a", "b"});
    for (std::size_t i = 0; i < file.count(key) && i < 4; ++i) {
        (void)file.has(key + "[" + std::to_string(i) + "].bank");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto file = ConfigFile::parse(text, "fuzz.toml");
    if (!file) {
        LIQU_ASSERT(!file.error().cause.empty());
        return 0;
    }
    // The text itself as a key as well: a path may be as odd as its file.
    for (const std::string& key : {std::string("printer"), std::string("lane[0].bank"), text}) {
        (void)file->has(key);
        (void)file->names(key);
        askAll(*file, key);
    }
    for (const std::string& name : file->names("")) askAll(*file, name);
    (void)file->refuseUnknownKeys();
    return 0;
}
