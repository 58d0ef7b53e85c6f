#include "tests/power_cut/file_content.hpp"

#include <algorithm>

namespace liqu::proof {

std::size_t FileContent::read(std::size_t offset, std::span<std::uint8_t> to) const {
    const std::size_t there = offset >= size_ ? 0 : std::min(to.size(), size_ - offset);
    for (std::size_t done = 0; done < there;) {
        const std::size_t in = (offset + done) % pageSize;
        const std::size_t part = std::min(pageSize - in, there - done);
        const auto& page = pages_[(offset + done) / pageSize];
        const auto begin = to.begin() + static_cast<std::ptrdiff_t>(done);
        if (page) {
            std::copy_n(page->begin() + static_cast<std::ptrdiff_t>(in), part, begin);
        } else {
            std::fill_n(begin, part, std::uint8_t{0});
        }
        done += part;
    }
    return there;
}

void FileContent::write(std::size_t offset, ByteView data) {
    if (offset + data.size() > size_) resize(offset + data.size());
    for (std::size_t done = 0; done < data.size();) {
        const std::size_t in = (offset + done) % pageSize;
        const std::size_t part = std::min(pageSize - in, data.size() - done);
        std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(done), part,
                    own((offset + done) / pageSize).begin() + static_cast<std::ptrdiff_t>(in));
        done += part;
    }
}

void FileContent::resize(std::size_t size) {
    pages_.resize((size + pageSize - 1) / pageSize);
    const std::size_t in = size % pageSize;
    // What is cut off must not come back when the file grows again.
    if (size < size_ && in > 0 && pages_.back()) {
        Page& last = own(pages_.size() - 1);
        std::fill(last.begin() + static_cast<std::ptrdiff_t>(in), last.end(), std::uint8_t{0});
    }
    size_ = size;
}

Bytes FileContent::bytes() const {
    Bytes all(size_);
    read(0, all);
    return all;
}

FileContent::Page& FileContent::own(std::size_t index) {
    auto& page = pages_[index];
    // The count of who shares it lies apart from the bytes: in a process that was forked off, one
    // more sharer must not have the system copy the page itself.
    if (!page) {
        page = std::shared_ptr<Page>(new Page());
    } else if (page.use_count() > 1) {
        page = std::shared_ptr<Page>(new Page(*page));
    }
    return *page;
}

}  // namespace liqu::proof
