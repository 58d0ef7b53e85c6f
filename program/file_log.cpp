#include "program/file_log.hpp"

#include <cstdlib>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liqu::program {
namespace {

class FileLog final : public Log {
  public:
    explicit FileLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  private:
    void write(Level level, const std::string& line) override {
        switch (level) {
            case Level::info:
                return logger_->info(line);
            case Level::warning:
                return logger_->warn(line);
            case Level::error:
                return logger_->error(line);
        }
    }

    std::shared_ptr<spdlog::logger> logger_;
};

// What the journal of systemd reads in front of a line (sd-daemon(3)).
class Priority final : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& message, const std::tm&,
                spdlog::memory_buf_t& out) override {
        const char number = message.level >= spdlog::level::err    ? '3'
                            : message.level == spdlog::level::warn ? '4'
                                                                   : '6';
        for (const char letter : {'<', number, '>'}) out.push_back(letter);
    }
    std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<Priority>();
    }
};

// JOURNAL_STREAM names the device and file the journal reads; somebody may have led the standard
// error elsewhere since.
bool journalReads(int descriptor) {
    const char* const stream = std::getenv("JOURNAL_STREAM");
    struct stat status {};
    if (stream == nullptr || ::fstat(descriptor, &status) != 0) return false;
    return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == stream;
}

}  // namespace

Result<std::unique_ptr<Log>> openFileLog(const std::filesystem::path& folder,
                                         const policy::LogConfig& config) {
    const auto path = folder / "liqu.log";
    std::error_code error;
    // A FIFO would wait here for a reader.
    if (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorCode::fileNotWritable, path.string() + ": not a plain file");
    }
    try {
        const auto size = static_cast<std::size_t>(config.maxKiB) * 1024;
        auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
            path.string(), size, static_cast<std::size_t>(config.keep));
        auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        auto logger =
            std::make_shared<spdlog::logger>("liqu", spdlog::sinks_init_list{file, console});
        logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        if (journalReads(STDERR_FILENO)) {
            // It has the time itself.
            auto format = std::make_unique<spdlog::pattern_formatter>();
            format->add_flag<Priority>('*').set_pattern("%*%v");
            console->set_formatter(std::move(format));
        }
        logger->set_level(spdlog::level::from_str(config.level));
        logger->flush_on(spdlog::level::info);
        return std::make_unique<FileLog>(std::move(logger));
    } catch (const spdlog::spdlog_ex& exception) {
        return fail(ErrorCode::fileNotWritable, exception.what());
    }
}

}  // namespace liqu::program
