// One call of a region's table: values into its places, over the line, and what came back with the
// meaning the table gives it. What nobody has given a meaning is kept sealed for staff and counted;
// it is never guessed. Thread-safe where link and book are.
#pragma once

#include <map>

#include "firmware/ports/province_link.hpp"
#include "firmware/ports/soap_link.hpp"
#include "firmware/province/adapters/card_service/account.hpp"
#include "firmware/province/adapters/card_service/book.hpp"
#include "firmware/province/adapters/card_service/region_table.hpp"

namespace liqu::province::card_service {

using Values = std::map<Value, PersonalText>;

struct Said {
    std::optional<Meaning> means;  // none: a text nobody knows
    PersonalText text;             // the word, or what its field of the answer says
    InnerReply inner;
    std::string serverTime;  // as the contract writes it; empty where the system tells none

    bool isDone() const { return means == Meaning::done; }
    // None of these names is there, or empty: nothing. Two that differ: provinceReplyMalformed.
    Result<PersonalText> item(const RegionTable& table, Item item) const;
};

class Caller {
  public:
    Caller(ports::SoapLink& link, const RegionTable& table, Account account, Book& book,
           Clock& clock, ports::LinePatience patience)
        : link_(link),
          table_(table),
          account_(std::move(account)),
          book_(book),
          clock_(clock),
          patience_(patience) {}

    const RegionTable& table() const { return table_; }
    // provinceNeedsStaff: it cannot be said, nothing was sent. provinceRefusedKiosk: the server
    // did not know the call, nothing was carried out. Of an act every other error may stand for one
    // that was carried out.
    Result<Said> ask(Call call, const Values& values);
    // Whether somebody is there, and the clock: nothing is called.
    Result<std::string> look();

  private:
    Result<PersonalText> innerOf(const CallRow& row, const Values& values) const;
    Result<PersonalText> filled(const Slot& slot, const Values& values,
                                const PersonalText& inner) const;
    Result<Said> read(Call call, const CallRow& row, const ports::SoapReply& reply);
    std::string timeOf(const ports::SoapReply& reply) const;

    ports::SoapLink& link_;
    const RegionTable& table_;
    Account account_;
    Book& book_;
    Clock& clock_;
    ports::LinePatience patience_;
};

// "Sat, 01 Jun 2024 02:02:31 GMT" of HTTP (RFC 9110, 5.6.7); nothing for anything else.
std::optional<WallTime> parseHttpDate(std::string_view text);

}  // namespace liqu::province::card_service
