#include "ui/toolkit/picture_file.hpp"

#include <algorithm>
#include <expat.h>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "firmware/base/plain_file.hpp"
#include "ui/toolkit/picture_style.hpp"

namespace liqu::ui {
namespace {

constexpr std::size_t mostPictureElements = 1000;
constexpr std::size_t deepestPictureElement = 12;
constexpr char spaceEnd = '|';
constexpr std::string_view svgSpace = "http://www.w3.org/2000/svg|";

constexpr std::string_view shapes[] = {"circle",  "ellipse",  "line", "path",
                                       "polygon", "polyline", "rect", "use"};
constexpr std::string_view containers[] = {"svg", "g", "defs", "clipPath"};
// Of these no value can do harm: numbers, or what a library reads as one.
constexpr std::string_view geometry[] = {
    "d",  "points", "transform", "x",  "y",  "x1",    "y1",     "x2",        "y2",       "cx",
    "cy", "r",      "rx",        "ry", "id", "width", "height", "fill-rule", "clip-rule"};
constexpr std::string_view looks[] = {"opacity",         "fill-opacity",   "stroke-opacity",
                                      "stroke-width",    "stroke-linecap", "stroke-linejoin",
                                      "stroke-dasharray"};

bool isOneOf(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

struct FreeReader {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

class PictureReader {
  public:
    Result<void> read(std::string_view svg) {
        const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeReader> parser(
            XML_ParserCreateNS("UTF-8", spaceEnd));
        if (!parser) return fail(ErrorCode::configBadValue, "no memory for it");
        parser_ = parser.get();
        XML_SetUserData(parser_, this);
        XML_SetElementHandler(parser_, &PictureReader::begin, &PictureReader::end);
        XML_SetCharacterDataHandler(parser_, &PictureReader::text);
        XML_SetStartDoctypeDeclHandler(parser_, &PictureReader::documentType);
        XML_SetProcessingInstructionHandler(parser_, &PictureReader::instruction);
        const auto status = XML_Parse(parser_, svg.data(), static_cast<int>(svg.size()), XML_TRUE);
        if (refused_.empty() && status != XML_STATUS_OK)
            refuse("no XML, " + std::string(XML_ErrorString(XML_GetErrorCode(parser_))));
        for (const std::string& name : wanted_) {
            if (refused_.empty() && !ids_.contains(name)) refuse("#" + name + " is not there");
        }
        if (!refused_.empty()) return fail(ErrorCode::configBadValue, refused_);
        return {};
    }

  private:
    static PictureReader& of(void* data) { return *static_cast<PictureReader*>(data); }

    void refuse(const std::string& why) {
        if (!refused_.empty()) return;
        refused_ = "line " + std::to_string(XML_GetCurrentLineNumber(parser_)) + ": " + why;
        XML_StopParser(parser_, XML_FALSE);
    }

    static void XMLCALL documentType(void* data, const char*, const char*, const char*, int) {
        of(data).refuse("a document type");
    }
    static void XMLCALL instruction(void* data, const char*, const char*) {
        of(data).refuse("an instruction");
    }
    static void XMLCALL text(void* data, const char* text, int length) {
        const std::string_view written(text, static_cast<std::size_t>(length));
        if (written.find_first_not_of(" \t\r\n") != std::string_view::npos)
            of(data).refuse("words: a picture has none, they would be of one language");
    }

    static void XMLCALL begin(void* data, const char* name, const char** attributes) {
        PictureReader& reader = of(data);
        std::string_view element = name;
        if (!element.starts_with(svgSpace))
            return reader.refuse("<" + std::string(element) + "> is not of SVG");
        element.remove_prefix(svgSpace.size());
        if (!isOneOf(shapes, element) && !isOneOf(containers, element))
            return reader.refuse("<" + std::string(element) + "> is not drawn here");
        if ((element == "svg") != (reader.depth_ == 0))
            return reader.refuse("<svg> is not the outermost, or not alone");
        if (++reader.elements_ > mostPictureElements) return reader.refuse("too many elements");
        if (++reader.depth_ > deepestPictureElement) return reader.refuse("too deep");
        bool square = element != "svg";
        for (; *attributes != nullptr; attributes += 2) {
            square = square || std::string_view(attributes[0]) == "viewBox";
            reader.attribute(attributes[0], attributes[1]);
        }
        if (!square) reader.refuse("no viewBox");
    }
    static void XMLCALL end(void* data, const char*) { --of(data).depth_; }

    void attribute(std::string_view name, std::string_view value) {
        const auto bad = [&] { refuse(std::string(name) + "=\"" + std::string(value) + "\""); };
        if (name == "id" && !ids_.emplace(value).second) return bad();
        if (name == "class") return classes(value);
        if (isOneOf(geometry, name) || isOneOf(looks, name)) return;
        if (name == "viewBox" && value == "0 0 100 100") return;
        if ((name == "fill" || name == "stroke") && value == "none") return;
        if (name == "href" && value.starts_with('#')) return want(value.substr(1));
        if (name == "clip-path" && value.starts_with("url(#") && value.ends_with(')'))
            return want(value.substr(5, value.size() - 6));
        bad();
    }

    void want(std::string_view id) { wanted_.emplace_back(id); }

    void classes(std::string_view value) {
        while (!value.empty()) {
            const std::size_t end = std::min(value.find(' '), value.size());
            const std::string_view name = value.substr(0, end);
            if (!isPictureClass(name))
                return refuse("class \"" + std::string(name) + "\": no role of the theme");
            value.remove_prefix(std::min(end + 1, value.size()));
        }
    }

    XML_Parser parser_ = nullptr;
    std::string refused_;
    std::size_t elements_ = 0;
    std::size_t depth_ = 0;
    std::set<std::string, std::less<>> ids_;
    std::vector<std::string> wanted_;
};

}  // namespace

std::filesystem::path picturesBeside(const std::filesystem::path& theme) {
    return theme.parent_path() / "pictures";
}

Result<void> judgePicture(std::string_view svg) {
    if (svg.size() > largestPictureFile)
        return fail(ErrorCode::configBadValue, "larger than 64 KiB");
    return PictureReader().read(svg);
}

Result<std::string> readPicture(const std::filesystem::path& folder, screen::Picture picture) {
    const std::filesystem::path path = folder / (std::string(nameOf(picture)) + ".svg");
    const auto file = TRY(PlainFile::open(path));
    std::string svg = TRY(file.read(largestPictureFile));
    TRY(judgePicture(svg).map_error([&](Error error) {
        error.cause = path.string() + ": " + error.cause;
        return error;
    }));
    return svg;
}

}  // namespace liqu::ui
