// Many people, one after the other, each with a document of their own, who know nothing of each
// other: for what only shows after many cards.
#pragma once

#include "tests/world/id_reader/documents.hpp"
#include "tests/world/province/books.hpp"

namespace liqu::world {

// From 0. Two of different numbers have neither name nor number in common.
Document documentOfPerson(int number);
// The province knows so many of them, and that none has a card.
void registerPeople(Books& books, int count);

}  // namespace liqu::world
