// 制卡进度查询: how far an application has come, and who has the next step (Guangdong Art.8(5)).
#include <algorithm>
#include <array>

#include "firmware/services/catalogue.hpp"
#include "firmware/services/guidance.hpp"
#include "firmware/services/query_page.hpp"

namespace liqu::services {
namespace {

using namespace screen;
using province::Application;
using province::ApplicationState;

// As the words' keys have them: "progress.made", "progress.made-next".
constexpr auto stages = words<ApplicationState>({{ApplicationState::created, "created"},
                                                 {ApplicationState::marked, "marked"},
                                                 {ApplicationState::dataReady, "making"},
                                                 {ApplicationState::reportedOk, "made"},
                                                 {ApplicationState::enabled, "enabled"},
                                                 {ApplicationState::handedOver, "handed-over"},
                                                 {ApplicationState::held, "held"},
                                                 {ApplicationState::cancelled, "cancelled"},
                                                 {ApplicationState::needsStaff, "needs-staff"}});

void tell(PersonPage& page, const Application& application, const policy::RegionPolicy& region) {
    const std::string key = "progress." + std::string(stages[application.state]);
    page.parts.push_back(Notice{{key}, Tone::info});
    page.parts.push_back(
        Facts{{{{"progress.applied-on"}, PersonalText(dayOf(application.createdTime))},
               {{"query.bank"}, PersonalText(region.bankName(application.bankCode))}}});
    page.parts.push_back(Paragraph{{key + "-next"}});
}

// No card is in a hand or in a bin yet.
bool waits(const Application& application) {
    switch (application.state) {
        case ApplicationState::created:
        case ApplicationState::marked:
        case ApplicationState::dataReady:
        case ApplicationState::needsStaff:
            return true;
        default:
            return false;
    }
}

// More would not be read standing.
void tellEarlier(PersonPage& page, const Application& application) {
    tellBeside(page, {"progress.earlier", {{"day", dayOf(application.createdTime)}}},
               {"progress." + std::string(stages[application.state])});
}

PersonPage pageOf(std::vector<Application> applications, const Occasion& occasion) {
    std::ranges::sort(applications, std::greater{}, &Application::createdTime);
    PersonPage page = queryPage("progress", occasion);
    if (applications.empty()) page.parts.push_back(Notice{{"progress.none"}, Tone::info});
    if (!applications.empty()) tell(page, applications.front(), occasion.region);
    if (applications.size() > 1) tellEarlier(page, applications[1]);
    if (!applications.empty() && waits(applications.front()) &&
        tellsOfTemporaryCard(occasion.region))
        page.buttons.push_back(wayToTemporaryCard());
    return page;
}

Result<PersonPage> ask(const Question& question) {
    province::Progress answer = TRY(question.province.progress(
        question.business, province::ProgressBy::socialNumber, question.socialNumber.reveal()));
    return pageOf(std::move(answer.applications), question.occasion);
}

std::vector<PersonPage> pages(const Occasion& occasion) {
    std::vector<PersonPage> all = {pageOf({}, occasion)};
    Application application;
    application.bankCode = "B01";
    application.createdTime = "2024-05-11T10:22:31.000+08:00";
    for (const ApplicationState state : stages.values()) {
        application.state = state;
        all.push_back(pageOf({application, application}, occasion));
    }
    return all;
}

constexpr std::array says = {province::MessageType::progressQuery};

}  // namespace

const Service progress{
    .id = "progress", .ask = ask, .says = says, .pages = pages, .picture = Picture::waiting};

}  // namespace liqu::services
