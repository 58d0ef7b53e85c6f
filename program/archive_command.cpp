// `liqu archive`: the books of a month for the archive.
#include "firmware/desk/month_archive.hpp"
#include "program/books_access.hpp"

namespace liqu::program {

int runArchive(const StockOptions& options) {
    return actOnBooks(
        options, staff::Act::archiveMonth,
        [&](desk::StockDesk& desk, Books&) -> Result<std::string> {
            const auto archive =
                TRY(desk::archiveMonth(desk.parts(), options.month, options.out, options.people));
            return "written: " + archive.folder.string() + ", " + std::to_string(archive.lines) +
                   " line(s), SM3 of manifest.csv " + archive.digest;
        });
}

}  // namespace liqu::program
