// 数据项 of an application that no document tells (Guangdong Art.10(1)): a page each, answered by
// touch, and one that shows all of them before they are sent.
#pragma once

#include <string>
#include <vector>

#include "firmware/base/personal.hpp"
#include "firmware/screen/person_page.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::session {

// What a person said. Empty: not said yet, or not asked for.
struct SaidItems {
    PersonalText phone{};
    PersonalText mailingAddress{};
    std::string occupation{};  // a major group of GB/T 6565

    bool empty() const {
        return phone.reveal().empty() && mailingAddress.reveal().empty() && occupation.empty();
    }
};

// 手机号码 of the mainland: eleven digits, 13… to 19….
bool isMobileNumber(const std::string& digits);

// The field is "phone"; again: what was typed before is no mobile number.
enum class PhoneAsked : std::uint8_t { first, again };
screen::PersonPage phonePage(PhoneAsked asked);
// The choices are the groups.
screen::PersonPage occupationPage(const std::vector<std::string>& groups);
// The one on the ID card, or another (choice "other-address").
screen::PersonPage addressPage(const PersonalText& onDocument);
inline constexpr const char* otherAddress = "other-address";
// Where another address can be said: nothing here can type one. none: the document tells none, so
// that the card is not asked for here at all.
enum class Address : std::uint8_t { known, none };
screen::PersonPage otherAddressPage(Address onDocument);
// All that was said; its "no" asks anew.
screen::PersonPage reviewPage(const SaidItems& items);

}  // namespace liqu::session
