// The account of a day: a line of heads, a line for each payment and refund, then the heads of the
// sums and the sums. Each value begins with a backtick; amounts are in yuan there.
#include <algorithm>
#include <optional>

#include "drivers/payment/payment_wire.hpp"

namespace liqu::drivers::payment_wire {
namespace {

constexpr std::size_t mostLines = 20'000;
constexpr std::size_t longestLine = 4096;
constexpr std::size_t mostColumns = 64;

tl::unexpected<Error> malformed(const std::string& why) {
    return fail(ErrorCode::paymentUnclear, "account of the day: " + why);
}

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> values;
    while (values.size() < mostColumns) {
        const std::size_t comma = line.find(',');
        std::string_view value = line.substr(0, comma);
        if (value.starts_with('`')) value.remove_prefix(1);
        values.push_back(value);
        if (comma == std::string_view::npos) break;
        line.remove_prefix(comma + 1);
    }
    return values;
}

std::optional<std::size_t> columnOf(const std::vector<std::string_view>& heads,
                                    std::string_view name) {
    const auto found = std::ranges::find(heads, name);
    if (found == heads.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heads.begin());
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) lines.push_back(line);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return lines;
}

struct Columns {
    std::size_t order = 0;
    std::size_t serial = 0;
    std::size_t state = 0;
    std::size_t amount = 0;
    std::size_t refund = 0;
};

Result<Columns> columnsOf(const std::vector<std::string_view>& heads) {
    const auto order = columnOf(heads, "商户订单号");
    // Each service calls its own number after itself.
    const auto own = columnOf(heads, "微信订单号");
    const auto serial = own ? own : columnOf(heads, "平台订单号");
    const auto state = columnOf(heads, "交易状态");
    const auto amount = columnOf(heads, "订单金额");
    const auto refund = columnOf(heads, "退款金额");
    if (!order || !serial || !state || !amount || !refund) return malformed("a column is missing");
    return Columns{*order, *serial, *state, *amount, *refund};
}

Result<ports::SettledPayment> readLine(const std::vector<std::string_view>& values,
                                       const Columns& columns, std::size_t width) {
    if (values.size() != width) return malformed("a line of another width");
    ports::SettledPayment line;
    line.orderNo = values[columns.order];
    line.serial = values[columns.serial];
    line.isRefund = values[columns.state] == "REFUND";
    const bool known = line.isRefund || values[columns.state] == "SUCCESS";
    if (!known) return malformed("a state nobody knows");
    const auto amount = Money::parseYuan(values[line.isRefund ? columns.refund : columns.amount]);
    if (!amount) return malformed("an amount that is none");
    line.amount = *amount;
    return line;
}

// How many lines there are, is said once more at the end.
bool countFits(std::string_view heads, std::string_view sums, std::size_t lines) {
    const auto column = columnOf(split(heads), "总交易单数");
    const auto values = split(sums);
    return column && *column < values.size() && values[*column] == std::to_string(lines);
}

}  // namespace

Result<std::vector<ports::SettledPayment>> readBill(long status, std::string_view text) {
    if (status != 200 && text.find("\"NO_STATEMENT_EXIST\"") != std::string_view::npos)
        return std::vector<ports::SettledPayment>();
    if (status != 200) return malformed("HTTP status " + std::to_string(status));
    if (text.size() > longestPaymentBill) return malformed("too long");
    const auto lines = linesOf(text);
    if (lines.size() < 3 || lines.size() > mostLines) return malformed("too few or too many lines");
    const bool tooLong =
        std::ranges::any_of(lines, [](std::string_view line) { return line.size() > longestLine; });
    if (tooLong) return malformed("a line is too long");
    const auto heads = split(lines.front());
    const Columns columns = TRY(columnsOf(heads));
    std::vector<ports::SettledPayment> settled;
    const std::size_t last = lines.size() - 2;
    for (std::size_t i = 1; i < last; ++i)
        settled.push_back(TRY(readLine(split(lines[i]), columns, heads.size())));
    if (!countFits(lines[last], lines[last + 1], settled.size()))
        return malformed("the sum is another");
    return settled;
}

}  // namespace liqu::drivers::payment_wire
