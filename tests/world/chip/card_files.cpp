// READ and UPDATE of records and binary files (hardware-notes/chip.md, "Commands for files").
#include <algorithm>

#include "tests/world/chip/card_engine.hpp"

namespace liqu::world {
namespace {

constexpr std::uint8_t byNumber = 4, fromNumberToLast = 5, fromLastToNumber = 6;

std::uint16_t exactLength(std::size_t length) {
    return static_cast<std::uint16_t>(0x6C00 | (length & 0xFF));
}

}  // namespace

bool CardEngine::mayRead(const ElementaryFile& file) const {
    return !file.readKey || session_.authenticated.contains(*file.readKey);
}

bool CardEngine::mayUpdate(const ElementaryFile& file) const {
    return file.updateKey && session_.authenticated.contains(*file.updateKey);
}

// The file with this short id, or the current one for 0. Addressing by short id selects.
ElementaryFile* CardEngine::addressedFile(std::uint8_t shortId, Outcome& outcome) {
    ChipApplication* application = memory_.find(session_.application);
    if (shortId == 0 && !session_.file) {
        outcome.status = 0x6986;
        return nullptr;
    }
    for (ElementaryFile& file : application->files) {
        const bool meant = shortId == 0 ? file.id == *session_.file : (file.id & 0x1F) == shortId;
        if (!meant) continue;
        if (session_.file != file.id) {
            session_.file = file.id;
            session_.record.reset();
        }
        return &file;
    }
    outcome.status = 0x6A82;
    return nullptr;
}

// Index of the record P1 and the low three bits of P2 mean; P1 = 00 is the current record.
std::optional<std::size_t> CardEngine::recordIndex(const ElementaryFile& file, std::uint8_t p1,
                                                   std::uint8_t mode) const {
    if (p1 == 0) return session_.record;
    if (mode >= byNumber) {
        if (p1 > file.records.size()) return std::nullopt;
        return p1 - 1U;
    }
    std::vector<std::size_t> instances;
    for (std::size_t index = 0; index < file.records.size(); ++index) {
        if (file.records[index][0] == p1) instances.push_back(index);
    }
    enum { first, last, next, previous };
    if (mode == previous) std::ranges::reverse(instances);
    for (const std::size_t index : instances) {
        const bool after = !session_.record || index > *session_.record;
        const bool before = !session_.record || index < *session_.record;
        if (mode == first || (mode == next && after) || (mode == previous && before)) return index;
    }
    if (mode == last && !instances.empty()) return instances.back();
    return std::nullopt;
}

CardEngine::Outcome CardEngine::deliver(const Command& command, Bytes data) const {
    const bool asksAll = command.p3 == 0;
    // A contactless card or a clever reader gives what there is; T=0 wants the exact length.
    const bool fits = behaviour_.characterProtocol ? command.p3 == (data.size() & 0xFF)
                                                   : asksAll || command.le >= data.size();
    if (!fits) return {exactLength(data.size())};
    return {0x9000, std::move(data)};
}

CardEngine::Outcome CardEngine::readRecord(const Command& command) {
    const auto mode = static_cast<std::uint8_t>(command.p2 & 7);
    Outcome wrong;
    const ElementaryFile* file = addressedFile(static_cast<std::uint8_t>(command.p2 >> 3), wrong);
    if (file == nullptr) return wrong;
    if (file->kind != FileKind::records) return {0x6981};
    if (!mayRead(*file)) return {0x6982};
    const auto index = recordIndex(*file, command.p1, mode);
    if (!index) return {0x6A83};

    Bytes data;
    const auto append = [&](std::size_t at) {
        data.insert(data.end(), file->records[at].begin(), file->records[at].end());
    };
    if (mode == fromNumberToLast) {
        for (std::size_t at = *index; at < file->records.size(); ++at) append(at);
    } else if (mode == fromLastToNumber) {
        for (std::size_t at = file->records.size(); at-- > *index;) append(at);
    } else {
        append(*index);
    }
    if (data.size() > 256) return {0x6700};
    Outcome outcome = deliver(command, std::move(data));
    if (outcome.status == 0x9000) session_.record = *index;
    return outcome;
}

CardEngine::Outcome CardEngine::updateRecord(const Command& command) {
    const auto mode = static_cast<std::uint8_t>(command.p2 & 7);
    Outcome wrong;
    ElementaryFile* file = addressedFile(static_cast<std::uint8_t>(command.p2 >> 3), wrong);
    if (file == nullptr) return wrong;
    if (file->kind != FileKind::records) return {0x6981};
    if (!mayUpdate(*file)) return {0x6982};

    const Bytes& record = command.data;
    if (record.size() < 2 || record[1] != record.size() - 2) return {0x6A85};
    if (mode < byNumber && command.p1 != 0 && record[0] != command.p1) return {0x6A80};
    const auto index = recordIndex(*file, command.p1, mode);
    if (!index &&
        (command.p1 == 0 || (mode == byNumber && command.p1 != file->records.size() + 1))) {
        return {0x6A83};
    }
    return store(*file, index, command);
}

// Items keep their tag and length: the ministry's items may not be extended
// (hardware-notes/chip.md, "Files of the card"). A record that is not there yet is appended where
// the file has room.
CardEngine::Outcome CardEngine::store(ElementaryFile& file, std::optional<std::size_t> index,
                                      const Command& command) {
    const Bytes& record = command.data;
    if (index) {
        const Bytes& old = file.records[*index];
        if (old[0] != record[0]) return {0x6A80};
        if (record.size() > old.size()) return {0x6A84};
        if (record.size() < old.size()) return {0x6A85};
    } else {
        if (file.indexOfTag(record[0])) return {0x6A80};
        if (file.used() + record.size() > file.capacity) return {0x6A84};
    }
    if (brokenPlaces_.contains(std::string(nameOfTag(record[0])))) return {0x6581};
    if (index) {
        file.records[*index] = record;
        session_.record = *index;
    } else {
        file.records.push_back(record);
        session_.record = file.records.size() - 1;
    }
    return {};
}

namespace {

struct BinaryAddress {
    std::uint8_t shortId;
    std::size_t offset;
};

BinaryAddress binaryAddress(std::uint8_t p1, std::uint8_t p2) {
    if ((p1 & 0x80) != 0) return {static_cast<std::uint8_t>(p1 & 0x1F), p2};
    return {0, static_cast<std::size_t>(p1) << 8 | p2};
}

}  // namespace

CardEngine::Outcome CardEngine::readBinary(const Command& command) {
    const auto [shortId, offset] = binaryAddress(command.p1, command.p2);
    Outcome wrong;
    const ElementaryFile* file = addressedFile(shortId, wrong);
    if (file == nullptr) return wrong;
    if (file->kind != FileKind::transparent) return {0x6981};
    if (!mayRead(*file)) return {0x6982};
    if (offset >= file->content.size()) return {0x6B00};
    const std::size_t rest = file->content.size() - offset;
    if (command.p3 != 0 && command.le > rest) return {exactLength(rest)};
    const auto begin = file->content.begin() + static_cast<std::ptrdiff_t>(offset);
    return {0x9000, Bytes(begin, begin + static_cast<std::ptrdiff_t>(std::min(rest, command.le)))};
}

CardEngine::Outcome CardEngine::updateBinary(const Command& command) {
    const auto [shortId, offset] = binaryAddress(command.p1, command.p2);
    Outcome wrong;
    ElementaryFile* file = addressedFile(shortId, wrong);
    if (file == nullptr) return wrong;
    if (file->kind != FileKind::transparent) return {0x6981};
    if (!mayUpdate(*file)) return {0x6982};
    if (offset >= file->content.size()) return {0x6B00};
    if (offset + command.data.size() > file->content.size()) return {0x6A84};
    if (brokenPlaces_.contains("binary")) return {0x6581};
    std::ranges::copy(command.data, file->content.begin() + static_cast<std::ptrdiff_t>(offset));
    return {};
}

}  // namespace liqu::world
