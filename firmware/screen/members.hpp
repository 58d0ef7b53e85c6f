// Which members the values of this folder are made of, in their order: one list that writing and
// reading both follow. The compiler counts them, so that none is forgotten.
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>

#include "firmware/screen/action.hpp"
#include "firmware/screen/screen.hpp"

namespace liqu::screen {

template <typename T>
using Of = std::type_identity<T>;

constexpr auto membersOf(Of<Phrase>) {
    return std::tuple(&Phrase::key, &Phrase::values);
}
constexpr auto membersOf(Of<Contacts>) {
    return std::tuple(&Contacts::counter, &Contacts::hotline, &Contacts::lossPhone,
                      &Contacts::formalLossPlace, &Contacts::complaint);
}
constexpr auto membersOf(Of<Comfort>) {
    return std::tuple(&Comfort::language, &Comfort::size, &Comfort::contrast, &Comfort::speech,
                      &Comfort::volume, &Comfort::rate);
}
constexpr auto membersOf(Of<Frame>) {
    return std::tuple(&Frame::comfort, &Frame::deadline, &Frame::canHaveMoreTime, &Frame::canGoBack,
                      &Frame::canGoHome, &Frame::languages, &Frame::canAdjust, &Frame::canReadGuide,
                      &Frame::makesCard, &Frame::call, &Frame::signedIn, &Frame::contacts,
                      &Frame::question);
}

// The machine, and who is in front of it
constexpr auto membersOf(Of<StartingScreen>) {
    return std::tuple(&StartingScreen::part, &StartingScreen::done, &StartingScreen::total);
}
constexpr auto membersOf(Of<RecoveringScreen>) {
    return std::tuple(&RecoveringScreen::cardInside, &RecoveringScreen::restarted);
}
constexpr auto membersOf(Of<OutOfServiceScreen>) {
    return std::tuple(&OutOfServiceScreen::reason);
}
constexpr auto membersOf(Of<QueriesOnlyScreen>) {
    return std::tuple(&QueriesOnlyScreen::reason, &QueriesOnlyScreen::questions,
                      &QueriesOnlyScreen::changes);
}
constexpr auto membersOf(Of<WelcomeScreen>) {
    return std::tuple(&WelcomeScreen::makesCards);
}
constexpr auto membersOf(Of<LayDownIdCardScreen>) {
    return std::tuple(&LayDownIdCardScreen::lastTry, &LayDownIdCardScreen::reading,
                      &LayDownIdCardScreen::otherPerson, &LayDownIdCardScreen::pinOffered);
}
constexpr auto membersOf(Of<WaitingScreen>) {
    return std::tuple(&WaitingScreen::what);
}
constexpr auto membersOf(Of<AttendantScreen>) {
    return std::tuple(&AttendantScreen::name, &AttendantScreen::act, &AttendantScreen::cardTail,
                      &AttendantScreen::bank, &AttendantScreen::isWritten,
                      &AttendantScreen::wrongPin, &AttendantScreen::triesLeft,
                      &AttendantScreen::waitSeconds);
}
constexpr auto membersOf(Of<PinScreen>) {
    return std::tuple(&PinScreen::entry, &PinScreen::digits, &PinScreen::cardTail,
                      &PinScreen::notices);
}
constexpr auto membersOf(Of<IsThisYouScreen>) {
    return std::tuple(&IsThisYouScreen::maskedName, &IsThisYouScreen::maskedNumber);
}
constexpr auto membersOf(Of<MakingScreen>) {
    return std::tuple(&MakingScreen::steps, &MakingScreen::current, &MakingScreen::percent,
                      &MakingScreen::percentAfter, &MakingScreen::untilAfter,
                      &MakingScreen::slowAfter, &MakingScreen::timeLeft, &MakingScreen::slow,
                      &MakingScreen::idCardMayGo);
}
constexpr auto membersOf(Of<TakeCardScreen>) {
    return std::tuple(&TakeCardScreen::idCardStillThere, &TakeCardScreen::moreTimeOffered,
                      &TakeCardScreen::hurry);
}
constexpr auto membersOf(Of<TakeIdCardScreen>) {
    return std::tuple(&TakeIdCardScreen::swapped, &TakeIdCardScreen::reminder,
                      &TakeIdCardScreen::unsure);
}

// Pages
constexpr auto membersOf(Of<Paragraph>) {
    return std::tuple(&Paragraph::text, &Paragraph::size, &Paragraph::muted);
}
constexpr auto membersOf(Of<Notice>) {
    return std::tuple(&Notice::text, &Notice::tone);
}
constexpr auto membersOf(Of<Fact>) {
    return std::tuple(&Fact::label, &Fact::value);
}
constexpr auto membersOf(Of<Facts>) {
    return std::tuple(&Facts::facts);
}
constexpr auto membersOf(Of<Quote>) {
    return std::tuple(&Quote::who, &Quote::text);
}
constexpr auto membersOf(Of<NumberedList>) {
    return std::tuple(&NumberedList::items, &NumberedList::first);
}
constexpr auto membersOf(Of<QrCode>) {
    return std::tuple(&QrCode::text);
}
constexpr auto membersOf(Of<Choice>) {
    return std::tuple(&Choice::id, &Choice::title, &Choice::detail, &Choice::picture);
}
constexpr auto membersOf(Of<Choices>) {
    return std::tuple(&Choices::choices, &Choices::of);
}
constexpr auto membersOf(Of<Button>) {
    return std::tuple(&Button::action, &Button::label, &Button::primary, &Button::choice);
}
constexpr auto membersOf(Of<PersonPage>) {
    return std::tuple(&PersonPage::name, &PersonPage::stage, &PersonPage::question,
                      &PersonPage::picture, &PersonPage::parts, &PersonPage::beside,
                      &PersonPage::besideLast, &PersonPage::buttons, &PersonPage::reason);
}

// Staff
constexpr auto membersOf(Of<StaffFact>) {
    return std::tuple(&StaffFact::label, &StaffFact::value);
}
constexpr auto membersOf(Of<StaffColumn>) {
    return std::tuple(&StaffColumn::head, &StaffColumn::share, &StaffColumn::right);
}
constexpr auto membersOf(Of<StaffRow>) {
    return std::tuple(&StaffRow::cells, &StaffRow::choice, &StaffRow::tone);
}
constexpr auto membersOf(Of<StaffTable>) {
    return std::tuple(&StaffTable::title, &StaffTable::columns, &StaffTable::rows,
                      &StaffTable::whenEmpty);
}
constexpr auto membersOf(Of<StaffWay>) {
    return std::tuple(&StaffWay::choice, &StaffWay::words, &StaffWay::main, &StaffWay::note,
                      &StaffWay::tone);
}
constexpr auto membersOf(Of<Field>) {
    return std::tuple(&Field::id, &Field::label, &Field::kind, &Field::longest);
}
constexpr auto membersOf(Of<Fields>) {
    return std::tuple(&Fields::fields);
}
constexpr auto membersOf(Of<StaffSignInScreen>) {
    return std::tuple(&StaffSignInScreen::act, &StaffSignInScreen::person,
                      &StaffSignInScreen::lastTry, &StaffSignInScreen::waitSeconds,
                      &StaffSignInScreen::asks, &StaffSignInScreen::facts);
}
constexpr auto membersOf(Of<StaffMenuScreen>) {
    return std::tuple(&StaffMenuScreen::ways, &StaffMenuScreen::notices);
}
constexpr auto membersOf(Of<StaffPageScreen>) {
    return std::tuple(&StaffPageScreen::name, &StaffPageScreen::title, &StaffPageScreen::notices,
                      &StaffPageScreen::facts, &StaffPageScreen::steps, &StaffPageScreen::tables,
                      &StaffPageScreen::moreTables, &StaffPageScreen::tiles,
                      &StaffPageScreen::ways);
}
constexpr auto membersOf(Of<StaffFormScreen>) {
    return std::tuple(&StaffFormScreen::name, &StaffFormScreen::title, &StaffFormScreen::notices,
                      &StaffFormScreen::facts, &StaffFormScreen::fields, &StaffFormScreen::submit,
                      &StaffFormScreen::ways, &StaffFormScreen::serial);
}

constexpr auto membersOf(Of<Screen>) {
    return std::tuple(&Screen::frame, &Screen::content);
}
constexpr auto membersOf(Of<Action>) {
    return std::tuple(&Action::kind, &Action::choice, &Action::typed);
}

template <typename T>
concept HasMembers = requires {
    membersOf(Of<std::remove_const_t<T>>{});
};

namespace members_detail {

struct Anything {
    template <typename T>
    operator T() const;  // never defined: only its type is asked for
};

template <typename T, std::size_t... indices>
constexpr bool takes(std::index_sequence<indices...>) {
    return requires {
        T{(static_cast<void>(indices), Anything{})...};
    };
}

template <typename T, std::size_t count = 0>
constexpr std::size_t countMembers() {
    if constexpr (takes<T>(std::make_index_sequence<count + 1>())) {
        return countMembers<T, count + 1>();
    } else {
        return count;
    }
}

}  // namespace members_detail

// Calls with each member of the value, in the list's order.
template <HasMembers T, typename Each>
void forEachMember(T& value, Each&& each) {
    using Value = std::remove_const_t<T>;
    constexpr auto members = membersOf(Of<Value>{});
    static_assert(members_detail::countMembers<Value>() == std::tuple_size_v<decltype(members)>,
                  "each member stands in the list");
    std::apply([&](auto... member) { (each(value.*member), ...); }, members);
}

}  // namespace liqu::screen
