// People for long runs: everybody is another one, known to the province, with the document the
// reader reads.
#pragma once

#include "tests/world/id_reader/documents.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::proof {

struct Newcomer {
    world::Document document;
    world::Person person;
};
Newcomer newcomer(std::uint64_t serial, const std::string& regionOfRecord);

}  // namespace liqu::proof
