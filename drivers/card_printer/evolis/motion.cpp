#include "drivers/card_printer/evolis/motion.hpp"

namespace liqu::drivers {

namespace {

bool leavesDoubt(ErrorCode code) {
    return code == ErrorCode::printerSilent || code == ErrorCode::printerGarbled ||
           code == ErrorCode::printerBusy;
}

}  // namespace

Result<void> MotionRunner::set(const std::string& command) {
    const std::string reply = TRY(link_.exchange(command, profile_.patience.setting));
    if (kindOf(reply) == ReplyKind::ok) return {};
    return fail(errorOf(command, reply, Activity::setting));
}

Result<void> MotionRunner::move(const MotionOrder& order) {
    Result<std::string> reply = link_.exchange(order.command, order.patience);
    if (reply || link_.lastCommandLeft()) sensors_.forgetPosition();
    if (!reply && !link_.isOpen()) return fail(withFate(reply.error(), order.whenNone));

    std::optional<Error> error;
    if (!reply) {
        error = explained(reply.error());
    } else if (kindOf(*reply) != ReplyKind::ok) {
        error = errorOf(order.command, *reply, order.activity);
    }
    // A lost or torn answer says nothing about the card: the sensor does.
    if (error && !leavesDoubt(error->code)) return fail(withFate(*error, order.whenNone));
    const auto position = sensors_.locate();
    if (!position) return fail(withFate(error.value_or(position.error()), order.whenNone));
    if (order.arrived(*position)) return {};
    if (!error) {
        error = Error{ErrorCode::cardNotWhereExpected, order.command + ": the card did not arrive"};
    }
    error->fate = fateOf(*position, order.whenNone);
    return fail(std::move(*error));
}

Error MotionRunner::withFate(Error error, CardFate whenNone) {
    if (error.fate) return error;
    if (link_.isOpen() && error.code != ErrorCode::printerUnplugged) {
        const auto position = sensors_.locate();
        error.fate = position ? fateOf(*position, whenNone) : CardFate::unknown;
        return error;
    }
    // It cannot be asked; what it said before still holds if nothing has moved since.
    const auto known = sensors_.lastKnown();
    error.fate = known ? fateOf(*known, whenNone) : CardFate::unknown;
    return error;
}

Error MotionRunner::explained(Error error) {
    if (!link_.isOpen()) return error;
    const bool ribbonWord = error.code == ErrorCode::ribbonWrong;
    if (!ribbonWord && !leavesDoubt(error.code)) return error;
    const PortStatus port = link_.portStatus();
    const auto cover = sensors_.coverOpen();
    if (cover && *cover == ports::Sensed::yes) {
        return Error{ErrorCode::printerCoverOpen, error.cause + "; cover open"};
    }
    const auto ribbon = cover ? sensors_.ribbon() : fail(cover.error());
    if (ribbon && ribbon->ended)
        return Error{ErrorCode::ribbonEnded, error.cause + "; ribbon ended"};
    if (!ribbonWord && port.mechanicalFault()) {
        return Error{ErrorCode::cardJammed, error.cause + "; port reports a fault"};
    }
    return error;
}

}  // namespace liqu::drivers
